import { PassThrough } from 'node:stream';
import { confined, type ExecRequest, type ExecResult, InternalError, type Ports } from '@golden-image/host';

/** Private mount, PID, network, IPC and UTS namespaces that live as long as `body` runs. */
export interface Namespace {
  /** Runs a program of the host inside; it sees the mounts made there. */
  readonly exec: (request: ExecRequest) => Promise<ExecResult>;
  /** Where a path of the namespace can be reached from outside, through procfs. */
  readonly outside: (inner: string) => string;
}

/**
 * The first process of the namespaces tells its PID as the host sees it (procfs is still the host's there) and then
 * waits for the end of its input. When it ends, also because this process was killed, the kernel ends all others
 * and drops every mount and with it every loop device.
 */
const HOLD = 'read -r pid rest < /proc/self/stat && echo "$pid" && exec cat > /dev/null';

/** Opens namespaces for `body`; nothing of them is left when it ends, however it ends. */
export async function withNamespace<T>(
  ports: Pick<Ports, 'exec' | 'signal'>,
  body: (namespace: Namespace) => Promise<T>,
): Promise<T> {
  const input = new PassThrough();
  let tell: (pid: number) => void = () => {};
  const started = new Promise<number>((resolve) => {
    tell = resolve;
  });
  const holder = ports.exec(
    confined({
      command: 'sh',
      args: ['-c', HOLD],
      input,
      onLine: (line, stream) => stream === 'stdout' && tell(Number(line)),
    }),
  );
  const early = holder.then(() => {
    throw new InternalError('The private namespaces ended too early', { code: 'namespace-ended' });
  });
  early.catch(() => {});
  try {
    const pid = await Promise.race([started, early]);
    const enter = ['--target', String(pid), '--mount', '--pid', '--net', '--ipc', '--uts', '--'];
    const exec = (request: ExecRequest): Promise<ExecResult> =>
      ports.exec({
        ...request,
        command: 'nsenter',
        args: [...enter, request.command, ...(request.args ?? [])],
      });
    // Programs inside look themselves up by their PIDs there (bwrap waits for ever when it finds another's).
    await exec({ command: 'mount', args: ['-t', 'proc', 'proc', '/proc'] });
    const outside = (inner: string): string => `/proc/${pid}/root${inner}`;
    return await Promise.race([early, body({ exec, outside })]);
  } finally {
    input.end();
    await holder.catch(() => {});
  }
}
