import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { describeError, type Ports, ToolError, UserError } from '@golden-image/host';
import { classifyRefusal, type LoginAttempt, type SshTarget, sshArguments } from '@golden-image/vm';

/** How a command in the guest ended. */
export interface ShellResult {
  /** Exit status. */
  readonly rc: number;
  readonly lines: readonly string[];
}

/** A login that was refused or did not get through. */
export class LoginFailed extends Error {
  readonly attempt: LoginAttempt;

  constructor(attempt: LoginAttempt) {
    super(`${attempt.outcome}: ${attempt.detail}`);
    this.attempt = attempt;
  }
}

const READY = 'FVT1-READY';
const RAN = 'FVT1-RAN';
/** What a command may print in all, in characters: a guest that floods must not fill our memory. */
const MAX_OUTPUT = 64 * 2 ** 20;

/**
 * A root shell in the guest over one SSH connection, for any number of scripts: the handshake, which takes seconds
 * under TCG, is paid once.
 */
export class GuestShell {
  readonly #input = new PassThrough();
  readonly #ended: Promise<Error>;
  #onLine: ((line: string) => void) | undefined;

  private constructor(options: {
    readonly ports: Pick<Ports, 'exec'>;
    readonly target: SshTarget;
    readonly connectTimeoutMs: number;
    readonly signal: AbortSignal;
  }) {
    const { ports, target, connectTimeoutMs, signal } = options;
    this.#ended = ports
      .exec({
        command: 'ssh',
        args: [...sshArguments(target, connectTimeoutMs), '--', 'sudo -n sh'],
        input: this.#input,
        keepBytes: 16 * 1024,
        signal,
        onLine: (line, stream) => stream === 'stdout' && this.#onLine?.(line),
      })
      .then(
        () => new Error('the shell in the guest ended'),
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      );
  }

  /**
   * Logs in by key and becomes root.
   *
   * @throws LoginFailed; the reason of `signal`
   */
  static async open(
    ports: Pick<Ports, 'exec'>,
    target: SshTarget,
    settings: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<GuestShell> {
    const late = AbortSignal.timeout(settings.timeoutMs);
    const gaveUp = new AbortController();
    const signal = AbortSignal.any([settings.signal, gaveUp.signal]);
    const shell = new GuestShell({ ports, target, connectTimeoutMs: settings.timeoutMs, signal });
    const ready = shell.#next((line) => line === READY);
    shell.#input.write(`echo ${READY}\n`);
    try {
      await Promise.race([ready, shell.#failure(), rejectOn(late)]);
      return shell;
    } catch (error) {
      gaveUp.abort(new Error('login given up'));
      settings.signal.throwIfAborted();
      if (error instanceof ToolError) {
        throw new LoginFailed(classifyRefusal(error));
      }
      throw new LoginFailed({ outcome: 'unreachable', methods: [], detail: describeError(error).message });
    }
  }

  /**
   * Runs a script that is complete in itself; its standard input is empty. One at a time.
   *
   * @throws UserError `guest-timeout`, `guest-gone`
   */
  async run(
    script: string,
    settings: { readonly timeoutMs: number; readonly onLine?: (line: string) => void },
  ): Promise<ShellResult> {
    const mark = `${RAN}-${randomBytes(6).toString('hex')}`;
    const lines: string[] = [];
    let length = 0;
    const ended = this.#next((line) => {
      if (line.startsWith(`${mark} `)) {
        return true;
      }
      length += line.length + 1;
      if (length <= MAX_OUTPUT) {
        lines.push(line);
        settings.onLine?.(line);
      }
      return false;
    });
    this.#input.write(`(\n${script}\n) </dev/null; printf '\\n${mark} %s\\n' "$?"\n`);
    const late = AbortSignal.timeout(settings.timeoutMs);
    const last = await Promise.race([ended, this.#failure(), rejectOn(late)]).catch((error: unknown) => {
      if (late.aborted) {
        throw new UserError(`The guest did not answer within ${settings.timeoutMs / 1000} s`, {
          code: 'guest-timeout',
          fix: 'See the console log; raise timeout-scale if the guest is only slow.',
        });
      }
      throw new UserError(`The connection to the guest broke: ${describeError(error).message}`, {
        code: 'guest-gone',
        fix: 'See the console log: the guest or its sshd died.',
        cause: error,
      });
    });
    // The line break before the mark ends an incomplete last line; otherwise it is an empty line of ours.
    if (lines.at(-1) === '') {
      lines.pop();
    }
    return { rc: Number(last.slice(mark.length + 1)), lines };
  }

  /** Sends a command whose end may be the end of the connection, and does not wait for it. */
  send(command: string): void {
    this.#input.write(`${command}\n`);
  }

  /** Ends the connection and waits for ssh to be gone. */
  async close(): Promise<void> {
    this.#input.end();
    await this.#ended;
  }

  #next(matches: (line: string) => boolean): Promise<string> {
    return new Promise((resolve) => {
      this.#onLine = (line) => {
        if (matches(line)) {
          this.#onLine = undefined;
          resolve(line);
        }
      };
    });
  }

  async #failure(): Promise<never> {
    throw await this.#ended;
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
