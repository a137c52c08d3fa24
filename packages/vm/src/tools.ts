import type { HostTool } from '@golden-image/host';
import { type Architecture, type FirmwareName, PLATFORMS, uefiBuild } from './platform.ts';

/** What every run needs beside QEMU itself. */
const COMMON: readonly HostTool[] = [
  { command: 'qemu-img', package: 'qemu-utils' },
  { command: 'xorriso', package: 'xorriso' },
  { command: 'ssh', package: 'openssh-client' },
  { command: 'ssh-keygen', package: 'openssh-client' },
  { command: 'setpriv', package: 'util-linux' },
];
const SOFTWARE_TPM: HostTool = { command: 'swtpm', package: 'swtpm' };

/** What machines like these need on the host. */
export function machineTools(wishes: {
  readonly architecture: Architecture;
  readonly firmware: readonly FirmwareName[];
  readonly secureBoot: boolean;
  readonly tpm: boolean;
}): readonly HostTool[] {
  const { qemu, uefiPackage } = PLATFORMS[wishes.architecture];
  const build = uefiBuild(wishes.architecture, wishes.secureBoot);
  const uefi = [build.code, build.variables].map((command) => ({ command, package: uefiPackage }));
  return [
    qemu,
    ...COMMON,
    ...(wishes.firmware.includes('uefi') ? uefi : []),
    ...(wishes.tpm ? [SOFTWARE_TPM] : []),
  ];
}

/** Of a plain amd64 machine. */
const PLAIN = { architecture: 'amd64', secureBoot: false, tpm: false } as const;

/** What every amd64 machine needs. */
export const VM_TOOLS: readonly HostTool[] = machineTools({ ...PLAIN, firmware: ['bios'] });

/** Debian's and Ubuntu's builds of the UEFI firmware for amd64. */
export const UEFI_TOOLS: readonly HostTool[] = machineTools({ ...PLAIN, firmware: ['uefi'] }).filter(
  ({ package: from }) => from === PLATFORMS.amd64.uefiPackage,
);
