import type { HostTool } from '@golden-image/host';

export type Architecture = 'amd64' | 'arm64';
export type FirmwareName = 'bios' | 'uefi';

/** A build of the UEFI firmware: its code, shared by all machines, and the variables that each starts with. */
export interface UefiBuild {
  readonly code: string;
  readonly variables: string;
}

/** What machines of one architecture are made of. */
export interface Platform {
  /** QEMU's program. */
  readonly qemu: HostTool;
  /** QEMU's machine type. */
  readonly machine: string;
  /** Added to the machine type where Secure Boot is on: the firmware then keeps its variables from the guest. */
  readonly secureMachine: string;
  readonly secureArguments: readonly string[];
  /** A processor under TCG that everything runs on. */
  readonly emulatedProcessor: string;
  /** A screen, of which pictures can be taken. */
  readonly display: string;
  readonly tpmDevice: string;
  readonly firmware: readonly FirmwareName[];
  readonly uefi: UefiBuild;
  /** With Microsoft's keys enrolled, so that Secure Boot is on. */
  readonly secureUefi: UefiBuild;
  /** Debian's and Ubuntu's package of both builds. */
  readonly uefiPackage: string;
}

export const PLATFORMS: Readonly<Record<Architecture, Platform>> = {
  amd64: {
    qemu: { command: 'qemu-system-x86_64', package: 'qemu-system-x86' },
    machine: 'q35',
    secureMachine: 'q35,smm=on',
    // OVMF's README: only system management mode may write the variables; suspending would lose that.
    secureArguments: [
      ...['-global', 'driver=cfi.pflash01,property=secure,value=on'],
      ...['-global', 'ICH9-LPC.disable_s3=1'],
    ],
    // RHEL 9 and its kin need x86-64-v2: the default model of TCG does not do.
    emulatedProcessor: 'max',
    display: 'VGA',
    tpmDevice: 'tpm-crb',
    firmware: ['bios', 'uefi'],
    uefi: { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', variables: '/usr/share/OVMF/OVMF_VARS_4M.fd' },
    secureUefi: {
      code: '/usr/share/OVMF/OVMF_CODE_4M.ms.fd',
      variables: '/usr/share/OVMF/OVMF_VARS_4M.ms.fd',
    },
    uefiPackage: 'ovmf',
  },
  arm64: {
    qemu: { command: 'qemu-system-aarch64', package: 'qemu-system-arm' },
    machine: 'virt,gic-version=3',
    secureMachine: 'virt,gic-version=3',
    secureArguments: [],
    // The architecture's own pointer signatures cost half of the time when emulated.
    emulatedProcessor: 'max,pauth-impdef=on',
    display: 'virtio-gpu-pci',
    tpmDevice: 'tpm-tis-device',
    firmware: ['uefi'],
    uefi: { code: '/usr/share/AAVMF/AAVMF_CODE.fd', variables: '/usr/share/AAVMF/AAVMF_VARS.fd' },
    secureUefi: {
      code: '/usr/share/AAVMF/AAVMF_CODE.ms.fd',
      variables: '/usr/share/AAVMF/AAVMF_VARS.ms.fd',
    },
    uefiPackage: 'qemu-efi-aarch64',
  },
};

/** The architecture of this host in Debian's words; undefined where no image here is for it. */
export function hostArchitecture(): Architecture | undefined {
  const names: Readonly<Record<string, Architecture>> = { x64: 'amd64', arm64: 'arm64' };
  return names[process.arch];
}

/** The firmware that a machine with these wishes has. */
export function uefiBuild(architecture: Architecture, secureBoot: boolean): UefiBuild {
  const platform = PLATFORMS[architecture];
  return secureBoot ? platform.secureUefi : platform.uefi;
}
