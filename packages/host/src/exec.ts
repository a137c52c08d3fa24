import type { Readable } from 'node:stream';

/** A program to run: always an argument array, never a shell line. */
export interface ExecRequest {
  readonly command: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** The whole environment of the program; default: this process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Standard input; default: none. */
  readonly input?: string | Uint8Array | Readable;
  /** Exit statuses that are not failures; default: `[0]`. `'any'` accepts all. */
  readonly okCodes?: readonly number[] | 'any';
  /** The program and its children are ended after this time; default: no limit. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Each complete line of output as it comes. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Raw standard output; with it, `stdout` of the result is empty. */
  readonly onStdout?: (chunk: Buffer) => void;
  /** How much of each stream is kept, from its end, in bytes; default 16 MiB. */
  readonly keepBytes?: number;
}

export interface ExecResult {
  /** Exit status. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall time in seconds. */
  readonly seconds: number;
}

/**
 * Runs a program to its end.
 *
 * @throws ToolError when it cannot be started, its status is not in `okCodes`, a signal or the
 *   time limit ended it; the abort signal's reason when it was cancelled.
 */
export type Exec = (request: ExecRequest) => Promise<ExecResult>;

/** The last `count` non-empty lines of a text. */
export function lastLines(text: string, count: number): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
