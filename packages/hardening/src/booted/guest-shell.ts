import type { ExecRequest, ExecResult } from '@golden-image/host';

/** What is asked of a booted machine. */
export interface GuestCommand
  extends Pick<ExecRequest, 'input' | 'onStdout' | 'onLine' | 'okCodes' | 'timeoutMs' | 'signal'> {
  /** A script of ours for root's POSIX shell (`sh -c <script>`); its standard input is `input`. */
  readonly script: string;
}

/** A way into a booted machine as root: SSH and sudo, a serial line, a container… */
export interface GuestShell {
  /** @throws ToolError when the machine cannot be reached, or the status is not in `okCodes` */
  readonly run: (command: GuestCommand) => Promise<ExecResult>;
}
