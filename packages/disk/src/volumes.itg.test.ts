/** Disks with other file systems, logical volumes, an ESP and a boot partition, made by the real tools. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withMountedCopy, withMountedRoot, withWorkingCopy, writeBack } from './index.ts';

const MiB = 1024 * 1024;
const ROOT_TYPE = '4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709';
const ESP_TYPE = 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B';
const LVM_TYPE = 'E6D6D379-F507-44C2-A23C-238F2A3DF928';
const TIMEOUT = 120_000;
let folder = '';
let savedTemp: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'volumes-test-'));
  savedTemp = process.env.RUNNER_TEMP;
  process.env.RUNNER_TEMP = path.join(folder, 'temp');
});

afterAll(async () => {
  if (savedTemp === undefined) {
    delete process.env.RUNNER_TEMP;
  } else {
    process.env.RUNNER_TEMP = savedTemp;
  }
  await rm(folder, { recursive: true, force: true });
});

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { stdio: 'pipe' }).toString();

/** A folder with a busybox as shell, and nothing else of a system. */
function makeTree(name: string, fstab: string): string {
  const tree = path.join(folder, name);
  for (const inner of ['bin', 'etc', 'tmp', 'dev', 'proc', 'run', 'root', 'boot/efi', 'var/tmp']) {
    mkdirSync(path.join(tree, inner), { recursive: true });
  }
  run('cp', '/bin/busybox', path.join(tree, 'bin/busybox'));
  run('ln', '-sf', 'busybox', path.join(tree, 'bin/sh'));
  writeFileSync(path.join(tree, 'etc/os-release'), 'ID=test\nVERSION_ID=1\n');
  writeFileSync(path.join(tree, 'etc/fstab'), fstab);
  return tree;
}

/** A sparse disk with partitions of the given types and sizes (MiB), the first at 1 MiB; returns their offsets. */
function makeDisk(name: string, parts: readonly { readonly type: string; readonly size: number }[]) {
  const disk = path.join(folder, name);
  const total = parts.reduce((sum, { size }) => sum + size, 0) + 2;
  run('truncate', '-s', `${total * MiB}`, disk);
  const lines = parts.map(({ type, size }) => `size=${size}MiB, type=${type}`);
  execFileSync('sfdisk', ['--quiet', disk], { input: `label: gpt\n${lines.join('\n')}\n` });
  let at = 1;
  const offsets = parts.map(({ size }) => {
    const offset = at * MiB;
    at += size;
    return offset;
  });
  return { disk, offsets };
}

/** Puts a file system that was made in a file of its own into a disk. */
function put(file: string, disk: string, offset: number): void {
  run(
    'dd',
    `if=${file}`,
    `of=${disk}`,
    'bs=1M',
    `seek=${offset / MiB}`,
    'conv=notrunc,sparse',
    'status=none',
  );
  rmSync(file);
}

function ext4(name: string, tree: string, size: number, label = 'root'): string {
  const file = path.join(folder, name);
  run('mke2fs', '-q', '-t', 'ext4', '-d', tree, '-L', label, file, `${size}m`);
  return file;
}

/** Changes a disk through a session, writes it, and opens the result again. */
async function changeAndRead(disk: string, script: string, files: readonly string[]) {
  const target = `${disk}.changed`;
  await withWorkingCopy(disk, testPorts(), async (copy) => {
    await withMountedCopy(copy, { writable: true }, testPorts(), (session) =>
      session.run({ command: '/bin/sh', args: ['-ec', script], powers: 'change' }),
    );
    await writeBack(copy, target, testPorts());
  });
  return withMountedRoot(target, { writable: false }, testPorts(), async (session) => ({
    mounts: session.fileSystems.map(({ target: where, type }) => `${where} ${type}`),
    contents: await Promise.all(files.map(async (file) => String((await session.readFile(file)) ?? 'none'))),
  }));
}

describe('a disk', () => {
  it(
    'with a boot partition and an ESP is seen and changed as a whole',
    async () => {
      const { disk, offsets } = makeDisk('whole.raw', [
        { type: ROOT_TYPE, size: 40 },
        { type: 'BC13C2FF-59E6-4262-A352-B275FD6F7172', size: 20 },
        { type: ESP_TYPE, size: 34 },
      ]);
      const fstab =
        'LABEL=root / ext4 rw 0 1\nLABEL=boot /boot ext4 rw,noexec 0 2\nLABEL=ESP /boot/efi vfat umask=0077 0 1\n';
      put(ext4('root.fs', makeTree('whole', fstab), 40), disk, offsets[0] ?? 0);
      mkdirSync(path.join(folder, 'boot/efi'), { recursive: true });
      writeFileSync(path.join(folder, 'boot/config'), 'old\n');
      put(ext4('boot.fs', path.join(folder, 'boot'), 20, 'boot'), disk, offsets[1] ?? 0);
      const esp = path.join(folder, 'esp.fs');
      run('truncate', '-s', `${33 * MiB}`, esp);
      run('mkfs.vfat', '-n', 'ESP', esp);
      run('mmd', '-i', esp, '::/EFI', '::/EFI/old');
      writeFileSync(path.join(folder, 'grub.cfg'), 'set x\n');
      run('mcopy', '-i', esp, path.join(folder, 'grub.cfg'), '::/EFI/grub.cfg');
      run('mcopy', '-i', esp, path.join(folder, 'grub.cfg'), '::/EFI/old/gone.cfg');
      put(esp, disk, offsets[2] ?? 0);

      await withMountedRoot(disk, { writable: false }, testPorts(), async (session) => {
        const script = `b=/bin/busybox; $b cat /boot/config /boot/efi/EFI/grub.cfg; $b stat -c %a /boot/efi/EFI/grub.cfg; echo x > /boot/new; $b ls /boot; $b grep -o ' /boot .*noexec' /proc/mounts | $b cut -c 1-7`;
        const inside = await session.run({ command: '/bin/sh', args: ['-c', script], throwAway: {} });
        expect(inside.stdout).toBe('old\nset x\n700\nconfig\nefi\nlost+found\nnew\n /boot \n');
        expect(await session.list('/boot')).not.toContain('new');
      });
      const script = `b=/bin/busybox; echo new > /boot/config; echo 'set y' > /boot/efi/EFI/grub.cfg; $b mkdir -p /boot/efi/EFI/more; echo 1 > /boot/efi/EFI/more/one; $b rm -r /boot/efi/EFI/old`;
      const found = await changeAndRead(disk, script, [
        '/boot/config',
        '/boot/efi/EFI/grub.cfg',
        '/boot/efi/EFI/more/one',
        '/boot/efi/EFI/old/gone.cfg',
      ]);
      expect(found).toEqual({
        mounts: ['/ ext4', '/boot ext4', '/boot/efi vfat'],
        contents: ['new\n', 'set y\n', '1\n', 'none'],
      });
    },
    TIMEOUT,
  );

  it(
    'with xfs',
    async () => {
      const { disk, offsets } = makeDisk('xfs.raw', [{ type: ROOT_TYPE, size: 320 }]);
      const file = path.join(folder, 'xfs.fs');
      run('truncate', '-s', `${320 * MiB}`, file);
      run('mkfs.xfs', '-q', '-L', 'root', file);
      const place = path.join(folder, 'xfs.mnt');
      mkdirSync(place);
      const tree = makeTree('xfs', 'LABEL=root / xfs defaults 0 1\n');
      run(
        'unshare',
        '--mount',
        'sh',
        '-ec',
        'mount -o loop "$0" "$1"; cp -a "$2/." "$1"; umount "$1"',
        file,
        place,
        tree,
      );
      put(file, disk, offsets[0] ?? 0);
      expect(await changeAndRead(disk, 'echo new > /etc/new', ['/etc/new'])).toEqual({
        mounts: ['/ xfs'],
        contents: ['new\n'],
      });
    },
    TIMEOUT,
  );

  it(
    'with btrfs whose root and /var are subvolumes',
    async () => {
      const { disk, offsets } = makeDisk('btrfs.raw', [{ type: ROOT_TYPE, size: 256 }]);
      const file = path.join(folder, 'btrfs.fs');
      run('truncate', '-s', `${256 * MiB}`, file);
      run('mkfs.btrfs', '-q', '-L', 'root', file);
      const place = path.join(folder, 'btrfs.mnt');
      mkdirSync(place);
      const tree = makeTree(
        'btrfs',
        'LABEL=root / btrfs subvol=@ 0 0\nLABEL=root /var btrfs subvol=@var 0 0\n',
      );
      const script = `mount -o loop "$0" "$1"; btrfs subvolume create "$1/@"; btrfs subvolume create "$1/@var"
cp -a "$2/." "$1/@"; echo old > "$1/@var/state"; umount "$1"`;
      run('unshare', '--mount', 'sh', '-ec', script, file, place, tree);
      put(file, disk, offsets[0] ?? 0);
      expect(
        await changeAndRead(disk, 'echo new > /etc/new; echo new > /var/state', ['/etc/new', '/var/state']),
      ).toEqual({
        mounts: ['/ btrfs', '/var btrfs'],
        contents: ['new\n', 'new\n'],
      });
    },
    TIMEOUT,
  );

  it(
    'that was not unmounted cleanly is read all the same, and not changed',
    async () => {
      const { disk, offsets } = makeDisk('dirty.raw', [{ type: ROOT_TYPE, size: 40 }]);
      const file = ext4('dirty.fs', makeTree('dirty', ''), 40);
      const place = path.join(folder, 'dirty.mnt');
      mkdirSync(place);
      // A copy taken while it is mounted and was written to: its journal has to be replayed.
      const script =
        'mount -o loop "$0" "$1"; echo late > "$1/etc/late"; sync -f "$1"; cp "$0" "$0.copy"; umount "$1"';
      run('unshare', '--mount', 'sh', '-ec', script, file, place);
      put(`${file}.copy`, disk, offsets[0] ?? 0);
      const before = readFileSync(disk);
      await withMountedRoot(disk, { writable: false }, testPorts(), async (session) => {
        expect(String(await session.readFile('/etc/late'))).toBe('late\n');
        const write = await session.run({
          command: '/bin/sh',
          args: ['-c', 'echo > /x'],
          okCodes: 'any',
          powers: 'change',
        });
        expect(write.code).not.toBe(0);
      });
      expect(readFileSync(disk).equals(before)).toBe(true);
    },
    TIMEOUT,
  );

  describe('with logical volumes', () => {
    /** LVM's own tools need block devices for their metadata, but no device mapper. */
    function makeLvm(
      name: string,
      partitions: number,
      commands: (group: string) => readonly string[][],
    ): { readonly disk: string; readonly offset: number } {
      const parts = Array.from({ length: partitions }, () => ({ type: LVM_TYPE, size: 120 }));
      const { disk, offsets } = makeDisk(name, parts);
      const loops = offsets.map((offset) => {
        const place = ['--offset', `${offset}`, '--sizelimit', `${120 * MiB}`];
        return run('losetup', '--find', '--show', ...place, disk).trim();
      });
      try {
        const group = `vg-${name.replace('.raw', '')}`;
        const filter = loops.map((loop) => `"a|^${loop}$|"`).join(', ');
        const settings = `devices { use_devicesfile=0 filter=[ ${filter}, "r|.*|" ] } activation { udev_sync=0 udev_rules=0 }`;
        const all = [
          ['pvcreate', '-ff', '-y', ...loops],
          ['vgcreate', '-s', '4m', group, ...loops],
          ...commands(group),
        ];
        for (const [command = '', ...args] of all) {
          run(command, '--config', settings, '--driverloaded', 'n', ...args);
        }
      } finally {
        run('losetup', '--detach', ...loops);
      }
      return { disk, offset: offsets[0] ?? 0 };
    }
    const create = (group: string, name: string, extents: number): string[] => [
      ...['lvcreate', '-an', '-Zn', '-Wn', '-y', '-n', name, '-l', `${extents}`, group],
    ];

    it(
      'one in one piece, one in two',
      async () => {
        const { disk, offset } = makeLvm('lvm.raw', 1, (group) => [
          create(group, 'root', 10),
          create(group, 'gap', 2),
          create(group, 'my-data', 4),
          ['lvremove', '-y', `${group}/gap`],
          ['lvextend', '-l', '+6', `${group}/my-data`],
        ]);
        const fstab = '/dev/mapper/vg--lvm-root / ext4 rw 0 1\n/dev/vg-lvm/my-data /boot ext4 rw 0 2\n';
        const root = ext4('lv-root.fs', makeTree('lvm', fstab), 40);
        mkdirSync(path.join(folder, 'data'));
        writeFileSync(path.join(folder, 'data/state'), 'old\n');
        const data = ext4('lv-data.fs', path.join(folder, 'data'), 40, 'data');
        // From the first extent at 1 MiB: root 0-9, then my-data 12-15 and (where the gap was, and after) 10-11, 16-19.
        const first = offset + MiB;
        const copy = (file: string, from: number, extent: number, count: number): void => {
          run(
            ...(['dd', `if=${file}`, `of=${disk}`, 'bs=4M', `skip=${from}`, `count=${count}`] as const),
            ...[`seek=${first + extent * 4 * MiB}`, 'oflag=seek_bytes', 'conv=notrunc', 'status=none'],
          );
        };
        copy(root, 0, 0, 10);
        copy(data, 0, 12, 4);
        copy(data, 4, 16, 4);
        copy(data, 8, 10, 2);
        const found = await changeAndRead(
          disk,
          'echo new > /etc/new; echo new > /boot/state; /bin/busybox dd if=/dev/zero of=/boot/large bs=1M count=20',
          ['/etc/new', '/boot/state'],
        );
        expect(found).toEqual({ mounts: ['/ ext4', '/boot ext4'], contents: ['new\n', 'new\n'] });
      },
      TIMEOUT,
    );

    it(
      'is refused when its root is not linear, or its metadata are damaged',
      async () => {
        const { disk, offset } = makeLvm('striped.raw', 2, (group) => [
          ['lvcreate', '-an', '-Zn', '-Wn', '-y', '-i', '2', '-n', 'root', '-l', '10', group],
        ]);
        const open = () => withMountedRoot(disk, { writable: false }, testPorts(), async () => 'opened');
        await expect(open()).rejects.toMatchObject({
          code: 'unreadable-disk',
          message: expect.stringContaining('LVM2_member'),
        });
        const data = readFileSync(disk);
        const header = data.indexOf(' LVM2 x[5A%r0N*>', offset, 'latin1');
        data.writeBigUInt64LE(0x7fffffffffffn, header - 4 + 48);
        writeFileSync(disk, data);
        await expect(open()).rejects.toMatchObject({
          code: 'unreadable-disk',
          message: expect.stringContaining('LVM'),
        });
      },
      TIMEOUT,
    );
  });

  it(
    'that is encrypted is refused as such',
    async () => {
      const { disk, offsets } = makeDisk('luks.raw', [
        { type: '0FC63DAF-8483-4772-8E79-3D69D8477DE4', size: 32 },
      ]);
      const file = path.join(folder, 'luks.fs');
      run('truncate', '-s', `${32 * MiB}`, file);
      execFileSync(
        'cryptsetup',
        [
          'luksFormat',
          '--batch-mode',
          '--type',
          'luks2',
          '--pbkdf',
          'pbkdf2',
          '--pbkdf-force-iterations',
          '1000',
          file,
        ],
        { input: 'secret', stdio: 'pipe' },
      );
      put(file, disk, offsets[0] ?? 0);
      const before = readFileSync(disk);
      await expect(
        withMountedRoot(disk, { writable: true }, testPorts(), async () => 'opened'),
      ).rejects.toMatchObject({ code: 'encrypted-disk', message: expect.stringContaining('LUKS') });
      expect(readFileSync(disk).equals(before)).toBe(true);
    },
    TIMEOUT,
  );
});
