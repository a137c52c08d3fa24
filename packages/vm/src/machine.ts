import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeError, type Ports, UserError } from '@golden-image/host';
import { ConsoleRecorder } from './console.ts';
import { freePort } from './free-port.ts';
import { listenLocally } from './local-server.ts';
import { type MachineSpec, machineArguments } from './machine-arguments.ts';
import { VirtualSwitch } from './network/switch.ts';
import { PLATFORMS } from './platform.ts';
import { QmpClient } from './qmp.ts';
import { startTpm } from './tpm.ts';

/** How long QEMU itself may take to start and to end. */
const QEMU_START_MS = 60_000;
const QEMU_QUIT_MS = 10_000;

/** A machine that runs. */
export interface Machine {
  readonly spec: MachineSpec;
  readonly qmp: QmpClient;
  readonly console: ConsoleRecorder;
  readonly network: VirtualSwitch;
  /** Port on loopback that leads to the guest's port 22. */
  readonly sshPort: number;
  /** Writes to the serial console. */
  type(text: string): void;
  /** Aborted when QEMU ended, for whatever reason: pass it to everything that waits for the guest. */
  readonly ended: AbortSignal;
  /** QEMU's command, for people. */
  readonly commandLine: readonly string[];
  /** For further unix sockets: private, with a short name. */
  readonly socketFolder: string;
}

type MachinePorts = Pick<Ports, 'exec' | 'clock' | 'signal'>;

/**
 * Runs `body` with a machine, and ends QEMU when it returns or throws; QEMU dies with this process too.
 *
 * @param guestAddress the guest's IPv4 address, where it is known from before (a fork)
 * @throws UserError `qemu-failed` when QEMU does not start; what `body` throws
 */
export async function withMachine<T>(
  ports: MachinePorts,
  spec: MachineSpec,
  consoleFile: string,
  body: (machine: Machine) => Promise<T>,
  guestAddress?: string,
): Promise<T> {
  // Paths of unix sockets have at most 107 bytes: a folder with a short name.
  const sockets = await mkdtemp(path.join(tmpdir(), 'fvt-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(sockets, { recursive: true, force: true })];
  try {
    const qmpServer = await listenLocally(path.join(sockets, 'qmp'));
    closers.push(() => qmpServer.close());
    const serialServer = await listenLocally(path.join(sockets, 'serial'));
    closers.push(() => serialServer.close());
    const network = await VirtualSwitch.create(ports.clock, spec.mac, guestAddress);
    closers.push(() => network.close());
    const recorder = new ConsoleRecorder({ clock: ports.clock, file: consoleFile });
    closers.push(() => recorder.close());

    const tpm = spec.tpmState === undefined ? undefined : await startTpm(ports, spec.tpmState, sockets);
    if (tpm) {
      closers.push(() => tpm.close());
    }

    const sshPort = await freePort();
    const commandLine = [
      PLATFORMS[spec.architecture ?? 'amd64'].qemu.command,
      ...machineArguments(spec, {
        ...{ qmp: qmpServer.path, serial: serialServer.path, tpm: tpm?.socket },
        network: network.qemuArgs(sshPort),
      }),
    ];
    const qemu = startQemu(ports, commandLine);
    closers.push(() => qemu.kill());
    const serial = await untilEnded(serialServer.connection, qemu);
    serial.on('data', (chunk: Buffer) => recorder.take(chunk));
    const qmp = new QmpClient(await untilEnded(qmpServer.connection, qemu));
    await untilEnded(qmp.negotiate(), qemu);
    closers.push(() => quit(qmp, qemu));

    return await body({
      spec,
      qmp,
      console: recorder,
      network,
      sshPort,
      type: (text) => serial.write(text),
      ended: qemu.ended,
      commandLine,
      socketFolder: sockets,
    });
  } finally {
    for (const close of closers.reverse()) {
      await close().catch(() => {});
    }
  }
}

interface QemuProcess {
  readonly ended: AbortSignal;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  kill(): Promise<void>;
}

function startQemu(ports: MachinePorts, commandLine: readonly string[]): QemuProcess {
  const ended = new AbortController();
  const killer = new AbortController();
  const gone = ports
    .exec({
      command: 'setpriv',
      args: ['--pdeathsig', 'KILL', ...commandLine],
      signal: AbortSignal.any([ports.signal, killer.signal]),
      keepBytes: 64 * 1024,
    })
    .then(
      () => new UserError('QEMU ended', { code: 'qemu-ended', fix: 'The guest powered off.' }),
      (error: unknown) => {
        const { message, detail } = describeError(error);
        return new UserError(`QEMU ended: ${message}`, {
          code: 'qemu-failed',
          fix: 'See the messages of QEMU; free memory, a free loopback port and QEMU 7.2 or newer are needed.',
          ...(detail ? { detail } : {}),
        });
      },
    )
    .then((reason) => ended.abort(reason));
  return {
    ended: ended.signal,
    gone,
    kill: () => {
      killer.abort(new Error('ended by us'));
      return gone;
    },
  };
}

/** Rejects with the reason for QEMU's end when that comes first. */
function untilEnded<T>(promise: Promise<T>, qemu: QemuProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      qemu.ended.removeEventListener('abort', onEnd);
      act();
    };
    const onEnd = (): void => settle(() => reject(qemu.ended.reason));
    const late = new UserError('QEMU did not start in time', {
      code: 'qemu-failed',
      fix: 'The machine is overloaded, or QEMU is broken: run qemu-system-x86_64 by hand.',
    });
    const timer = setTimeout(() => settle(() => reject(late)), QEMU_START_MS);
    qemu.ended.addEventListener('abort', onEnd, { once: true });
    // A broken connection means that QEMU is on its way out: its own words say why.
    const onFailure = (error: unknown): void => {
      setTimeout(() => settle(() => reject(error)), 1_000).unref();
    };
    promise.then((value) => settle(() => resolve(value)), onFailure);
    if (qemu.ended.aborted) {
      onEnd();
    }
  });
}

async function quit(qmp: QmpClient, qemu: QemuProcess): Promise<void> {
  if (qemu.ended.aborted) {
    return;
  }
  await qmp.execute('quit').catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, QEMU_QUIT_MS);
  });
  await Promise.race([qemu.gone, late]);
  clearTimeout(timer);
}
