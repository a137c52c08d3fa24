import { createHash, type Hash } from 'node:crypto';
import type { StrongAlgorithm } from './algorithms.ts';

/** Digests of a medium in lower-case hex; SHA-256 is always there. */
export type Digests = Readonly<Partial<Record<StrongAlgorithm, string>>> & { readonly sha256: string };

/** Several digests in one pass over the same bytes; can be begun anew. */
export class Digester {
  readonly #algorithms: readonly StrongAlgorithm[];
  /** A hash whose state is needed before its end, e.g. to add an OpenPGP signature's trailer. */
  readonly #raw: string | undefined;
  #hashes: ReadonlyMap<string, Hash> = new Map();

  constructor(algorithms: readonly StrongAlgorithm[], raw?: string) {
    this.#algorithms = [...new Set<StrongAlgorithm>(['sha256', ...algorithms])];
    this.#raw = raw;
    this.reset();
  }

  reset(): void {
    const names = new Set<string>([...this.#algorithms, ...(this.#raw ? [this.#raw] : [])]);
    this.#hashes = new Map([...names].map((name) => [name, createHash(name)]));
  }

  update(chunk: Uint8Array): void {
    for (const hash of this.#hashes.values()) {
      hash.update(chunk);
    }
  }

  digests(): Digests {
    const entries = this.#algorithms.map((name) => [name, this.#hashes.get(name)?.copy().digest('hex')]);
    return Object.fromEntries(entries) as Digests;
  }

  /** The digest of everything and `trailer`, in the raw algorithm. */
  rawWith(trailer: Uint8Array): Buffer {
    const hash = this.#hashes.get(this.#raw ?? '');
    if (!hash) {
      throw new Error('no raw hash was asked for');
    }
    return hash.copy().update(trailer).digest();
  }
}
