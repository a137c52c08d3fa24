import type { HostTool } from '@golden-image/host';

/** What every run needs. */
export const VM_TOOLS: readonly HostTool[] = [
  { command: 'qemu-system-x86_64', package: 'qemu-system-x86' },
  { command: 'qemu-img', package: 'qemu-utils' },
  { command: 'xorriso', package: 'xorriso' },
  { command: 'ssh', package: 'openssh-client' },
  { command: 'ssh-keygen', package: 'openssh-client' },
  { command: 'setpriv', package: 'util-linux' },
];

/** Debian's and Ubuntu's builds of the UEFI firmware, for `firmware: uefi`. */
export const UEFI_TOOLS: readonly HostTool[] = [
  { command: '/usr/share/OVMF/OVMF_CODE_4M.fd', package: 'ovmf' },
  { command: '/usr/share/OVMF/OVMF_VARS_4M.fd', package: 'ovmf' },
];
