import type { HostTool } from '@golden-image/host';

/** Programs that opening a disk needs on the host. */
export const DISK_TOOLS: readonly HostTool[] = [
  { command: 'qemu-img', package: 'qemu-utils' },
  { command: 'sfdisk', package: 'fdisk' },
  { command: 'blkid', package: 'util-linux' },
  { command: 'nsenter', package: 'util-linux' },
  { command: 'setpriv', package: 'util-linux' },
  { command: 'fstrim', package: 'util-linux' },
  { command: 'fallocate', package: 'util-linux' },
  { command: 'mount', package: 'mount' },
  { command: 'bwrap', package: 'bubblewrap' },
];

/** What checks an ext4 after it was changed. */
export const EXT4_CHECKER: HostTool = { command: 'e2fsck', package: 'e2fsprogs' };

/** What opens an EFI system partition where the kernel cannot. */
export const ESP_TOOLS: readonly HostTool[] = [
  { command: 'mcopy', package: 'mtools' },
  { command: 'mmd', package: 'mtools' },
];
