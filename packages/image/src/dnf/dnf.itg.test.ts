import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { recordingLog } from '@golden-image/host/testing';
import { readEvidence } from '@golden-image/image-folder';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inRoot } from '../../test/root-partition.ts';
import { elMediumTree, elMirror } from '../../test/rpm-mirror.ts';
import { type RpmScene, rpmScene } from '../../test/rpm-scene.ts';
import { judgeSboms } from '../../test/sbom-judges.ts';
import { stateMedium } from '../../test/small-medium.ts';

// Generous: other work may run on the same cores.
const MINUTE = 180_000;
let scene: RpmScene;

beforeAll(async () => {
  scene = await rpmScene();
  await elMirror(scene.mirror, scene.folder, scene.key, {
    added: { requires: ['helper', 'coreutils', 'sed'], post: 'touch /etc/added-was-set-up' },
    helper: { licence: 'ASL 2.0 and (GPLv2+ or BSD)' },
    breaks: { requires: ['coreutils'], post: 'echo cannot >&2; exit 1' },
    lonely: { requires: ['nowhere'] },
  });
}, 5 * MINUTE);

afterAll(() => scene.close());

const base = (source: string): string =>
  `name: small\nversion: "1"\ndistribution: almalinux\nrelease: "9"\nsource: ${source}\n`;
const fromMirror = (changes: string): string =>
  `${base('repository')}mirror: ${scene.url}\n${changes.includes('mirror-key:') ? '' : 'mirror-key: key.asc\n'}${changes}`;

/** What a machine with this disk says on its serial console, until it says `enough`. */
async function firstWords(disk: string, enough: RegExp): Promise<string> {
  const drive = `file=${disk},format=qcow2,if=virtio,snapshot=on`;
  const machine = ['-machine', 'q35', '-m', '256', '-display', 'none', '-nic', 'none'];
  const child = spawn('qemu-system-x86_64', [...machine, '-serial', 'stdio', '-drive', drive], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), MINUTE);
  try {
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      if (enough.test(text)) {
        break;
      }
    }
    return text;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

interface Sbom {
  readonly packages: readonly {
    readonly name: string;
    readonly supplier?: string;
    readonly licenseDeclared: string;
    readonly sourceInfo?: string;
    readonly checksums?: readonly { readonly checksumValue: string }[];
    readonly externalRefs?: readonly { readonly referenceLocator: string }[];
  }[];
}

describe('the source `repository` of the RHEL family', () => {
  it(
    "builds a disk, an SBOM from rpm's database, and reasons for each package",
    async () => {
      const result = await scene.build(fromMirror('packages: {add: [added]}\n'));
      await judgeSboms(result.folder);
      const sbom = JSON.parse(readFileSync(result.sbom, 'utf8')) as Sbom;
      const of = (name: string) => sbom.packages.find((entry) => entry.name === name);
      expect(of('added')?.externalRefs?.[0]?.referenceLocator).toBe(
        'pkg:rpm/almalinux/added@1-1?arch=x86_64&distro=almalinux-9',
      );
      expect(of('added')?.supplier).toBe('Organization: Test (test@example.org)');
      expect(of('added')?.sourceInfo).toMatch(/source package stand-ins-\S+ 1-1$/);
      expect(of('NetworkManager')?.licenseDeclared).toBe('GPL-2.0-or-later AND LGPL-2.0-or-later');
      expect(of('helper')?.licenseDeclared).toBe('NOASSERTION');
      const app = path.join(scene.mirror, '9/AppStream/x86_64/os/Packages/x86_64');
      const digest = execFileSync('sha256sum', [path.join(app, 'added-1-1.x86_64.rpm')], {
        encoding: 'utf8',
      });
      expect(of('added')?.checksums?.[0]?.checksumValue).toBe(digest.slice(0, 64));
      const reasons = JSON.parse(
        readFileSync(path.join(result.folder, 'reports/packages.json'), 'utf8'),
      ) as readonly { name: string; why: string; chain: string[] }[];
      const why = (name: string) => reasons.find((entry) => entry.name === name)?.why;
      expect([why('added'), why('helper'), why('kernel-core')]).toEqual([
        'added by the definition',
        'required by added',
        'for a bootable system: kernel',
      ]);
      const built = (await readEvidence(result.folder)).find(({ name }) => name === '20-build');
      const predicate = built?.statement.predicate as unknown as
        | { buildDefinition: { resolvedDependencies: readonly { name: string; uri?: string }[] } }
        | undefined;
      const resolvedDependencies = predicate?.buildDefinition.resolvedDependencies ?? [];
      expect(resolvedDependencies.filter(({ name }) => name === 'repository').map(({ uri }) => uri)).toEqual([
        `${scene.url}/9/BaseOS/x86_64/os/repodata/repomd.xml`,
        `${scene.url}/9/AppStream/x86_64/os/repodata/repomd.xml`,
      ]);
    },
    4 * MINUTE,
  );

  it(
    'leaves what later kernels need, and nothing of the build',
    async () => {
      const { disk, cacheHit } = await scene.build(fromMirror('packages: {add: [added]}\n'));
      expect(cacheHit).toBe(true);
      const [etc = '', database = '', entry = '', grub = ''] = [
        'ls -p /etc',
        'ls -p /var/lib/rpm',
        'cat /boot/loader/entries/image-6.0-test.conf',
        'cat /boot/grub2/grub.cfg',
      ].map((command) => inRoot(disk, command));
      expect(etc).toContain('/added-was-set-up/');
      expect(database).toContain('/rpmdb.sqlite/');
      expect(database).not.toMatch(/-shm|-wal|\.rpm\.lock/);
      expect(entry).toMatch(/^linux \/boot\/vmlinuz-6\.0-test$/m);
      expect(entry).toMatch(/^options root=UUID=\S+ ro console=/m);
      expect(grub).toMatch(
        /if \[ "\$with_blscfg" = y \]; then[\s\S]+initrd \/boot\/initramfs-6\.0-test\.img/,
      );
      expect(inRoot(disk, 'cat /etc/kernel/cmdline')).toMatch(/^root=UUID=/);
    },
    2 * MINUTE,
  );

  it(
    'starts its kernel by a GRUB that has no blscfg',
    async () => {
      const { disk } = await scene.build(fromMirror('packages: {add: [added]}\n'));
      // The kernel is a few bytes: GRUB says so by its name.
      expect(await firstWords(disk, /vmlinuz-6\.0-test|grub>/)).toContain('vmlinuz-6.0-test');
    },
    2 * MINUTE,
  );

  it(
    'makes the same bytes in another folder, without the cache',
    async () => {
      const text = fromMirror('packages: {add: [added]}\n');
      const one = await scene.build(text);
      const other = await scene.build(text, {
        output: path.join(scene.folder, 'elsewhere/image'),
        cacheFolder: undefined,
      });
      expect([one.cacheHit, other.cacheHit]).toEqual([true, false]);
      expect(other.descriptor.disk.sha256).toBe(one.descriptor.disk.sha256);
      expect(readFileSync(other.sbom, 'utf8')).toBe(readFileSync(one.sbom, 'utf8'));
    },
    4 * MINUTE,
  );

  it.each([
    ['a package that is nowhere', 'packages: {add: [absent, added]}\n', 'package-not-found', /: absent$/],
    ['a package whose needs are nowhere', 'packages: {add: [lonely]}\n', 'packages-conflict', /together/],
    ['a mirror that another key signs', 'mirror-key: other.asc\n', 'repository-unusable', /GPG|signature/],
    [
      'a package whose script fails',
      'packages: {add: [breaks]}\n',
      'package-script-failed',
      /breaks .*%post/,
    ],
  ])(
    'refuses %s',
    async (_what, changes, code, message) => {
      const output = path.join(scene.folder, 'refused');
      await expect(scene.build(fromMirror(changes), { output })).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
      expect(existsSync(output)).toBe(false);
      expect(readdirSync(scene.folder).filter((name) => name.includes('.partial-'))).toEqual([]);
    },
    MINUTE,
  );

  it(
    'refuses packages that nobody or somebody else signed, and an index that is not signed',
    async () => {
      const { key, other } = scene;
      const uris = [
        await scene.further('unsigned', { loose: {} }, { index: key }),
        await scene.further('foreign', { loose: {} }, { packages: other, index: key }),
        await scene.further('no-index', { loose: {} }, { packages: key }),
      ];
      const codes: unknown[] = [];
      for (const uri of uris) {
        const text = fromMirror(`packages: {add: [loose]}\nrepositories: [{uri: "${uri}", key: key.asc}]\n`);
        codes.push(
          await scene
            .build(text, { output: path.join(scene.folder, 'refused') })
            .catch(({ code, message }: { code: string; message: string }) => `${code}: ${message}`),
        );
      }
      expect(codes).toEqual([
        'package-not-signed: The packages loose of the repository repository-1 are not signed by its key',
        'package-not-signed: The packages loose of the repository repository-1 are not signed by its key',
        expect.stringMatching(/^repository-unusable: /),
      ]);
    },
    2 * MINUTE,
  );
});

describe('the source `medium` of the RHEL family', () => {
  const TREEINFO = `[general]
family = AlmaLinux
version = 9.6
arch = x86_64
variants = AppStream,BaseOS

[variant-AppStream]
repository = AppStream

[variant-BaseOS]
repository = BaseOS
`;
  let iso: { readonly medium: string; readonly mediumStatement: string };

  beforeAll(async () => {
    const tree = path.join(scene.folder, 'iso');
    await elMediumTree(scene.mirror, tree);
    writeFileSync(path.join(tree, '.treeinfo'), TREEINFO);
    writeFileSync(path.join(tree, 'RPM-GPG-KEY-Test-9'), readFileSync(scene.key.file));
    const medium = path.join(scene.folder, 'medium.iso');
    execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-r', '-V', 'Test-9', '-o', medium, tree]);
    const mediumStatement = await stateMedium(medium, path.join(scene.folder, '10-media.json'));
    iso = { medium, mediumStatement };
  }, MINUTE);

  it(
    'builds from BaseOS and AppStream with the keys on the medium, without network',
    async () => {
      const text = `${base('medium')}security-updates: "off"\npackages: {add: [added]}\n`;
      const output = path.join(scene.folder, 'from-medium');
      const result = await scene.build(text, { ...iso, output, cacheFolder: undefined });
      expect(inRoot(result.disk, 'ls -p /etc')).toContain('/added-was-set-up/');
      const built = readFileSync(result.statement, 'utf8');
      expect(built).toContain('pkg:rpm/almalinux/added@1-1');
      expect(built).not.toContain('repomd.xml');
    },
    4 * MINUTE,
  );

  it(
    'takes later updates from the mirror, and goes without when there is no way to it',
    async () => {
      const log = recordingLog();
      // Nobody listens there.
      const text = `${base('medium')}mirror: http://127.0.0.1:9\nmirror-key: key.asc\n`;
      const output = path.join(scene.folder, 'without-updates');
      const result = await scene.build(text, { ...iso, output }, { log });
      expect(result.packageCount).toBeGreaterThan(50);
      expect(log.lines.join('\n')).toMatch(/warning: Built from the medium alone, without later updates/);
      const required = scene.build(`${text}security-updates: require\n`, { ...iso, output });
      await expect(required).rejects.toMatchObject({ code: 'repository-unusable' });
    },
    4 * MINUTE,
  );

  it(
    "names what the medium lacks, and a medium of another release or another's key",
    async () => {
      const output = path.join(scene.folder, 'refused');
      const refusal = (text: string) =>
        scene
          .build(text, { ...iso, output })
          .catch(({ code, message }: { code: string; message: string }) => `${code}: ${message}`);
      const off = 'security-updates: "off"\n';
      expect(await refusal(`${base('medium')}${off}packages: {add: [absent]}\n`)).toBe(
        'package-not-found: Packages that are not in the repository: absent',
      );
      expect(await refusal(`${base('medium').replace('"9"', '"10"')}${off}`)).toMatch(
        /^medium-release-mismatch: .*9\.6 x86_64, 2 repositories/,
      );
      expect(await refusal(`${base('medium')}${off}mirror-key: other.asc\n`)).toMatch(
        /^package-not-signed: .*of the repository medium-/,
      );
    },
    4 * MINUTE,
  );
});
