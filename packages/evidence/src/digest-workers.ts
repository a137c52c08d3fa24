import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Algorithm } from './digests.ts';

/** Bytes in one slot of the ring, and slots; the whole ring is what a file costs in memory, whatever its size. */
const SLOT = 1024 * 1024;
const SLOTS = 6;

/** Text, not a file: a bundled action is one file. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const hash = createHash(workerData.algorithm);
const memory = new Uint8Array(workerData.memory);
parentPort.on('message', (message) => {
  if (message.length === undefined) {
    parentPort.postMessage({ hex: hash.digest('hex') });
    parentPort.close();
  } else {
    hash.update(memory.subarray(message.offset, message.offset + message.length));
    parentPort.postMessage({ offset: message.offset });
  }
});
`;

/** Fills the buffer from its beginning; returns how many bytes it wrote, 0 at the end. */
export type ReadInto = (buffer: Uint8Array) => Promise<number>;

/** Whether threads help: below this size starting them takes longer than hashing. */
export function worthWorkers(bytes: number): boolean {
  return bytes > 32 * 1024 * 1024 && availableParallelism() > 1;
}

/**
 * Digests side by side, one thread each, from one pass of reading: a chunk is read once into memory that all threads
 * share, and its place is used again when the slowest of them is through with it.
 */
export async function digestWithWorkers<A extends Algorithm>(
  algorithms: readonly A[],
  read: ReadInto,
  onBytes: (done: number) => void,
): Promise<{ readonly bytes: number; readonly hex: Readonly<Record<A, string>> }> {
  const memory = new SharedArrayBuffer(SLOT * SLOTS);
  const free = Array.from({ length: SLOTS }, (_unused, index) => index * SLOT);
  const users = new Map<number, number>();
  let wake: (() => void) | undefined;
  let failure: Error | undefined;
  const workers = algorithms.map((algorithm) => {
    const worker = new Worker(WORKER, { eval: true, workerData: { algorithm, memory } });
    const hex = new Promise<string>((resolve, reject) => {
      worker.on('message', (message: { readonly hex?: string; readonly offset: number }) => {
        if (message.hex !== undefined) {
          resolve(message.hex);
          return;
        }
        const left = (users.get(message.offset) ?? 0) - 1;
        users.set(message.offset, left);
        if (left === 0) {
          free.push(message.offset);
          wake?.();
        }
      });
      worker.once('error', (error: Error) => {
        failure = error;
        reject(error);
        wake?.();
      });
    });
    // Awaited at the end; until then a rejection is remembered in `failure`.
    hex.catch(() => {});
    return { algorithm, worker, hex };
  });
  try {
    let bytes = 0;
    for (;;) {
      while (free.length === 0 && !failure) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (failure) {
        throw failure;
      }
      const offset = free.shift() ?? 0;
      const length = await read(new Uint8Array(memory, offset, SLOT));
      if (length === 0) {
        break;
      }
      users.set(offset, workers.length);
      for (const { worker } of workers) {
        worker.postMessage({ offset, length });
      }
      bytes += length;
      onBytes(bytes);
    }
    const hex = await Promise.all(
      workers.map(async (entry) => {
        entry.worker.postMessage({});
        return [entry.algorithm, await entry.hex] as const;
      }),
    );
    return { bytes, hex: Object.fromEntries(hex) as Record<A, string> };
  } finally {
    await Promise.all(workers.map(({ worker }) => worker.terminate()));
  }
}
