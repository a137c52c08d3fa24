import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withMountedRoot } from '@golden-image/disk';
import { digestFile, type Statement } from '@golden-image/evidence';
import { createExec, type ExecRequest } from '@golden-image/host';
import { recordingLog, testPorts } from '@golden-image/host/testing';
import { readEvidence, readImageFolder } from '@golden-image/image-folder';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diskDifferences } from '../test/disk-differences.ts';
import { judgeSboms } from '../test/sbom-judges.ts';
import { type SmallMedium, smallMedium } from '../test/small-medium.ts';
import { buildImage } from './build.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'build-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// Generous: other work may run on the same cores.
const MINUTE = 180_000;
const MINIMAL = 'name: small\nversion: "1"\ndistribution: debian\nrelease: "13"\nsecurity-updates: "off"\n';
let medium: SmallMedium;

beforeAll(async () => {
  medium = await smallMedium(folder, { breaks: '#!/bin/sh\necho cannot >&2\nexit 1\n', escapes: ESCAPES });
}, 5 * MINUTE);

function definition(text: string): string {
  const file = path.join(mkdtempSync(path.join(folder, 'definition-')), 'image.yml');
  writeFileSync(file, `${MINIMAL}${text}`);
  return file;
}

function build(options: {
  text?: string;
  output: string;
  cache?: string | undefined;
  allowOutdatedHost?: boolean;
  sourceDateEpoch?: number;
  ports?: Parameters<typeof testPorts>[0];
}) {
  return buildImage(
    {
      definition: definition(options.text ?? ''),
      medium: medium.iso,
      mediumStatement: medium.statement,
      output: path.join(folder, options.output),
      cacheFolder: 'cache' in options ? options.cache : path.join(folder, 'cache'),
      builderId: 'urn:test',
      // Whatever machine the tests run on.
      allowOutdatedHost: options.allowOutdatedHost ?? true,
      sourceDateEpoch: options.sourceDateEpoch,
    },
    testPorts(options.ports ?? {}),
  );
}

/** What `debugfs` prints about the file system that starts at `offset` of a raw disk. */
function inspect(raw: string, offset: number, command: string): string {
  return execFileSync('debugfs', ['-R', command, `${raw}?offset=${offset}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, TZ: 'UTC' },
  });
}

function rawOf(disk: string): string {
  const raw = `${disk}.raw`;
  execFileSync('qemu-img', ['convert', '-O', 'raw', disk, raw]);
  return raw;
}

/** The next build makes its disk anew, from the cached root tree. */
function forgetDisks(cache: string): void {
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith('disk-'))) {
    rmSync(path.join(cache, name), { recursive: true });
  }
}

function leftovers(): readonly string[] {
  return readdirSync(folder).filter((name) => name.includes('.partial-'));
}

const EXTRAS = `
disk:
  size: 2GiB
  partitions:
    - {mount: /var/log, size: 64MiB, options: [nodev]}
    - {mount: /var, size: 256MiB}
kernel: {command-line: [audit=1]}
files:
  - {path: /etc/issue, content: "hello\\n", mode: "0600"}
  - {path: /srv/owned, content: "", owner: man, group: games}
`;

/** The machine's mounts without those of tests that run beside this one: below another temporary folder. */
function lastingMounts(): string[] {
  const elsewhere = (line: string): boolean => line.includes(` ${tmpdir()}/`) && !line.includes(folder);
  return readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .filter((line) => !elsewhere(line));
}

/** A package script that fails where it can do something to the kernel or the runner's files. */
const ESCAPES = `#!/bin/sh
for setting in vm/swappiness kernel/panic fs/suid_dumpable; do
  value=$(cat "/proc/sys/$setting") || exit 1
  { echo "$value" > "/proc/sys/$setting"; } 2> /dev/null && echo "wrote $setting" >&2 && exit 1
done
{ true > /proc/sysrq-trigger; } 2> /dev/null && echo 'opened sysrq-trigger' >&2 && exit 1
mknod /disk b 8 0 2> /dev/null && echo 'made a device' >&2 && exit 1
call() { perl -e 'exit(syscall($ARGV[0] + 0, map { /^\\d+$/ ? $_ + 0 : $_ } @ARGV[1 .. $#ARGV]) == 0 ? 0 : 1)' "$@"; }
# mount(2) with MS_REMOUNT | MS_BIND, and of a new tmpfs; umount2(2); sethostname(2).
call 165 none /proc/sys none 4128 0 && echo 'remounted' >&2 && exit 1
call 165 none /srv tmpfs 0 0 && echo 'mounted' >&2 && exit 1
call 166 /proc/sys 2 && echo 'unmounted' >&2 && exit 1
call 170 taken 5 && echo 'named the host' >&2 && exit 1
# Out of the chroot: into a folder below with the working directory left outside, then up, and to the runner's files.
mkdir /below
perl -e 'chroot "/below"; chdir ".." for 1 .. 64; chroot "."; exit(-d "/proc/self" && open(my $file, ">", "$ARGV[0]/escaped") ? 1 : 0)' \
  "${tmpdir()}" || { echo 'wrote to the runner' >&2; exit 1; }
exit 0
`;

describe('buildImage', () => {
  it(
    'makes an image folder whose statements link the medium with the disk',
    async () => {
      const result = await build({ text: EXTRAS, output: 'first' });
      expect(result.cacheHit).toBe(false);
      const image = await readImageFolder(result.folder);
      const { hex } = await digestFile(image.disk, ['sha256']);
      expect(image.descriptor).toMatchObject({
        name: 'small',
        firmware: ['bios', 'uefi'],
        disk: { virtualSize: 2 * 1024 ** 3, sha256: hex.sha256 },
      });
      const [media, built] = await readEvidence(result.folder);
      expect(readFileSync(media?.file ?? '', 'utf8')).toBe(readFileSync(medium.statement, 'utf8'));
      const statement = built?.statement as Statement;
      expect(statement.subject).toEqual([{ name: 'disk.qcow2', digest: { sha256: hex.sha256 } }]);
      const { resolvedDependencies } = statement.predicate.buildDefinition as {
        resolvedDependencies: { name: string; digest: { sha256: string } }[];
      };
      expect(resolvedDependencies[0]).toMatchObject({
        name: 'medium',
        digest: media?.statement.subject[0]?.digest,
      });
      expect(resolvedDependencies.length).toBe(result.packageCount + 2);
      expect(readdirSync(result.folder).sort()).toEqual([
        'disk.qcow2',
        'evidence',
        'image.json',
        'reports',
        'sbom.cdx.json',
        'sbom.spdx.json',
      ]);
    },
    3 * MINUTE,
  );

  it(
    'has the times of the epoch that is asked for',
    async () => {
      const sourceDateEpoch = 1_700_000_000;
      const result = await build({ output: 'dated', sourceDateEpoch });
      expect(result.epoch).toBe(sourceDateEpoch);
      const [, built] = await readEvidence(result.folder);
      expect(JSON.stringify(built?.statement)).toContain(`"sourceDateEpoch":${sourceDateEpoch}`);
      const sbom = JSON.parse(readFileSync(result.sbom, 'utf8')) as { creationInfo: { created: string } };
      expect(sbom.creationInfo.created).toBe('2023-11-14T22:13:20Z');
      const raw = rawOf(result.disk);
      const table = JSON.parse(execFileSync('sfdisk', ['--json', raw], { encoding: 'utf8' })) as {
        partitiontable: { partitions: { node: string; start: number }[] };
      };
      const root = 512 * (table.partitiontable.partitions.find(({ node }) => node === `${raw}1`)?.start ?? 0);
      // Hexadecimal seconds; nothing is newer than the epoch.
      const times = ['/', '/etc/fstab', '/etc/passwd', '/boot/grub/grub.cfg'].map((name) =>
        Number(/mtime: (0x[0-9a-f]+)/.exec(inspect(raw, root, `stat ${name}`))?.[1]),
      );
      expect(Math.max(...times)).toBe(sourceDateEpoch);
      expect(inspect(raw, root, 'stats')).toMatch(/Filesystem created:\s+Tue Nov 14 22:13:20 2023/);
      rmSync(raw);
    },
    3 * MINUTE,
  );

  it(
    "has SBOMs that the formats' own projects accept",
    () => judgeSboms(path.join(folder, 'first')),
    2 * MINUTE,
  );

  it('lays the disk out as the definition says, without identities of the build', () => {
    const raw = rawOf(path.join(folder, 'first/disk.qcow2'));
    const table = JSON.parse(execFileSync('sfdisk', ['--json', raw], { encoding: 'utf8' })) as {
      partitiontable: { partitions: { node: string; start: number }[] };
    };
    const start = (number: number): number =>
      512 * (table.partitiontable.partitions.find(({ node }) => node === `${raw}${number}`)?.start ?? 0);
    expect(table.partitiontable.partitions.map(({ node }) => node.slice(raw.length)).sort()).toEqual([
      '1',
      '14',
      '15',
      '2',
      '3',
    ]);
    const root = start(1);
    for (const number of [1, 2, 3]) {
      execFileSync('e2fsck', ['-fn', `${raw}?offset=${start(number)}`], { stdio: 'ignore' });
    }
    expect(inspect(raw, root, 'cat /etc/issue')).toBe('hello\n');
    expect(inspect(raw, root, 'stat /etc/issue')).toMatch(/Mode:\s+0600/);
    // base-passwd's numbers.
    expect(inspect(raw, root, 'stat /srv/owned')).toMatch(/User:\s+6\s+Group:\s+60\b/);
    expect(inspect(raw, root, 'cat /boot/grub/grub.cfg')).toContain('vmlinuz-6.0-test root=UUID=');
    expect(inspect(raw, root, 'cat /boot/grub/grub.cfg')).toContain('audit=1');
    expect(inspect(raw, root, 'cat /boot/initrd.img-6.0-test')).toBe('initrd\n');
    expect(inspect(raw, root, 'cat /etc/fstab')).toMatch(
      / \/var\/log ext4 defaults,x-systemd\.device-timeout=600s,nodev 0 2/,
    );
    expect(inspect(raw, root, 'stat /etc/machine-id')).toMatch(/Size: 0\b/);
    expect(inspect(raw, root, 'cat /etc/shadow')).toMatch(/^root:!\*:/);
    expect(inspect(raw, root, 'ls -l /etc/apt/sources.list.d')).toContain('debian.sources');
    expect(inspect(raw, root, 'cat /etc/apt/sources.list.d/debian.sources')).not.toMatch(
      /copy:|file:|trusted/,
    );
    expect(
      inspect(raw, root, 'ls /var')
        .match(/\S+/g)
        ?.filter((word) => /^[a-z]/.test(word)),
    ).toEqual([]);
    expect(inspect(raw, start(3), 'ls /')).toContain('lib');
    expect(inspect(raw, root, 'cat /var/lib/dpkg/diversions')).not.toContain('.real');
    const esp = execFileSync('mdir', ['-b', '-/', '-i', `${raw}@@${start(15)}`, '::'], { encoding: 'utf8' });
    expect(
      esp
        .split('\n')
        .filter((line) => !line.endsWith('/'))
        .map((line) => line.toLowerCase())
        .sort(),
    ).toEqual([
      '',
      '::/efi/boot/bootx64.efi',
      '::/efi/boot/grubx64.efi',
      '::/efi/boot/mmx64.efi',
      '::/efi/debian/grub.cfg',
    ]);
    rmSync(raw);
  });

  it(
    'gives the same bytes again, from packages and from the cache, whatever the umask, the folder, the locale and the time zone',
    async () => {
      const old = process.umask(0o077);
      const { LC_ALL, TZ } = process.env;
      Object.assign(process.env, { LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' });
      try {
        const cache = path.join(folder, 'other cache');
        const again = await build({ text: EXTRAS, output: 'elsewhere/second', cache });
        forgetDisks(cache);
        const fromTree = await build({ text: EXTRAS, output: 'third', cache });
        const fromDisk = await build({ text: EXTRAS, output: 'fourth', cache });
        expect([again, fromTree, fromDisk].map((one) => [one.cacheHit, one.diskCacheHit])).toEqual([
          [false, false],
          [true, false],
          [true, true],
        ]);
        // Whatever differs is told by its path.
        expect(await diskDifferences(path.join(folder, 'first/disk.qcow2'), again.disk)).toEqual([]);
        for (const name of [
          'disk.qcow2',
          'sbom.spdx.json',
          'sbom.cdx.json',
          'image.json',
          'reports/packages.json',
        ]) {
          const first = readFileSync(path.join(folder, 'first', name));
          expect(readFileSync(path.join(again.folder, name)).equals(first)).toBe(true);
          expect(readFileSync(path.join(fromTree.folder, name)).equals(first)).toBe(true);
          expect(readFileSync(path.join(fromDisk.folder, name)).equals(first)).toBe(true);
        }
      } finally {
        process.umask(old);
        Object.assign(process.env, { LC_ALL: LC_ALL ?? '', TZ: TZ ?? '' });
      }
    },
    4 * MINUTE,
  );

  it.each([
    ['xfs', 'byte for byte the same each time'],
    // mkfs.btrfs copies when each file was last changed, which nobody can set.
    ['btrfs', 'the same but for change times'],
  ] as const)(
    'makes %s file systems, %s',
    async (filesystem, sameness) => {
      const text = `disk: {size: 2GiB, filesystem: ${filesystem}, partitions: [{mount: /var, size: 320MiB}]}\n`;
      const first = await build({ text, output: filesystem });
      forgetDisks(path.join(folder, 'cache'));
      const again = await build({ text, output: `${filesystem}-again` });
      if (sameness.startsWith('byte')) {
        expect(again.descriptor.disk.sha256).toBe(first.descriptor.disk.sha256);
      }
      await withMountedRoot(first.disk, { writable: false }, testPorts(), async (session) => {
        expect(session.fileSystems.map(({ target, type }) => [target, type])).toEqual([
          ['/', filesystem],
          ['/boot/efi', 'vfat'],
          ['/var', filesystem],
        ]);
        expect(String(await session.readFile('/etc/fstab'))).toContain(` / ${filesystem} defaults 0 0`);
        expect(String(await session.readFile('/var/lib/dpkg/status', 1 << 24))).toContain('Package: dpkg');
        const mode = async (name: string) => statSync(await session.hostPath(name)).mode & 0o7777;
        expect([await mode('/tmp'), await mode('/usr/bin/su')]).toEqual([0o1777, 0o4755]);
      });
    },
    6 * MINUTE,
  );

  it(
    'makes a disk again when a file that the definition places differs',
    async () => {
      const text = (content: string) => `files: [{path: /etc/issue, content: "${content}"}]\n`;
      const one = await build({ text: text('one'), output: 'one' });
      const two = await build({ text: text('two'), output: 'two' });
      expect(two).toMatchObject({ cacheHit: true, diskCacheHit: false });
      expect(two.descriptor.disk.sha256).not.toBe(one.descriptor.disk.sha256);
    },
    2 * MINUTE,
  );

  it('refuses a host whose pending updates are not known, before it makes anything', async () => {
    const log = recordingLog();
    const exec = createExec();
    const ports = {
      log,
      exec: (request: ExecRequest) =>
        request.args?.includes('dist-upgrade')
          ? Promise.resolve({ code: 100, stdout: '', stderr: '', seconds: 0 })
          : exec(request),
    };
    const fresh = path.join(folder, 'cache of the old host');
    await expect(
      build({ output: 'old host', cache: fresh, allowOutdatedHost: false, ports }),
    ).rejects.toMatchObject({
      code: 'outdated-host',
    });
    expect(log.lines.join('\n')).not.toMatch(/root tree|disk: /);
    expect(leftovers()).toEqual([]);
    expect(readdirSync(fresh).filter((name) => /tree|disk/.test(name))).toEqual([]);
  });

  it(
    "keeps package scripts away from the runner's kernel and files",
    async () => {
      // Where it builds is reached through a symbolic link: the kernel knows it by its own name.
      const real = path.join(folder, 'real');
      mkdirSync(real);
      symlinkSync(real, path.join(folder, 'linked'));
      await expect(
        build({
          text: 'packages: {add: [escapes]}\n',
          output: 'linked/contained',
          cache: path.join(folder, 'linked/cache'),
        }),
      ).resolves.toMatchObject({
        cacheHit: false,
      });
    },
    2 * MINUTE,
  );

  it.each([
    ['an unknown package', 'packages: {add: [no-such-thing]}\n', 'package-not-found', /no-such-thing/],
    ['a package that others need', 'packages: {remove: [udev]}\n', 'packages-conflict', /together/],
    ['a package whose script fails', 'packages: {add: [breaks]}\n', 'package-script-failed', /\bbreaks\b/],
    ['an unknown unit', 'services: {enable: [none.service]}\n', 'definition-names-absent', /none\.service/],
    ['an unknown time zone', 'timezone: Mars/Olympus\n', 'definition-names-absent', /Mars\/Olympus/],
    [
      'an unknown owner',
      'files: [{path: /etc/x, content: y, owner: nobody2}]\n',
      'definition-names-absent',
      /nobody2/,
    ],
    [
      'partitions larger than the disk',
      'disk: {size: 1GiB, partitions: [{mount: /home, size: 2GiB}]}\n',
      'invalid-partitions',
      /room/,
    ],
  ])(
    'has one clear error for %s and leaves nothing',
    async (_what, text, code, message) => {
      const mounts = lastingMounts();
      await expect(build({ text, output: 'refused' })).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
      expect(leftovers()).toEqual([]);
      expect(readdirSync(folder)).not.toContain('refused');
      expect(lastingMounts()).toEqual(mounts);
    },
    2 * MINUTE,
  );

  it('refuses a medium that is not the one stated, one that is no ISO, and none', async () => {
    const changed = Buffer.from(readFileSync(medium.iso));
    changed[1_000_000] = (changed[1_000_000] ?? 0) ^ 1;
    const other = path.join(folder, 'changed.iso');
    writeFileSync(other, changed);
    const request = {
      definition: definition(''),
      output: path.join(folder, 'refused'),
      builderId: 'urn:test',
      allowOutdatedHost: true,
    };
    const refusal = (file: string | undefined, statement: string) =>
      buildImage({ ...request, medium: file, mediumStatement: statement }, testPorts());
    await expect(refusal(other, medium.statement)).rejects.toMatchObject({ code: 'medium-digest-mismatch' });
    await expect(refusal(path.join(folder, 'none.iso'), medium.statement)).rejects.toMatchObject({
      code: 'medium-unreadable',
    });
    await expect(refusal(undefined, medium.statement)).rejects.toMatchObject({ code: 'medium-missing' });
    const text = path.join(folder, 'text.iso');
    writeFileSync(text, 'not an ISO');
    const { hex } = await digestFile(text, ['sha256']);
    const statement = path.join(folder, 'text.json');
    writeFileSync(statement, readFileSync(medium.statement, 'utf8').replace(/[0-9a-f]{64}/, hex.sha256));
    await expect(refusal(text, statement)).rejects.toMatchObject({ code: 'medium-unreadable' });
  });

  it(
    'says when the disk is full',
    async () => {
      const small = path.join(folder, 'full');
      mkdirSync(small);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=120m', 'tmpfs', small]);
      try {
        await expect(build({ output: 'full/image', cache: undefined })).rejects.toMatchObject({
          code: 'disk-full',
        });
        expect(readdirSync(small)).toEqual([]);
      } finally {
        execFileSync('umount', [small]);
      }
    },
    2 * MINUTE,
  );

  it(
    'builds from the medium alone where the security repositories cannot be reached, and says so',
    async () => {
      // Nothing listens there.
      const offline = 'security-updates: auto\nsecurity-mirror: http://127.0.0.1:9/debian-security\n';
      const log = recordingLog();
      const request = (text: string) => {
        const file = definition('');
        writeFileSync(file, readFileSync(file, 'utf8').replace('security-updates: "off"\n', text));
        return buildImage(
          {
            ...{ definition: file, output: path.join(folder, 'offline'), builderId: 'urn:test' },
            ...{ medium: medium.iso, mediumStatement: medium.statement, allowOutdatedHost: true },
            cacheFolder: path.join(folder, 'cache'),
          },
          testPorts({ log }),
        );
      };
      const result = await request(offline);
      expect(result.cacheHit).toBe(true);
      expect(log.lines.join('\n')).toMatch(
        /warning: Built from the medium alone, without later security updates/,
      );
      const required = request(offline.replace('auto', 'require'));
      await expect(required).rejects.toMatchObject({ code: 'repository-unusable' });
    },
    3 * MINUTE,
  );

  it('refuses paths that mount options would misread', async () => {
    await expect(build({ output: 'a,b' })).rejects.toMatchObject({ code: 'unusable-path' });
  });

  it(
    'reports progress',
    async () => {
      const log = recordingLog();
      await build({ output: 'fourth', ports: { log } });
      expect(log.lines.filter((line) => /^info: .*: \d+\.\d s$/.test(line)).length).toBeGreaterThanOrEqual(6);
    },
    MINUTE,
  );
});
