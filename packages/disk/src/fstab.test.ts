import { describe, expect, it } from '@jest/globals';
import { isNamedBy, parseFstab } from './fstab.ts';

describe('fstab', () => {
  it('is read without comments, with escaped spaces', () => {
    expect(
      parseFstab('# c\n\nUUID=a / ext4 ro,nodev 0 1\nLABEL=b /a\\040b/ vfat\nbroken\n/swap none swap sw'),
    ).toEqual([
      { source: 'UUID=a', target: '/', type: 'ext4', options: ['ro', 'nodev'] },
      { source: 'LABEL=b', target: '/a b', type: 'vfat', options: ['defaults'] },
      { source: '/swap', target: 'none', type: 'swap', options: ['sw'] },
    ]);
  });

  it('names file systems and partitions', () => {
    const names = { uuid: 'AB-12', label: 'root', partitionUuid: 'cd', partitionName: 'esp' };
    const named = [
      'UUID=ab-12',
      'UUID="AB-12"',
      'LABEL=root',
      'PARTUUID=CD',
      'PARTLABEL=esp',
      '/dev/disk/by-uuid/ab-12',
    ];
    expect(named.map((source) => isNamedBy(source, names))).toEqual(named.map(() => true));
    const others = ['UUID=x', 'LABEL=ROOT', '/dev/sda1', 'tmpfs', '/dev/disk/by-id/x'];
    expect(others.map((source) => isNamedBy(source, names))).toEqual(others.map(() => false));
    const nothing = { uuid: undefined, label: undefined, partitionUuid: undefined, partitionName: undefined };
    expect(isNamedBy('UUID=', nothing)).toBe(false);
  });
});
