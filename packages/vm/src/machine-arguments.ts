import type { Accelerator } from './accelerator.ts';
import { type Architecture, type FirmwareName, PLATFORMS, uefiBuild } from './platform.ts';

export type DiskBus = 'virtio-blk' | 'virtio-scsi' | 'nvme';

/** A disk of the machine. */
export interface MachineDisk {
  readonly file: string;
  readonly format: 'qcow2' | 'raw';
  /** Seen by the guest, at most 20 characters. */
  readonly serial: string;
  readonly readOnly?: boolean;
}

/** A NIC after the first, on a network of its own without a way out. */
export interface ExtraNic {
  readonly mac: string;
}

/** The guest's memory as a file, for machines that are forked. */
export interface MachineMemory {
  readonly file: string;
  /** `template`: what the guest writes is in the file. `fork`: starts from the file, and keeps its writes to itself. */
  readonly mode: 'template' | 'fork';
}

/** Everything that makes a machine, before it runs. */
export interface MachineSpec {
  readonly accelerator: Accelerator;
  /** Default: amd64. */
  readonly architecture?: Architecture;
  readonly firmware: FirmwareName;
  /** Whether the UEFI firmware has keys and checks what it starts; `uefiVariables` must hold them. */
  readonly secureBoot?: boolean;
  /** A software TPM 2.0 that keeps its state in this folder; default: none. */
  readonly tpmState?: string;
  /** UEFI variables of this machine, written by it. */
  readonly uefiVariables?: string;
  readonly memoryMib: number;
  /** Default: anonymous memory, which cannot be forked. */
  readonly memory?: MachineMemory;
  /** Whether it waits for the state of the machine that it continues. */
  readonly incoming?: boolean;
  readonly cpus: number;
  readonly bus: DiskBus;
  /** The disk that it boots from. */
  readonly disk: MachineDisk;
  /** Further disks, always virtio-blk. */
  readonly volumes: readonly MachineDisk[];
  readonly mac: string;
  readonly extraNics: readonly ExtraNic[];
}

/** Empty PCIe slots: q35's root bus takes no device while the guest runs. */
export const HOT_PLUG_SLOTS = ['slot0', 'slot1', 'slot2', 'slot3'] as const;

/** What connects a machine to this process: sockets, and the first NIC's network. */
export interface Wiring {
  readonly qmp: string;
  readonly serial: string;
  readonly network: readonly string[];
  /** Socket of the software TPM. */
  readonly tpm?: string | undefined;
}

/** QEMU's arguments for a machine. */
export function machineArguments(spec: MachineSpec, wiring: Wiring): readonly string[] {
  const platform = PLATFORMS[spec.architecture ?? 'amd64'];
  const machine = spec.secureBoot ? platform.secureMachine : platform.machine;
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-name', 'fvt'],
    // The guest is not trusted: QEMU may neither start programs nor gain privileges.
    ...['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'],
    ...['-machine', spec.memory ? `${machine},memory-backend=memory` : machine, ...spec.accelerator.args],
    ...['-m', String(spec.memoryMib), '-smp', String(spec.cpus)],
    ...memoryArguments(spec),
    ...['-rtc', 'base=utc', '-device', 'virtio-rng-pci', '-device', platform.display],
    ...['-chardev', `socket,id=qmp,path=${doubleCommas(wiring.qmp)}`, '-mon', 'chardev=qmp,mode=control'],
    ...['-chardev', `socket,id=serial,path=${doubleCommas(wiring.serial)}`, '-serial', 'chardev:serial'],
    ...firmwareArguments(spec),
    ...(wiring.tpm === undefined ? [] : tpmArguments(wiring.tpm, platform.tpmDevice)),
    ...HOT_PLUG_SLOTS.flatMap((slot, index) => ['-device', `pcie-root-port,id=${slot},chassis=${index + 1}`]),
    ...bootDiskArguments(spec),
    ...spec.volumes.flatMap((volume, index) => volumeArguments(volume, `volume${index}`)),
    ...wiring.network,
    ...['-device', `virtio-net-pci,netdev=net0,mac=${spec.mac}`],
    ...spec.extraNics.flatMap((nic, index) => extraNicArguments(nic, index + 1)),
  ];
}

/** A comma ends an option for QEMU; doubled it stands for itself. */
export function doubleCommas(value: string): string {
  return value.replaceAll(',', ',,');
}

function memoryArguments({ memory, memoryMib, incoming }: MachineSpec): readonly string[] {
  if (!memory) {
    return [];
  }
  const share = memory.mode === 'template' ? 'on' : 'off';
  return [
    '-object',
    `memory-backend-file,id=memory,size=${memoryMib}M,mem-path=${doubleCommas(memory.file)},share=${share}`,
    ...(incoming ? ['-incoming', 'defer'] : []),
  ];
}

/** What makes a machine start with its firmware, and with the variables of its own where that is UEFI. */
export function firmwareArguments(
  spec: Pick<MachineSpec, 'architecture' | 'firmware' | 'secureBoot' | 'uefiVariables'>,
): readonly string[] {
  if (spec.firmware === 'bios') {
    return [];
  }
  const architecture = spec.architecture ?? 'amd64';
  const { code } = uefiBuild(architecture, spec.secureBoot ?? false);
  const variables = doubleCommas(spec.uefiVariables ?? '');
  return [
    ...(spec.secureBoot ? PLATFORMS[architecture].secureArguments : []),
    ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${code}`],
    ...['-drive', `if=pflash,unit=1,format=raw,file=${variables}`],
  ];
}

function tpmArguments(socket: string, device: string): readonly string[] {
  return [
    ...['-chardev', `socket,id=tpmsocket,path=${doubleCommas(socket)}`],
    ...['-tpmdev', 'emulator,id=tpm0,chardev=tpmsocket', '-device', `${device},tpmdev=tpm0`],
  ];
}

function drive(disk: MachineDisk, id: string): readonly string[] {
  const readOnly = disk.readOnly ? ',readonly=on' : '';
  return [
    '-drive',
    `if=none,id=${id},format=${disk.format},cache=unsafe,discard=unmap,file=${doubleCommas(disk.file)}${readOnly}`,
  ];
}

/** The disk that the machine boots from, on its bus. */
export function bootDiskArguments(spec: Pick<MachineSpec, 'bus' | 'disk'>): readonly string[] {
  const { serial } = spec.disk;
  const devices: Readonly<Record<DiskBus, readonly string[]>> = {
    'virtio-blk': ['-device', `virtio-blk-pci,drive=boot,serial=${serial},bootindex=0`],
    'virtio-scsi': [
      ...['-device', 'virtio-scsi-pci,id=scsi0'],
      ...['-device', `scsi-hd,bus=scsi0.0,drive=boot,serial=${serial},bootindex=0`],
    ],
    nvme: ['-device', `nvme,drive=boot,serial=${serial},bootindex=0`],
  };
  return [...drive(spec.disk, 'boot'), ...devices[spec.bus]];
}

function volumeArguments(volume: MachineDisk, id: string): readonly string[] {
  return [...drive(volume, id), '-device', `virtio-blk-pci,drive=${id},serial=${volume.serial}`];
}

function extraNicArguments(nic: ExtraNic, index: number): readonly string[] {
  // Two user networks both lease 10.0.2.15: each further one has its own, without router and DNS.
  const net = `10.0.${index + 2}.0/24`;
  return [
    ...['-netdev', `user,id=net${index},net=${net},restrict=on,ipv6=off`],
    ...['-device', `virtio-net-pci,netdev=net${index},mac=${nic.mac}`],
  ];
}
