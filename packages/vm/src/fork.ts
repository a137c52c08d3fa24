import { copyFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { type Ports, UserError } from '@golden-image/host';
import { createOverlay, inspectOverlaySize } from './disk.ts';
import { listenLocally } from './local-server.ts';
import { type Machine, withMachine } from './machine.ts';
import type { MachineDisk, MachineSpec } from './machine-arguments.ts';
import type { QmpClient } from './qmp.ts';

/** Saving and loading the state of devices takes milliseconds; a host under load gets a minute. */
const STATE_TIMEOUT_MS = 60_000;
/** Devices without memory: a megabyte or a few (UEFI variables). */
const MAX_STATE_BYTES = 512 * 2 ** 20;

/** A machine frozen in the middle of its life: as many as wanted go on from here, each by itself. */
export interface Snapshot {
  /** Of the machine that was frozen; its disk and memory are only read from now on. */
  readonly spec: MachineSpec;
  /** The state of processors and devices; the memory lies in its file. */
  readonly state: Buffer;
  /** The guest's IPv4 address on the first network. */
  readonly address: string | undefined;
  /** How long it took, in seconds. */
  readonly seconds: number;
}

/** What a fork gets of its own. */
export interface ForkFiles {
  /** For overlays; must exist. */
  readonly folder: string;
  readonly console: string;
  /** A copy of the snapshot's memory: with it the fork can be frozen and forked again. */
  readonly memory?: string;
}

type ForkPorts = Pick<Ports, 'exec' | 'clock' | 'signal'>;

/**
 * Stops a machine whose memory is a template for ever and saves the rest of its state; `withFork` goes on from there.
 * Memory that QEMU shares with a file is not copied (QEMU's migration capability `x-ignore-shared`).
 *
 * @throws UserError `cannot-fork` when a device's state cannot be saved (NVMe) or memory is not a template
 */
export async function freeze(ports: ForkPorts, machine: Machine): Promise<Snapshot> {
  const { spec, qmp } = machine;
  if (spec.memory?.mode !== 'template') {
    throw cannotFork('its memory is not in a file');
  }
  const started = ports.clock.monotonic();
  const server = await listenLocally(path.join(machine.socketFolder, 'state-out'));
  try {
    await qmp.execute('stop');
    await ignoreSharedMemory(qmp);
    const received = server.connection.then(readAll);
    received.catch(() => {});
    const done = migrationEnd(ports, machine);
    done.catch(() => {});
    await qmp.execute('migrate', { uri: `unix:${server.path}` });
    await done;
    const state = await received;
    const seconds = (ports.clock.monotonic() - started) / 1000;
    return { spec, state, address: machine.network.guestAddress, seconds };
  } catch (error) {
    ports.signal.throwIfAborted();
    machine.ended.throwIfAborted();
    // Nobody watches a machine that stands still: it goes on, so that its user may.
    await qmp.execute('cont').catch(() => {});
    throw cannotFork(error instanceof Error ? error.message : String(error), error);
  } finally {
    await server.close();
  }
}

/**
 * Runs `body` with a machine that goes on from `snapshot`, on overlays of its own in `folder`. It has the boot-id, the
 * keys and the random numbers to come of the machine it was forked from, and its clock stood still in between.
 *
 * @throws UserError `cannot-fork`, `qemu-failed`; what `body` throws
 */
export async function withFork<T>(
  ports: ForkPorts,
  snapshot: Snapshot,
  files: ForkFiles,
  body: (machine: Machine) => Promise<T>,
): Promise<T> {
  const spec = await forkSpec(ports, snapshot.spec, files);
  return withMachine(
    ports,
    spec,
    files.console,
    async (machine) => {
      await resume(ports, machine, snapshot.state).catch((error: unknown) => {
        ports.signal.throwIfAborted();
        machine.ended.throwIfAborted();
        throw cannotFork(error instanceof Error ? error.message : String(error), error);
      });
      return body(machine);
    },
    snapshot.address,
  );
}

/** The same machine on disks of its own. */
async function forkSpec(ports: ForkPorts, from: MachineSpec, files: ForkFiles): Promise<MachineSpec> {
  const { incoming: _before, ...base } = from;
  const variables = path.join(files.folder, 'uefi-variables.fd');
  if (from.uefiVariables !== undefined) {
    await copyFile(from.uefiVariables, variables);
  }
  const file = from.memory?.file ?? '';
  return {
    ...base,
    disk: await overlayOf(ports, from.disk, path.join(files.folder, 'disk.qcow2')),
    volumes: await Promise.all(
      from.volumes.map((volume, index) =>
        volume.readOnly ? volume : overlayOf(ports, volume, path.join(files.folder, `volume-${index}.qcow2`)),
      ),
    ),
    ...(from.uefiVariables === undefined ? {} : { uefiVariables: variables }),
    // What the TPM holds comes with the state of the devices.
    ...(from.tpmState === undefined ? {} : { tpmState: path.join(files.folder, 'tpm') }),
    memory: files.memory ? { file: files.memory, mode: 'template' } : { file, mode: 'fork' },
    incoming: true,
  };
}

async function overlayOf(ports: ForkPorts, disk: MachineDisk, overlay: string): Promise<MachineDisk> {
  const size = await inspectOverlaySize(ports, disk.file, disk.format);
  await createOverlay(ports, { disk: disk.file, format: disk.format, overlay, size });
  return { ...disk, file: overlay, format: 'qcow2' };
}

async function resume(ports: ForkPorts, machine: Machine, state: Buffer): Promise<void> {
  const { qmp } = machine;
  const socketPath = path.join(machine.socketFolder, 'state-in');
  await ignoreSharedMemory(qmp);
  const done = migrationEnd(ports, machine);
  done.catch(() => {});
  await qmp.execute('migrate-incoming', { uri: `unix:${socketPath}` });
  const socket = connect(socketPath);
  socket.on('error', () => {});
  try {
    socket.end(state);
    await done;
  } finally {
    socket.destroy();
  }
  await qmp.execute('cont');
}

async function ignoreSharedMemory(qmp: QmpClient): Promise<void> {
  const capabilities = ['events', 'x-ignore-shared'].map((capability) => ({ capability, state: true }));
  await qmp.execute('migrate-set-capabilities', { capabilities });
}

/** Waits for QEMU's word that a migration ended. */
async function migrationEnd(ports: ForkPorts, machine: Machine): Promise<void> {
  const event = await machine.qmp.waitForEvent(
    ({ event: name, data }) =>
      name === 'MIGRATION' && /^(completed|failed|cancelled)$/.test(String(data.status)),
    'the end of a migration',
    { timeoutMs: STATE_TIMEOUT_MS, signal: AbortSignal.any([ports.signal, machine.ended]) },
  );
  if (event.data.status !== 'completed') {
    const info = (await machine.qmp.execute('query-migrate')) as { 'error-desc'?: string };
    throw new Error(`the migration ${String(event.data.status)}: ${info['error-desc'] ?? 'no reason given'}`);
  }
}

async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  socket.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MAX_STATE_BYTES) {
      socket.destroy(new Error('the state of the devices is larger than any machine of ours has'));
      return;
    }
    chunks.push(chunk);
  });
  await finished(socket, { writable: false });
  return Buffer.concat(chunks);
}

function cannotFork(why: string, cause?: unknown): UserError {
  return new UserError(`The running machine cannot be forked: ${why}`, {
    code: 'cannot-fork',
    fix: 'Destructive cases boot machines of their own instead, which takes longer.',
    ...(cause === undefined ? {} : { cause }),
  });
}
