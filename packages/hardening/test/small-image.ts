/** A small image folder and a small SCAP datastream, for tests: real tools, seconds instead of minutes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const MiB = 1024 * 1024;
const ROOT_TYPE = '4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709';

export const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Mounts of the host that a test may have made: below its folder, or over the places that its programs go for. */
export function mountsOf(folder: string): readonly string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(folder) || / \/(tmp|mnt|proc|proc\/sys|sys)? /.test(line));
}

/** A disk whose root holds a shell and little else; returns the image folder. */
export function makeImage(folder: string, files: Readonly<Record<string, string>> = {}): string {
  const tree = path.join(folder, 'tree');
  for (const name of ['etc/ssh', 'tmp', 'dev', 'proc', 'run', 'root', 'usr/bin', 'usr/lib', 'var/tmp']) {
    mkdirSync(path.join(tree, name), { recursive: true });
  }
  execFileSync('ln', ['-sfn', 'usr/bin', path.join(tree, 'bin')]);
  execFileSync('cp', ['/bin/busybox', path.join(tree, 'usr/bin/busybox')]);
  for (const name of [
    'sh',
    'sed',
    'sleep',
    'rm',
    'mount',
    'sysctl',
    'reboot',
    'touch',
    'cat',
    'awk',
    'mkdir',
    'chmod',
    'ln',
  ]) {
    execFileSync('ln', ['-sfn', 'busybox', path.join(tree, 'usr/bin', name)]);
  }
  copyWithLibraries('/bin/bash', tree);
  const contents = {
    'etc/os-release': 'ID=debian\nVERSION_ID="13"\n',
    'etc/fstab': 'LABEL=root / ext4 defaults 0 1\n',
    'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n',
    'etc/shadow': 'root:*:20000:0:99999:7:::\n',
    'etc/machine-id': '',
    ...files,
  };
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
    writeFileSync(path.join(tree, name), text);
  }
  const raw = path.join(folder, 'disk.raw');
  execFileSync('truncate', ['-s', `${96 * MiB}`, raw]);
  execFileSync('sfdisk', ['--quiet', raw], {
    input: `label: gpt\nstart=2048, size=180000, type=${ROOT_TYPE}\n`,
  });
  execFileSync('mke2fs', [
    ...['-q', '-t', 'ext4', '-d', tree, '-L', 'root', '-E', `offset=${MiB}`, raw, '90000k'],
  ]);
  const image = path.join(folder, 'image');
  mkdirSync(image);
  const disk = path.join(image, 'disk.qcow2');
  execFileSync('qemu-img', ['convert', '-O', 'qcow2', raw, disk]);
  const descriptor = {
    schemaVersion: 1,
    name: 'small',
    version: '1',
    class: 'stock',
    distribution: 'debian',
    release: '13',
    architecture: 'amd64',
    firmware: ['bios'],
    disk: {
      file: 'disk.qcow2',
      format: 'qcow2',
      size: statSync(disk).size,
      virtualSize: 96 * MiB,
      sha256: digest(disk),
    },
  };
  writeFileSync(path.join(image, 'image.json'), JSON.stringify(descriptor));
  return image;
}

function copyWithLibraries(program: string, tree: string): void {
  const libraries = [
    ...execFileSync('ldd', [program])
      .toString()
      .matchAll(/(\/\S+) \(0x/g),
  ].map(([, file = '']) => file);
  for (const file of [program, ...libraries]) {
    const target = path.join(tree, file);
    mkdirSync(path.dirname(target), { recursive: true });
    execFileSync('cp', ['-L', file, target]);
  }
}

const RULES = ['banner', 'stubborn', 'fine'] as const;

/**
 * A datastream with a profile `small` of three rules: `banner` fails until its fix has run, `stubborn` never passes,
 * `fine` always does.
 *
 * @param fix the shell fix of `banner`
 * @param other the shell fix of `stubborn`
 */
export function makeContent(file: string, fix = 'echo hardened > /etc/banner', other = 'true'): string {
  const id = (kind: string, name: string) => `xccdf_org.ssgproject.content_${kind}_${name}`;
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const fixes = { banner: fix, stubborn: other, fine: 'true' };
  const paths = { banner: '/etc/banner', stubborn: '/etc/never', fine: '/etc/os-release' };
  const rules = RULES.map(
    (name) => `<Rule id="${id('rule', name)}" selected="false" severity="high"><title>Rule ${name}</title>
<fix system="urn:xccdf:fix:script:sh">${escaped(fixes[name])}</fix>
<check system="http://oval.mitre.org/XMLSchema/oval-definitions-5"><check-content-ref href="oval.xml" name="oval:t:def:${RULES.indexOf(name) + 1}"/></check></Rule>`,
  ).join('\n');
  const part = (make: (name: (typeof RULES)[number], n: number) => string) =>
    RULES.map((name, index) => make(name, index + 1)).join('\n');
  const oval = `<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5" xmlns:oval="http://oval.mitre.org/XMLSchema/oval-common-5" xmlns:unix="http://oval.mitre.org/XMLSchema/oval-definitions-5#unix">
<generator><oval:schema_version>5.11</oval:schema_version><oval:timestamp>2026-01-01T00:00:00</oval:timestamp></generator>
<definitions>${part((name, n) => `<definition class="compliance" id="oval:t:def:${n}" version="1"><metadata><title>${name}</title><description>x</description></metadata><criteria><criterion test_ref="oval:t:tst:${n}"/></criteria></definition>`)}</definitions>
<tests>${part((_name, n) => `<unix:file_test check="all" check_existence="at_least_one_exists" comment="x" id="oval:t:tst:${n}" version="1"><unix:object object_ref="oval:t:obj:${n}"/></unix:file_test>`)}</tests>
<objects>${part((name, n) => `<unix:file_object id="oval:t:obj:${n}" version="1"><unix:filepath>${paths[name]}</unix:filepath></unix:file_object>`)}</objects>
</oval_definitions>`;
  const xccdf = `<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_org.ssgproject.content_benchmark_T" resolved="1" xml:lang="en"><status date="2026-01-01">draft</status><title>Small</title><description>x</description><version>9.9</version>
<Profile id="${id('profile', 'small')}"><title>Small</title>${RULES.map((name) => `<select idref="${id('rule', name)}" selected="true"/>`).join('')}</Profile>
${rules}</Benchmark>`;
  const time = 'timestamp="2026-01-01T00:00:00"';
  writeFileSync(
    file,
    `<?xml version="1.0" encoding="UTF-8"?>
<ds:data-stream-collection xmlns:ds="http://scap.nist.gov/schema/scap/source/1.2" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:cat="urn:oasis:names:tc:entity:xmlns:xml:catalog" id="scap_t_collection_1" schematron-version="1.2">
<ds:data-stream id="scap_t_datastream_1" scap-version="1.2" use-case="OTHER"><ds:checklists><ds:component-ref id="scap_t_cref_x" xlink:href="#scap_t_comp_x"><cat:catalog><cat:uri name="oval.xml" uri="#scap_t_cref_o"/></cat:catalog></ds:component-ref></ds:checklists><ds:checks><ds:component-ref id="scap_t_cref_o" xlink:href="#scap_t_comp_o"/></ds:checks></ds:data-stream>
<ds:component id="scap_t_comp_x" ${time}>${xccdf}</ds:component>
<ds:component id="scap_t_comp_o" ${time}>${oval}</ds:component>
</ds:data-stream-collection>
`,
  );
  return file;
}
