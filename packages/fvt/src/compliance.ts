import type { ExecRequest, ExecResult, Ports } from '@golden-image/host';
import { sshArguments } from '@golden-image/vm';
import { shellQuote } from './collector.ts';
import type { Guest } from './guest.ts';
import type { Compliance } from './observations.ts';

const CONNECT_MS = 60_000;

/** A command for root's POSIX shell in the guest (`sh -c <script>`), with its own input and output. */
export interface GuestCommand
  extends Pick<ExecRequest, 'input' | 'onStdout' | 'onLine' | 'okCodes' | 'timeoutMs' | 'signal'> {
  readonly script: string;
}

/** A way into a booted machine as root. */
export interface RootShell {
  readonly run: (command: GuestCommand) => Promise<ExecResult>;
}

/**
 * Scans a booted image. This package does not know how: the caller brings it, so that testing machines and hardening
 * images stay apart.
 */
export type ComplianceScan = (
  shell: RootShell,
  about: { readonly folder: string; readonly timeoutScale: number },
) => Promise<Compliance>;

/** Runs each command over an SSH connection of its own: input and output are the command's alone. */
export function rootShell(ports: Pick<Ports, 'exec' | 'signal'>, { target, machine }: Guest): RootShell {
  return {
    run: ({ script, signal, ...rest }) =>
      ports.exec({
        command: 'ssh',
        args: [...sshArguments(target, CONNECT_MS), '--', `sudo -n sh -c ${shellQuote(script)}`],
        ...rest,
        signal: AbortSignal.any([ports.signal, machine.ended, ...(signal ? [signal] : [])]),
      }),
  };
}
