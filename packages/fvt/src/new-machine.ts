import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '@golden-image/host';
import {
  createOverlay,
  type MachineDisk,
  type MachineSpec,
  NODE,
  type SeedUser,
  type SharedMemory,
  uefiBuild,
  writeSeed,
} from '@golden-image/vm';
import type { Launch } from './observations.ts';
import type { Hardware, TestbedSettings } from './testbed-settings.ts';

const VOLUME_BYTES = 64 * 2 ** 20;

/** What a new machine is made of beside the testbed's settings. */
export interface NewMachine {
  readonly hardware: Hardware;
  /** Its own; must exist. */
  readonly folder: string;
  readonly users: readonly SeedUser[];
  /** Stands in the user data, and means nothing. */
  readonly canary: string;
  readonly memory: SharedMemory | undefined;
}

/** Makes the files of a machine that has never run: overlay, seed, volumes, UEFI variables. */
export async function newMachine(
  ports: Pick<Ports, 'exec'>,
  settings: TestbedSettings,
  { hardware, folder, users, canary, memory }: NewMachine,
): Promise<{ readonly spec: MachineSpec; readonly launch: Launch }> {
  const base = randomBytes(3).toString('hex').match(/../g)?.join(':') ?? '';
  const macs = Array.from({ length: 1 + hardware.extraNics }, (_, nic) => `52:54:0${nic}:${base}`);
  const [mac = '', ...others] = macs;
  const identity = { instanceId: `fvt-${randomUUID()}`, hostname: 'fvt-guest' };
  const overlay = path.join(folder, 'overlay.qcow2');
  const seedFile = path.join(folder, 'seed.iso');
  const { disk, format, diskBytes, accelerator, firmware, secureBoot = false, tpm = false } = settings;
  const architecture = settings.architecture ?? 'amd64';
  await createOverlay(ports, { disk, format, overlay, size: diskBytes });
  await writeSeed(ports, {
    seed: { ...identity, users, macs, comment: canary },
    file: seedFile,
    workFolder: folder,
  });
  const volumes = await newVolumes(ports, folder, hardware.volumes);
  const uefiVariables = path.join(folder, 'uefi-variables.fd');
  if (firmware === 'uefi') {
    await copyFile(uefiBuild(architecture, secureBoot).variables, uefiVariables);
  }
  return {
    spec: {
      ...{ accelerator, architecture, firmware, secureBoot, cpus: settings.cpus, bus: settings.bus },
      ...(firmware === 'uefi' ? { uefiVariables } : {}),
      ...(tpm ? { tpmState: path.join(folder, 'tpm') } : {}),
      memoryMib: settings.memoryMib,
      ...(memory ? { memory: { file: memory.file, mode: 'template' } } : {}),
      disk: { file: overlay, format: 'qcow2', serial: 'boot' },
      volumes: [{ file: seedFile, format: 'raw', serial: 'seed', readOnly: true }, ...volumes],
      mac,
      extraNics: others.map((other) => ({ mac: other })),
    },
    launch: {
      ...{ accelerator: accelerator.name, firmware, secureBoot, tpm, diskBytes, ...identity },
      nics: macs.map((entry) => ({ mac: entry })),
      seedUsers: users.map((entry) => entry.name),
      target: { ip: NODE.ip, name: NODE.name },
    },
  };
}

async function newVolumes(
  ports: Pick<Ports, 'exec'>,
  folder: string,
  count: number,
): Promise<readonly MachineDisk[]> {
  const volumes: MachineDisk[] = [];
  for (let number = 1; number <= count; number += 1) {
    const file = path.join(folder, `volume${number}.qcow2`);
    const args = ['create', '-q', '-f', 'qcow2', file, String(VOLUME_BYTES)];
    await ports.exec({ command: 'qemu-img', args, timeoutMs: 60_000 });
    volumes.push({ file, format: 'qcow2', serial: `volume${number}` });
  }
  return volumes;
}
