import type { HostTool } from '@golden-image/host';

/** Programs that opening a disk needs on the host. */
export const DISK_TOOLS: readonly HostTool[] = [
  { command: 'qemu-img', package: 'qemu-utils' },
  { command: 'sfdisk', package: 'fdisk' },
  { command: 'blkid', package: 'util-linux' },
  { command: 'nsenter', package: 'util-linux' },
  { command: 'setpriv', package: 'util-linux' },
  { command: 'fstrim', package: 'util-linux' },
  { command: 'mount', package: 'mount' },
  { command: 'bwrap', package: 'bubblewrap' },
];

/** What checks a file system after it was changed; asked for when one of that type was. */
export const CHECKERS: Readonly<Record<string, HostTool & { readonly args: readonly string[] }>> = {
  ext4: { command: 'e2fsck', package: 'e2fsprogs', args: ['-f', '-n'] },
  xfs: { command: 'xfs_repair', package: 'xfsprogs', args: ['-n', '-f'] },
  btrfs: { command: 'btrfs', package: 'btrfs-progs', args: ['check', '--readonly'] },
};
