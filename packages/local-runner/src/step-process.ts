import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { UserError } from '@golden-image/host';

/** As actions/runner: SIGINT, after 7.5 s SIGTERM, after 2.5 s more SIGKILL. */
const SIGTERM_AFTER_MS = 7_500;
const SIGKILL_AFTER_MS = 10_000;
/** A program that a step leaves behind may hold its output open: it is read this long after the step's end. */
const OUTPUT_AFTER_EXIT_MS = 5_000;
/** A line without an end is handed on in pieces of this many characters. */
const LONGEST_LINE = 1024 * 1024;

export interface StepProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Ends the process politely. */
  readonly signal: AbortSignal;
  /** Ends it at once. */
  readonly forceSignal: AbortSignal;
}

/**
 * Runs a step's program in a process group of its own.
 *
 * @returns its exit status, 128 when a signal ended it
 * @throws UserError `step-not-started`
 */
export function runStepProcess(request: StepProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(request.command, [...request.args], {
      cwd: request.cwd,
      env: request.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const timers: NodeJS.Timeout[] = [];
    const later = (ms: number, action: () => void): void => {
      timers.push(setTimeout(action, ms));
    };
    const end = (): void => {
      signalGroup(child, 'SIGINT');
      later(SIGTERM_AFTER_MS, () => signalGroup(child, 'SIGTERM'));
      later(SIGKILL_AFTER_MS, () => signalGroup(child, 'SIGKILL'));
    };
    const kill = (): void => signalGroup(child, 'SIGKILL');
    const settle = (): void => {
      timers.forEach(clearTimeout);
      request.signal.removeEventListener('abort', end);
      request.forceSignal.removeEventListener('abort', kill);
    };
    const lines = [child.stdout, child.stderr].map((stream) => {
      const splitter = new LineSplitter(request.onLine);
      stream.on('data', (chunk: Buffer) => splitter.add(chunk));
      return splitter;
    });
    child.once('error', (error) => {
      settle();
      reject(
        new UserError(`${request.command} could not be started: ${error.message}`, {
          code: 'step-not-started',
          fix: 'Check that the program and the working directory exist.',
          cause: error,
        }),
      );
    });
    child.once('exit', () => {
      later(OUTPUT_AFTER_EXIT_MS, () => {
        child.stdout.destroy();
        child.stderr.destroy();
      });
    });
    child.once('close', (code) => {
      settle();
      for (const splitter of lines) {
        splitter.finish();
      }
      resolve(code ?? 128);
    });
    for (const [signal, action] of [
      [request.signal, end],
      [request.forceSignal, kill],
    ] as const) {
      if (signal.aborted) {
        action();
      } else {
        signal.addEventListener('abort', action, { once: true });
      }
    }
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Already gone, or it became another user's: the first process of the group is told at least.
    child.kill(signal);
  }
}

/** Cuts a stream into lines. */
class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string) => void;
  #pending = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(chunk: Buffer): void {
    this.#pending += this.#decoder.write(chunk);
    // As .NET reads lines, and so the runner: a carriage return alone ends one too.
    const lines = this.#pending.split(/\r?\n|\r(?=[\s\S])/);
    this.#pending = lines.pop() ?? '';
    if (this.#pending.length > LONGEST_LINE) {
      lines.push(this.#pending);
      this.#pending = '';
    }
    for (const line of lines) {
      this.#onLine(line);
    }
  }

  finish(): void {
    const rest = this.#pending + this.#decoder.end();
    this.#pending = '';
    if (rest !== '') {
      this.#onLine(rest.replace(/\r$/, ''));
    }
  }
}
