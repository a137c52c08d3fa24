import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, ToolError } from '@golden-image/host';

const START_MS = 10_000;

/** A software TPM 2.0 that serves one machine and ends with it. */
export interface SoftwareTpm {
  /** Unix socket that QEMU's `emulator` backend talks to. */
  readonly socket: string;
  close(): Promise<void>;
}

/**
 * Starts swtpm, which keeps what the guest stores in `stateFolder`; it dies with this process too.
 *
 * @throws ToolError when it does not start
 */
export async function startTpm(
  ports: Pick<Ports, 'exec' | 'clock' | 'signal'>,
  stateFolder: string,
  socketFolder: string,
): Promise<SoftwareTpm> {
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  const socket = path.join(socketFolder, 'tpm');
  const killer = new AbortController();
  const ended = ports
    .exec({
      command: 'setpriv',
      args: [
        ...['--pdeathsig', 'KILL', 'swtpm', 'socket', '--tpm2', '--terminate'],
        ...['--tpmstate', `dir=${stateFolder}`, '--ctrl', `type=unixio,path=${socket}`],
      ],
      signal: AbortSignal.any([ports.signal, killer.signal]),
      keepBytes: 16 * 1024,
    })
    .then(
      () => tpmFailed('swtpm ended before QEMU did'),
      (error: unknown) => error,
    );
  const close = async (): Promise<void> => {
    killer.abort(new Error('ended by us'));
    await ended;
  };
  try {
    const started = ports.clock.monotonic();
    let early: unknown;
    ended.then((error) => {
      early = error;
    });
    while (!(await isThere(socket))) {
      if (early !== undefined) {
        throw early;
      }
      if (ports.clock.monotonic() - started > START_MS) {
        throw tpmFailed(`swtpm made no socket within ${START_MS / 1000} s`);
      }
      await ports.clock.sleep(20, ports.signal);
    }
    return { socket, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function tpmFailed(message: string): ToolError {
  return new ToolError(message, {
    code: 'tpm-failed',
    fix: 'Run swtpm by hand to see what it says.',
    exitCode: null,
  });
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
