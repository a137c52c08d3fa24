import type { Accelerator, Architecture, DiskBus, DiskFormat, FirmwareName } from '@golden-image/vm';

/** What is booted, and how. */
export interface TestbedSettings {
  readonly disk: string;
  readonly format: DiskFormat;
  /** Size of the disk given to the guests, in bytes. */
  readonly diskBytes: number;
  readonly accelerator: Accelerator;
  /** Default: amd64. */
  readonly architecture?: Architecture | undefined;
  readonly firmware: FirmwareName;
  /** UEFI with Microsoft's keys, which checks what it starts. */
  readonly secureBoot?: boolean | undefined;
  /** Whether each machine has a software TPM 2.0. */
  readonly tpm?: boolean | undefined;
  readonly bus: DiskBus;
  readonly memoryMib: number;
  readonly cpus: number;
  readonly sshUser: string;
  /** Multiplies every time limit: the accelerator's factor and the user's. */
  readonly timeoutScale: number;
  /** Machines that run at once. */
  readonly parallel: number;
  /** Private; gone after the run. */
  readonly folder: string;
  /** Where consoles and screenshots go, `<machine>.log` and `<machine>.png`. */
  readonly consoles: string;
}

/** Hardware beyond the first NIC and the boot disk. */
export interface Hardware {
  readonly extraNics: number;
  /** Empty volumes of 64 MiB, with the serials `volume1`, `volume2`… */
  readonly volumes: number;
  /** Whether the guest may be forked. */
  readonly forkable: boolean;
}
