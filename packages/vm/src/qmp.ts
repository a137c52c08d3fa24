import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { InternalError, UserError } from '@golden-image/host';

/** An event of QEMU, e.g. `SHUTDOWN`. */
export interface QmpEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A message of QEMU is a few kilobytes at most; a line beyond this is not QMP. */
const MAX_LINE = 4 * 1024 * 1024;

/**
 * QEMU Machine Protocol over a connected socket: commands with answers, and events (QEMU, docs/interop/qmp-spec).
 * Every wait ends when the connection does.
 */
export class QmpClient {
  readonly #socket: Socket;
  readonly #decoder = new StringDecoder('utf8');
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: QmpEvent) => void>();
  readonly #closed = Promise.withResolvers<void>();
  readonly #greeted = Promise.withResolvers<void>();
  #text = '';
  #id = 0;
  #open = true;

  constructor(socket: Socket) {
    this.#socket = socket;
    // A connection that ends before the greeting shows in `negotiate`, not as an unhandled rejection.
    this.#greeted.promise.catch(() => {});
    socket.on('data', (chunk: Buffer) => this.#take(this.#decoder.write(chunk)));
    socket.on('error', () => {});
    socket.on('close', () => this.#end());
  }

  /** Waits for the greeting and leaves the negotiation mode: before it, QEMU takes no command. */
  async negotiate(): Promise<void> {
    await this.#greeted.promise;
    await this.execute('qmp_capabilities');
  }

  /**
   * Runs one command and returns its `return` value.
   *
   * @throws UserError `qmp-refused` with QEMU's own words; InternalError `qmp-closed` when QEMU ended
   */
  execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (!this.#open) {
      return Promise.reject(gone(command));
    }
    this.#id += 1;
    const id = this.#id;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {
        resolve,
        reject: (error) => reject(error.message === '' ? gone(command) : named(command, error)),
      });
      this.#socket.write(
        `${JSON.stringify({ execute: command, id, ...(args ? { arguments: args } : {}) })}\n`,
      );
    });
  }

  /** Calls `listener` for each event from now on; returns what ends it. */
  onEvent(listener: (event: QmpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves with the first event from now on that `matches`; rejects with the signal's reason or when QEMU ends. */
  waitForEvent(
    matches: (event: QmpEvent) => boolean,
    what: string,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<QmpEvent> {
    const { promise, resolve, reject } = Promise.withResolvers<QmpEvent>();
    const off = this.onEvent((event) => {
      if (matches(event)) {
        resolve(event);
      }
    });
    const timer = setTimeout(() => {
      reject(
        new UserError(`QEMU did not report ${what} within ${options.timeoutMs / 1000} s`, {
          code: 'qmp-timeout',
          fix: 'See the console log: the guest did not react.',
        }),
      );
    }, options.timeoutMs);
    const onAbort = (): void => reject(options.signal.reason);
    options.signal.addEventListener('abort', onAbort, { once: true });
    void this.#closed.promise.then(() => reject(gone(what)));
    return promise.finally(() => {
      off();
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onAbort);
    });
  }

  #take(text: string): void {
    this.#text += text;
    const lines = this.#text.split('\n');
    this.#text = lines.pop() ?? '';
    if (this.#text.length > MAX_LINE) {
      this.#socket.destroy();
    }
    for (const line of lines.filter((entry) => entry.trim() !== '')) {
      this.#message(line);
    }
  }

  #message(line: string): void {
    let message: Record<string, unknown>;
    try {
      message = JSON.parse(line) as Record<string, unknown>;
    } catch {
      this.#socket.destroy();
      return;
    }
    if ('QMP' in message) {
      this.#greeted.resolve();
    } else if (typeof message.event === 'string') {
      const event = { event: message.event, data: (message.data ?? {}) as Record<string, unknown> };
      for (const listener of [...this.#listeners]) {
        listener(event);
      }
    } else if (typeof message.id === 'number') {
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      const error = message.error as { desc?: string } | undefined;
      if (error) {
        pending?.reject(new Error(error.desc ?? 'refused'));
      } else {
        pending?.resolve(message.return);
      }
    }
  }

  #end(): void {
    this.#open = false;
    this.#greeted.reject(gone('the greeting'));
    for (const pending of this.#pending.values()) {
      pending.reject(new Error(''));
    }
    this.#pending.clear();
    this.#closed.resolve();
  }
}

function named(command: string, error: Error): UserError {
  return new UserError(`QEMU refused ${command}: ${error.message}`, {
    code: 'qmp-refused',
    fix: 'The installed QEMU may be too old: 7.2 or newer is needed.',
  });
}

function gone(what: string): InternalError {
  return new InternalError(`QEMU ended before ${what} was answered`, { code: 'qmp-closed' });
}
