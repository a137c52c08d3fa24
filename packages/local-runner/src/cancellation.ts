/** Why something was ended before its time. */
export type CancelReason = 'user' | 'timeout' | 'fail-fast';

/** Work that still runs after a cancellation (post steps, `always()`) is ended after this time (as on GitHub). */
const FORCE_AFTER_MS = 5 * 60_000;

/**
 * Two stages: `cancel` ends what runs now politely; what is started afterwards (post steps, `always()`) still runs,
 * until `force` ends it at once.
 */
export class Cancellation {
  readonly #cancel = new AbortController();
  readonly #force = new AbortController();
  #reason: CancelReason | undefined;

  constructor(parent?: Cancellation) {
    parent?.onCancel((reason) => this.cancel(reason));
    if (parent) {
      whenAborted(parent.#force.signal, () => this.force());
    }
  }

  get reason(): CancelReason | undefined {
    return this.#reason;
  }

  cancel(reason: CancelReason): void {
    if (this.#reason === undefined) {
      this.#reason = reason;
      this.#cancel.abort();
      setTimeout(() => this.force(), FORCE_AFTER_MS).unref();
    }
  }

  force(): void {
    this.#reason ??= 'user';
    this.#cancel.abort();
    this.#force.abort();
  }

  onCancel(listener: (reason: CancelReason) => void): void {
    whenAborted(this.#cancel.signal, () => listener(this.#reason ?? 'user'));
  }

  /** Ends politely work that starts now; never aborted for work that starts after the cancellation. */
  signal(): AbortSignal {
    return this.#cancel.signal.aborted ? new AbortController().signal : this.#cancel.signal;
  }

  /** Ends work at once. */
  get forceSignal(): AbortSignal {
    return this.#force.signal;
  }
}

function whenAborted(signal: AbortSignal, listener: () => void): void {
  if (signal.aborted) {
    listener();
  } else {
    signal.addEventListener('abort', listener, { once: true });
  }
}
