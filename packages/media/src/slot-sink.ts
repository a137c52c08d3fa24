import type { BodySink } from './direct-socket.ts';

/** Fills slots of memory in turn; each is stored while the next is filled. */
export class SlotSink implements BodySink {
  readonly #slots: readonly Uint8Array[];
  readonly #store: (slot: number, bytes: number) => Promise<void>;
  /** Storing that has not ended, or has failed. */
  readonly #busy: (Promise<void> | undefined)[];
  #slot = 0;
  #size = 0;

  /** @param store is done with a slot when it resolves; called in order */
  constructor(slots: readonly Uint8Array[], store: (slot: number, bytes: number) => Promise<void>) {
    this.#slots = slots;
    this.#store = store;
    this.#busy = slots.map(() => undefined);
  }

  /** Bytes in the slot that is being filled. */
  get size(): number {
    return this.#size;
  }

  space(): Uint8Array {
    return this.#memory().subarray(this.#size);
  }

  filled(length: number): Promise<void> | undefined {
    this.#size += length;
    return this.#size < this.#memory().length ? undefined : this.#turn();
  }

  /** Stores what is there and waits for everything. */
  async end(): Promise<void> {
    this.#turn();
    await Promise.all(this.#busy);
  }

  /** @returns when the next slot is free; undefined when it is already */
  #turn(): Promise<void> | undefined {
    const slot = this.#slot;
    const work = this.#store(slot, this.#size).then(() => {
      this.#busy[slot] = undefined;
    });
    // Awaited when the slot is needed again or at the end; it must not count as unhandled until then.
    work.catch(() => {});
    this.#busy[slot] = work;
    this.#slot = (slot + 1) % this.#slots.length;
    this.#size = 0;
    return this.#busy[this.#slot];
  }

  #memory(): Uint8Array {
    return this.#slots[this.#slot] ?? new Uint8Array(0);
  }
}
