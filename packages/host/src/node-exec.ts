import { type ChildProcess, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { ToolError } from './errors.ts';
import { type Exec, type ExecRequest, type ExecResult, lastLines } from './exec.ts';

const KEEP_BYTES = 16 * 1024 * 1024;
/** Between the polite and the final signal, in milliseconds. */
const GRACE_MS = 3_000;

/**
 * The real `Exec`. Each program leads a process group of its own, so that a time limit or a
 * cancellation ends its children too.
 *
 * @param defaults.signal cancels every program that has no signal of its own
 */
export function createExec(defaults: { readonly signal?: AbortSignal } = {}): Exec {
  return async (request) => run({ ...(defaults.signal ? { signal: defaults.signal } : {}), ...request });
}

function run(request: ExecRequest): Promise<ExecResult> {
  const { command, args = [], signal } = request;
  signal?.throwIfAborted();
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: request.cwd,
      env: (request.env ?? process.env) as NodeJS.ProcessEnv,
      stdio: [request.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
      shell: false,
    });
    let ended: 'timeout' | 'abort' | undefined;
    const end = (why: 'timeout' | 'abort'): void => {
      ended ??= why;
      signalGroup(child, 'SIGTERM');
      setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS).unref();
    };
    const onAbort = (): void => end('abort');
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer = request.timeoutMs ? setTimeout(() => end('timeout'), request.timeoutMs) : undefined;
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };

    const stdout = new Capture(request, 'stdout');
    const stderr = new Capture(request, 'stderr');
    child.stdout?.on('data', (chunk: Buffer) =>
      request.onStdout ? request.onStdout(chunk) : stdout.add(chunk),
    );
    child.stderr?.on('data', (chunk: Buffer) => stderr.add(chunk));
    feed(child, request);

    child.once('error', (error) => {
      settle();
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      reject(
        new ToolError(
          missing ? `${command} is not installed` : `${command} could not be started: ${error.message}`,
          {
            code: command,
            exitCode: null,
            cause: error,
            ...(missing ? { fix: `Install ${command}, or allow the action to do so (install-tools).` } : {}),
          },
        ),
      );
    });
    child.once('close', (code, endedBy) => {
      settle();
      const result = {
        code: code ?? -1,
        stdout: stdout.finish(),
        stderr: stderr.finish(),
        seconds: (performance.now() - started) / 1000,
      };
      if (ended === 'abort') {
        reject(signal?.reason ?? new Error('cancelled'));
      } else if (ended === 'timeout') {
        reject(failure(request, result, `did not end within ${(request.timeoutMs ?? 0) / 1000} s`));
      } else if (code === null) {
        reject(failure(request, { ...result, code: -1 }, `was ended by ${endedBy}`));
      } else if (request.okCodes !== 'any' && !(request.okCodes ?? [0]).includes(code)) {
        reject(failure(request, result, `failed with status ${code}`));
      } else {
        resolve(result);
      }
    });
  });
}

function feed(child: ChildProcess, request: ExecRequest): void {
  if (request.input === undefined || !child.stdin) {
    return;
  }
  // A program may end without reading its input: its exit status tells, not the broken pipe.
  child.stdin.on('error', () => {});
  if (request.input instanceof Readable) {
    request.input.on('error', () => child.stdin?.destroy());
    request.input.pipe(child.stdin);
  } else {
    child.stdin.end(request.input);
  }
}

function failure(request: ExecRequest, result: ExecResult, what: string): ToolError {
  const output = lastLines(result.stderr || result.stdout, 40);
  const first = lastLines(output, 1);
  return new ToolError(`${request.command} ${what}${first ? `: ${first}` : ''}`, {
    code: request.command,
    exitCode: result.code < 0 ? null : result.code,
    detail: output,
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}

/** Keeps the end of a stream and hands out its lines. */
class Capture {
  readonly #decoder = new StringDecoder('utf8');
  readonly #limit: number;
  readonly #onLine: ((line: string) => void) | undefined;
  #text = '';
  #pending = '';

  constructor(request: ExecRequest, stream: 'stdout' | 'stderr') {
    this.#limit = request.keepBytes ?? KEEP_BYTES;
    const { onLine } = request;
    this.#onLine = onLine ? (line) => onLine(line, stream) : undefined;
  }

  add(chunk: Buffer): void {
    this.#take(this.#decoder.write(chunk));
  }

  finish(): string {
    this.#take(this.#decoder.end());
    if (this.#pending !== '') {
      this.#onLine?.(this.#pending);
    }
    return this.#text.slice(-this.#limit);
  }

  #take(text: string): void {
    this.#text += text;
    if (this.#text.length > 2 * this.#limit) {
      this.#text = this.#text.slice(-this.#limit);
    }
    if (!this.#onLine) {
      return;
    }
    const lines = (this.#pending + text).split('\n');
    // A line without an end must not grow without bound.
    this.#pending = (lines.pop() ?? '').slice(-65_536);
    for (const line of lines) {
      this.#onLine(line);
    }
  }
}
