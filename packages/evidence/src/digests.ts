import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Hash names as node:crypto knows them. */
export type Algorithm = 'sha256' | 'sha512' | 'blake2b512';

const CHUNK = 1024 * 1024;

/** Digests of a file in lower-case hex, from one pass, in constant memory; `bytes` is what was read. */
export async function digestFile<A extends Algorithm>(
  file: string,
  algorithms: readonly A[],
  options: { readonly signal?: AbortSignal; readonly onBytes?: (done: number) => void } = {},
): Promise<{ readonly bytes: number; readonly hex: Readonly<Record<A, string>> }> {
  const hashes = new Map<A, Hash>(algorithms.map((name) => [name, createHash(name)]));
  let bytes = 0;
  const stream = createReadStream(file, {
    highWaterMark: CHUNK,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (const hash of hashes.values()) {
      hash.update(chunk);
    }
    bytes += chunk.length;
    options.onBytes?.(bytes);
  }
  const hex = Object.fromEntries([...hashes].map(([name, hash]) => [name, hash.digest('hex')]));
  return { bytes, hex: hex as Record<A, string> };
}
