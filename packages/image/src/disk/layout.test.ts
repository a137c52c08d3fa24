import { describe, expect, it } from '@jest/globals';
import { parseDefinition } from '../definition/parse.ts';
import { bootPartition, bytesOf, fstab, MIB, planLayout, sfdiskScript } from './layout.ts';

const MINIMAL = 'name: debian-13\nversion: "1"\ndistribution: debian\nrelease: "13"\n';
const plan = (extra: string) => planLayout(parseDefinition(`${MINIMAL}${extra}`, 'image.yml'), 'seed');

describe('planLayout', () => {
  it('puts root last, aligned, up to the second table', () => {
    const { partitions, size } = plan('');
    expect(partitions.map(({ number, start, size: bytes }) => [number, start / MIB, bytes / MIB])).toEqual([
      [14, 1, 1],
      [15, 2, 64],
      [1, 66, 4096 - 66 - 1],
    ]);
    expect(size).toBe(4 * 1024 * MIB);
  });

  it('has only what the firmware needs', () => {
    expect(plan('firmware: bios\n').partitions.map(({ kind }) => kind)).toEqual(['bios', 'linux']);
    expect(plan('firmware: uefi\n').partitions.map(({ kind }) => kind)).toEqual(['esp', 'linux']);
  });

  it('places separate partitions before root, and never one over another', () => {
    const layout = plan(
      'disk:\n  size: 8GiB\n  partitions:\n    - {mount: /boot, size: 512MiB}\n    - {mount: /var/log, size: 1GiB, options: [nodev, nosuid]}\n    - {mount: /var, size: 1GiB}\n',
    );
    expect(layout.partitions.map(({ mount }) => mount)).toEqual([
      undefined,
      '/boot/efi',
      '/boot',
      '/var/log',
      '/var',
      '/',
    ]);
    layout.partitions.reduce((end, { start, size }) => {
      expect(start).toBeGreaterThanOrEqual(end);
      expect(start % MIB).toBe(0);
      return start + size;
    }, MIB);
    expect(bootPartition(layout)).toMatchObject({ prefix: '', partition: { mount: '/boot' } });
    expect(
      fstab(layout)
        .split('\n')
        .map((line) => line.split(' ')[1])
        .slice(0, -1),
    ).toEqual(['/', '/boot', '/boot/efi', '/var', '/var/log']);
    expect(fstab(layout)).toContain('/boot/efi vfat umask=0077,nofail,x-systemd.device-timeout=600s 0 0');
    expect(fstab(layout)).toContain('/var/log ext4 defaults,x-systemd.device-timeout=600s,nodev,nosuid 0 2');
  });

  it.each([
    ['a partition larger than the disk', 'disk:\n  partitions: [{mount: /home, size: 8GiB}]\n'],
    ['a root larger than the disk', 'disk:\n  partitions: [{mount: /, size: 4GiB}]\n'],
    [
      'the same place twice',
      'disk:\n  partitions: [{mount: /home, size: 1GiB}, {mount: /home, size: 1GiB}]\n',
    ],
    ['no size', 'disk:\n  partitions: [{mount: /home}]\n'],
    ['an ESP for BIOS', 'firmware: bios\ndisk:\n  partitions: [{mount: /boot/efi, size: 64MiB}]\n'],
    [
      'a partition that xfs cannot be made in',
      'disk:\n  filesystem: xfs\n  partitions: [{mount: /home, size: 64MiB}]\n',
    ],
    ['an ESP that is too small', 'disk:\n  partitions: [{mount: /boot/efi, size: 8MiB}]\n'],
  ])('refuses %s', (_what, extra) => {
    expect(() => plan(extra)).toThrow(expect.objectContaining({ code: 'invalid-partitions' }));
  });

  it('mounts each file system as it wants to be', () => {
    expect(fstab(plan(''))).toMatch(/ \/ ext4 errors=remount-ro 0 1\n/);
    for (const filesystem of ['xfs', 'btrfs']) {
      const text = fstab(
        plan(`disk:\n  filesystem: ${filesystem}\n  partitions: [{mount: /home, size: 1GiB}]\n`),
      );
      expect(text).toContain(` / ${filesystem} defaults 0 0\n`);
      expect(text).toContain(` /home ${filesystem} defaults,x-systemd.device-timeout=600s 0 0\n`);
    }
  });

  it('gives the same identifiers for the same seed, others for another', () => {
    expect(plan('')).toEqual(plan(''));
    const other = planLayout(parseDefinition(MINIMAL, 'image.yml'), 'another');
    expect(other.diskUuid).not.toBe(plan('').diskUuid);
  });
});

describe('sfdiskScript', () => {
  it('names every partition in sectors', () => {
    expect(sfdiskScript(plan(''))).toMatch(
      /^label: gpt\nlabel-id: [0-9A-F-]{36}\nunit: sectors\n14: start=2048 size=2048 type=21686148-\S+ uuid=\S+\n15: start=4096 size=131072 /,
    );
  });
});

describe('bytesOf', () => {
  it('reads units', () => {
    expect([bytesOf('512MiB'), bytesOf('2GiB')]).toEqual([512 * MIB, 2048 * MIB]);
  });
});
