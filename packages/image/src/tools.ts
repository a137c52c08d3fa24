import type { HostTool } from '@golden-image/host';

/** What building a Debian image needs on the host. */
export const BUILD_TOOLS: readonly HostTool[] = [
  { command: 'mmdebstrap', package: 'mmdebstrap' },
  { command: 'apt-get', package: 'apt' },
  { command: 'xorriso', package: 'xorriso' },
  { command: 'sfdisk', package: 'fdisk' },
  { command: 'unshare', package: 'util-linux' },
  { command: 'setpriv', package: 'util-linux' },
  { command: 'mformat', package: 'mtools' },
  { command: 'qemu-img', package: 'qemu-utils' },
  { command: '/usr/share/distro-info/debian.csv', package: 'distro-info-data' },
];
