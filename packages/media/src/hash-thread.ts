import { Worker } from 'node:worker_threads';
import { type DigestPlan, type DigestSource, type Digests, plannedAlgorithms } from './digester.ts';

/** Hashing takes about as long as receiving: in a thread of its own it costs no time on a second core. */
const SLOTS = 3;
/**
 * Bytes of one slot. What is written in one piece the kernel caches in pieces as large as its pages get: a download in
 * slots of 4 MiB takes half the processor time of one in slots of 1 MiB, and larger ones gain nothing more.
 */
export const SLOT_BYTES = 4 * 1024 * 1024;

/** Source of the thread: plain JavaScript, because a bundle is one file and a thread needs one of its own. */
const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const slots = workerData.slots.map((slot) => Buffer.from(slot));
let hashes = new Map();
const tasks = {
  reset: () => {
    hashes = new Map(workerData.names.map((name) => [name, createHash(name)]));
  },
  update: ({ slot, length }) => {
    for (const hash of hashes.values()) {
      hash.update(slots[slot].subarray(0, length));
    }
  },
  digests: () => workerData.wanted.map((name) => [name, hashes.get(name).copy().digest('hex')]),
  rawWith: ({ trailer }) => hashes.get(workerData.raw).copy().update(trailer).digest(),
};
tasks.reset();
parentPort.on('message', (task) => parentPort.postMessage(tasks[task.kind](task)));
`;

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Digests computed in another thread from shared memory. Close it, or the process does not end. */
export class HashThread implements DigestSource {
  /** Filled by the owner, then handed over with `update`; not to be touched until that resolves. */
  readonly slots: readonly Buffer[];
  readonly #worker: Worker;
  /** Answers come in the order of the questions. */
  readonly #waiting: Waiting[] = [];
  #failure: Error | undefined;

  constructor(plan: DigestPlan) {
    const shared = Array.from({ length: SLOTS }, () => new SharedArrayBuffer(SLOT_BYTES));
    this.slots = shared.map((memory) => Buffer.from(memory));
    const wanted = plannedAlgorithms(plan);
    const names = [...new Set([...wanted, ...(plan.raw ? [plan.raw] : [])])];
    this.#worker = new Worker(SOURCE, {
      eval: true,
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 },
      workerData: { slots: shared, wanted, names, raw: plan.raw },
    });
    this.#worker.on('message', (answer) => this.#waiting.shift()?.resolve(answer));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the hashing thread has ended')));
  }

  /** Forgets everything that was hashed. */
  async reset(): Promise<void> {
    await this.#ask({ kind: 'reset' });
  }

  /** Hashes the first `length` bytes of a slot. */
  async update(slot: number, length: number): Promise<void> {
    await this.#ask({ kind: 'update', slot, length });
  }

  async digests(): Promise<Digests> {
    return Object.fromEntries((await this.#ask({ kind: 'digests' })) as [string, string][]) as Digests;
  }

  async rawWith(trailer: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array((await this.#ask({ kind: 'rawWith', trailer })) as Uint8Array);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(task: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (this.#failure) {
      return Promise.reject(this.#failure);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(task);
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) {
      reject(this.#failure);
    }
  }
}
