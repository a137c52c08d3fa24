import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withMountedCopy, withMountedRoot, withWorkingCopy, writeBack } from './index.ts';

const MiB = 1024 * 1024;
let folder = '';
let disk = '';
let savedTemp: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'disk-test-'));
  savedTemp = process.env.RUNNER_TEMP;
  process.env.RUNNER_TEMP = path.join(folder, 'temp');
  disk = path.join(folder, 'disk.qcow2');
  makeDisk(path.join(folder, 'disk.raw'));
  execFileSync('qemu-img', ['convert', '-c', '-O', 'qcow2', path.join(folder, 'disk.raw'), disk]);
});

afterAll(async () => {
  if (savedTemp === undefined) {
    delete process.env.RUNNER_TEMP;
  } else {
    process.env.RUNNER_TEMP = savedTemp;
  }
  await rm(folder, { recursive: true, force: true });
});

/** A disk with an ext4 root that holds a busybox as shell, and nothing else of a system. */
function makeDisk(file: string): void {
  const tree = path.join(folder, 'tree');
  for (const name of ['bin', 'etc', 'tmp', 'dev', 'proc', 'run', 'root', 'usr/lib', 'var/tmp']) {
    mkdirSync(path.join(tree, name), { recursive: true });
  }
  execFileSync('cp', ['/bin/busybox', path.join(tree, 'bin/busybox')]);
  execFileSync('ln', ['-sf', 'busybox', path.join(tree, 'bin/sh')]);
  writeFileSync(path.join(tree, 'etc/os-release'), 'ID=test\nVERSION_ID=1\n');
  writeFileSync(path.join(tree, 'etc/fstab'), 'LABEL=root / ext4 defaults 0 1\n');
  execFileSync('ln', ['-sf', '/etc/passwd', path.join(tree, 'etc/outside')]);
  execFileSync('truncate', ['-s', `${64 * MiB}`, file]);
  execFileSync('sfdisk', ['--quiet', file], {
    input: 'label: gpt\nstart=2048, size=100000, type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709\n',
  });
  execFileSync('mke2fs', [
    ...['-q', '-t', 'ext4', '-d', tree, '-L', 'root', '-E', `offset=${MiB}`, file, '50000k'],
  ]);
}

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const loops = (): string => execFileSync('losetup', ['--list', '--noheadings', '-O', 'BACK-FILE']).toString();
/** Only what this test can have made: other tests mount too. */
const mounts = (): readonly string[] =>
  readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(folder) || / \/(tmp|mnt|proc|proc\/sys|sys)? /.test(line));

describe('a mounted image', () => {
  it('is read without being changed, links followed inside it', async () => {
    const before = { disk: digest(disk), mounts: mounts() };
    await withMountedRoot(disk, { writable: false }, testPorts(), async (session) => {
      expect(session.fileSystems).toMatchObject([{ target: '/', type: 'ext4', volume: { role: 'root' } }]);
      expect(String(await session.readFile('/etc/os-release'))).toContain('ID=test');
      expect(await session.readFile('/etc/outside')).toBeUndefined();
      expect(await session.list('/etc')).toEqual(['fstab', 'os-release', 'outside']);
      await expect(session.readFile('/bin/busybox', 10)).rejects.toMatchObject({ code: 'file-too-large' });
      const write = await session.run({ command: '/bin/sh', args: ['-c', 'echo x > /x'], okCodes: 'any' });
      expect(write.code).not.toBe(0);
      const layer = await session.run({
        command: '/bin/sh',
        args: ['-c', 'echo x > /x && /bin/busybox cat /x && /bin/busybox mount'],
        throwAway: {
          tmpfs: [
            { target: '/tmp', options: 'mode=1777,noexec' },
            { target: '/dev/shm', options: 'mode=1777,noexec' },
          ],
        },
      });
      expect(layer.stdout).toMatch(/^x\n/);
      expect(layer.stdout).toMatch(/tmpfs on \/tmp type tmpfs \(.*noexec/);
      expect(layer.stdout).toMatch(/tmpfs on \/dev\/shm type tmpfs \(.*noexec/);
      expect(await session.list('/x')).toEqual([]);
    });
    expect({ disk: digest(disk), mounts: mounts() }).toEqual(before);
    expect(loops()).not.toContain(folder);
  });

  it('takes changes, written back in the same format', async () => {
    const target = path.join(folder, 'changed.qcow2');
    await withWorkingCopy(disk, testPorts(), async (copy) => {
      expect(copy).toMatchObject({ format: 'qcow2', compression: 'zlib', virtualSize: 64 * MiB });
      await withMountedCopy(copy, { writable: true }, testPorts(), (session) =>
        session.run({ command: '/bin/sh', args: ['-c', 'echo new > /etc/new'], powers: 'change' }),
      );
      await writeBack(copy, target, testPorts());
    });
    await withMountedRoot(target, { writable: false }, testPorts(), async (session) => {
      expect(String(await session.readFile('/etc/new'))).toBe('new\n');
    });
  });

  it('contains a program that goes for the host', async () => {
    const settings = ['kernel/hostname', 'kernel/panic', 'vm/swappiness', 'kernel/core_pattern'];
    const host = () => ({
      settings: settings.map((name) => readFileSync(`/proc/sys/${name}`, 'utf8')),
      mounts: mounts(),
      marker: existsSync(path.join(folder, 'escaped')),
    });
    const before = host();
    const script = `
      b=/bin/busybox
      $b mkdir -p /mnt
      for i in 1 2; do echo 1 > /proc/sys/vm/swappiness; done
      echo 1 > /proc/sys/kernel/panic; echo h > /proc/sysrq-trigger
      $b mount -o remount,rw /proc/sys && echo ESCAPED mount
      $b mount -t proc p /mnt && echo ESCAPED proc
      $b mount -t tmpfs t /mnt && echo ESCAPED tmpfs
      $b mknod /sda b 8 0 && echo ESCAPED mknod
      $b reboot -f && echo ESCAPED reboot
      $b wget -T 2 -q -O - http://127.0.0.1/ && echo ESCAPED network
      $b hostname taken && echo ESCAPED hostname
      echo x > ${path.join(folder, 'escaped')} && echo ESCAPED file
      $b chroot /proc/1/root /bin/busybox ls ${folder} && echo ESCAPED chroot
      $b ls /sys/kernel && echo ESCAPED sys
      echo RAN
      $b kill -9 -1
    `;
    await withMountedRoot(disk, { writable: true }, testPorts(), async (session) => {
      const { stdout } = await session.run({
        command: '/bin/sh',
        args: ['-c', script],
        powers: 'change',
        okCodes: 'any',
        timeoutMs: 30_000,
      });
      expect(stdout).toContain('RAN');
      expect(stdout).not.toContain('ESCAPED');
      expect(await session.list('/')).toContain('mnt');
    });
    expect(host()).toEqual(before);
  });

  it('leaves no mount, loop device or process when it is killed', async () => {
    const before = { disk: digest(disk), mounts: mounts() };
    const script = `
      import { withMountedRoot } from ${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))};
      import { testPorts } from '@golden-image/host/testing';
      await withMountedRoot(${JSON.stringify(disk)}, { writable: true }, testPorts(), async (session) => {
        console.log('mounted');
        await session.run({ command: '/bin/sh', args: ['-c', 'echo x > /x; /bin/busybox sleep 67'], powers: 'change' });
      });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      env: { ...process.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    await sleep(500);
    expect(loops()).toContain(folder);
    parent.kill('SIGKILL');
    for (let i = 0; i < 100 && loops().includes(folder); i += 1) {
      await sleep(50);
    }
    expect(loops()).not.toContain(folder);
    expect({ disk: digest(disk), mounts: mounts() }).toEqual(before);
  });
});

describe('a disk that cannot be opened', () => {
  const open = (file: string) =>
    withMountedRoot(file, { writable: false }, testPorts(), async () => 'opened');

  it('because it is encrypted', async () => {
    const file = path.join(folder, 'luks.raw');
    // The LUKS1 header's magic, version and a UUID: what blkid goes by.
    const header = Buffer.alloc(4 * MiB);
    header.write('LUKS\u00ba\u00be', 'latin1');
    header.writeUInt16BE(1, 6);
    header.write('6a2b4c1e-0000-4000-8000-000000000001', 168);
    writeFileSync(file, header);
    await expect(open(file)).rejects.toMatchObject({ code: 'encrypted-disk' });
  });

  it.each([
    ['because it is missing', () => path.join(folder, 'none')],
    ['because it is no disk', () => write('noise.raw', Buffer.alloc(MiB, 'x'))],
    ['because its header is damaged', () => write('bad.qcow2', Buffer.from('QFI\u00fb\0\0\0\x09', 'latin1'))],
    ['because its file system is damaged', () => damaged()],
  ])('%s', async (_name, make) => {
    await expect(open(make())).rejects.toMatchObject({ code: 'unreadable-disk' });
  });

  it('because it refers to another file', async () => {
    const file = path.join(folder, 'overlay.qcow2');
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', disk, '-F', 'qcow2', file]);
    await expect(open(file)).rejects.toMatchObject({ code: 'disk-refers-outside' });
  });

  it('because there is no space for its copy', async () => {
    const small = path.join(folder, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'small', small]);
    process.env.RUNNER_TEMP = small;
    try {
      await expect(open(disk)).rejects.toMatchObject({ code: 'no-space' });
    } finally {
      process.env.RUNNER_TEMP = path.join(folder, 'temp');
      execFileSync('umount', [small]);
    }
  });

  const write = (name: string, data: Buffer): string => {
    const file = path.join(folder, name);
    writeFileSync(file, data);
    return file;
  };

  /** The superblock stays, what it points to is gone. */
  const damaged = (): string => {
    const data = readFileSync(path.join(folder, 'disk.raw'));
    data.fill(0xff, MiB + 4096, MiB + 3 * MiB);
    return write('damaged.raw', data);
  };
});
