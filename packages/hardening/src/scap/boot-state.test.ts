import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RootSession } from '@golden-image/disk';
import { describe, expect, it } from '@jest/globals';
import { newestKernel, parseSysctl, readBootState, writeKernelSettings } from './boot-state.ts';

/** An image of these files; their folders are what they are in. */
function image(files: Readonly<Record<string, string>>): RootSession {
  return {
    readFile: async (name: string) => (name in files ? Buffer.from(files[name] ?? '') : undefined),
    list: async (folder: string) => [
      ...new Set(
        Object.keys(files)
          .filter((name) => name.startsWith(`${folder}/`))
          .map((name) => name.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
  } as unknown as RootSession;
}
const TMP_MOUNT = '[Mount]\nWhat=tmpfs\nWhere=/tmp\nOptions=mode=1777,strictatime,nosuid,nodev,size=50%%\n';
const TMP = '/usr/lib/systemd/system/tmp.mount';
const WANTED = '/usr/lib/systemd/system/local-fs.target.wants/tmp.mount';
const mounts = async (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    (await readBootState(image(files))).tmpfs.map(({ target, options }) => [target, options]),
  );

describe('what the image makes of itself at boot', () => {
  it('sets the kernel as sysctl.d(5) says: by name over all folders, and by priority within a name', async () => {
    const { kernelSettings } = await readBootState(
      image({
        '/usr/lib/sysctl.d/50-default.conf': 'kernel.a=lib\nkernel.b=lib\n',
        '/etc/sysctl.d/50-default.conf': 'kernel.a=etc\n',
        '/etc/sysctl.d/10-first.conf': 'kernel.c=10\nkernel.a=10\n',
        '/usr/lib/sysctl.d/90-last.conf': 'kernel.c=90\n',
        '/etc/sysctl.d/99-readme': 'kernel.c=readme\n',
        '/usr/lib/modules/6.12.9-amd64/x': '',
        '/usr/lib/modules/6.12.48-amd64/x': '',
      }),
    );
    expect(Object.fromEntries(kernelSettings)).toEqual({
      'kernel/a': 'etc',
      'kernel/c': '90',
      'kernel/osrelease': '6.12.48-amd64',
    });
  });

  it('mounts /tmp by a unit that is wanted, with what its last drop-in says', async () => {
    expect(await mounts({ [TMP]: TMP_MOUNT, [WANTED]: TMP_MOUNT })).toMatchObject({
      '/tmp': 'mode=1777,strictatime,nosuid,nodev',
    });
    const dropIn = { '/etc/systemd/system/tmp.mount.d/x.conf': '[Mount]\nOptions=nosuid,nodev,noexec\n' };
    expect(await mounts({ [TMP]: TMP_MOUNT, [WANTED]: TMP_MOUNT, ...dropIn })).toMatchObject({
      '/tmp': 'nosuid,nodev,noexec',
    });
  });

  it.each([
    ['nobody wants it', { [TMP]: TMP_MOUNT }],
    ['it is masked', { [TMP]: TMP_MOUNT, [WANTED]: '', '/etc/systemd/system/tmp.mount': '' }],
    ['it mounts something else', { [TMP]: TMP_MOUNT.replace('/tmp', '/srv'), [WANTED]: '' }],
    ['there is none', {}],
  ])('does not mount /tmp when %s', async (_why, files) => {
    expect(await mounts(files)).toEqual({ '/dev/shm': 'mode=1777,nosuid,nodev' });
  });

  it('mounts what fstab says', async () => {
    const fstab =
      'tmpfs /tmp tmpfs defaults,rw,nosuid,nodev,noexec,size=1G 0 0\ntmpfs / tmpfs rw 0 0\nUUID=1 /x ext4 rw 0 0\n';
    expect(await mounts({ '/etc/fstab': fstab, [TMP]: TMP_MOUNT, [WANTED]: '' })).toEqual({
      '/dev/shm': 'mode=1777,nosuid,nodev',
      '/tmp': 'rw,nosuid,nodev,noexec',
    });
  });

  it('stands in for /proc/sys, a key that is a folder too left out', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'settings-'));
    await writeKernelSettings(
      new Map([
        ['kernel/a', '1'],
        ['kernel/a/b', '2'],
        ['kernel/ostype', 'Other'],
      ]),
      folder,
    );
    const read = (name: string) => readFile(path.join(folder, name), 'utf8');
    expect([await read('kernel/a'), await read('kernel/ostype')]).toEqual(['1\n', 'Other\n']);
    await rm(folder, { recursive: true });
  });
});

describe('parseSysctl', () => {
  it('reads plain settings, with dots or slashes', () => {
    expect(
      parseSysctl(`# comment
; comment
kernel.dmesg_restrict = 1
net/ipv4/conf/eth0.1/rp_filter=1
net.ipv4.conf.eth0/1.rp_filter = 2
-net.core.somaxconn=5
no value`),
    ).toEqual([
      ['kernel/dmesg_restrict', '1'],
      ['net/ipv4/conf/eth0.1/rp_filter', '1'],
      ['net/ipv4/conf/eth0.1/rp_filter', '2'],
      ['net/core/somaxconn', '5'],
    ]);
  });

  it('leaves out patterns, and what would leave its folder', () => {
    expect(
      parseSysctl('net.ipv4.conf.*.rp_filter=2\nkernel/../../etc/passwd=x\n/etc/passwd=x\n../x=1'),
    ).toEqual([]);
  });
});

describe('the kernel that boots', () => {
  it('is the highest version, by numbers', () => {
    expect(newestKernel(['6.12.9+deb13-amd64', '6.12.118+deb13-amd64', '6.1.200-amd64'])).toBe(
      '6.12.118+deb13-amd64',
    );
    expect(newestKernel([])).toBeUndefined();
  });
});
