import type { ExecRequest } from './exec.ts';

export interface Confinement {
  /** Keep the host's network; default false: an empty network namespace. */
  readonly network?: boolean;
}

/**
 * The same request, run in new mount, PID, IPC and UTS namespaces (and, unless asked otherwise, an empty
 * network one): mounts made there vanish with it, and every process of it dies when its first one ends,
 * also when this process is killed (`setpriv --pdeathsig`). Needs root and util-linux.
 */
export function confined(request: ExecRequest, confinement: Confinement = {}): ExecRequest {
  const net = confinement.network ? [] : ['--net'];
  return {
    ...request,
    command: 'setpriv',
    args: [
      '--pdeathsig',
      'KILL',
      'unshare',
      '--mount',
      '--pid',
      '--ipc',
      '--uts',
      ...net,
      '--fork',
      '--kill-child',
      '--propagation',
      'private',
      '--',
      request.command,
      ...(request.args ?? []),
    ],
  };
}
