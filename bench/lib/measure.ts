import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** What one run of one side took. */
export interface Measured {
  /** Wall clock. */
  readonly seconds: number;
  /** User and system time of the command and its children. */
  readonly cpuSeconds?: number;
  /** Highest resident memory of any one process of the command, in MB (10^6 bytes). */
  readonly peakMb?: number;
}

/** How a command is run. */
export interface CommandOptions {
  readonly cwd: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command to its end under GNU time (package `time`), its output thrown away.
 *
 * @throws Error with the last lines of standard error when its exit status is not 0
 */
export async function measure(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: CommandOptions,
): Promise<Measured> {
  const report = path.join(cwd, `.time-${process.pid}`);
  const child = spawn('time', ['-f', '%e %U %S %M', '-o', report, '--', command, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk).slice(-4000);
  });
  const started = performance.now();
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`);
  }
  const text = await readFile(report, 'utf8');
  await rm(report, { force: true });
  const [, user = 0, system = 0, kilobytes = 0] =
    text.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { seconds, cpuSeconds: user + system, peakMb: (kilobytes * 1024) / 1e6 };
}

/** A shell line as a user would type it; only for text that stands in a benchmark. */
export function shell(script: string, options: CommandOptions): Promise<Measured> {
  return measure('bash', ['-c', `set -euo pipefail; ${script}`], options);
}

/** The time of something that is no command of its own. */
export async function timed(body: () => Promise<unknown>): Promise<Measured> {
  const started = performance.now();
  await body();
  return { seconds: (performance.now() - started) / 1000 };
}
