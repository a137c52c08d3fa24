import { createHash, type Hash } from 'node:crypto';
import type { StrongAlgorithm } from './algorithms.ts';

/** Digests of a medium in lower-case hex; SHA-256 is always there. */
export type Digests = Readonly<Partial<Record<StrongAlgorithm, string>>> & { readonly sha256: string };

/** SHA-256 and what else is wanted, each once. */
export function plannedAlgorithms(plan: DigestPlan): readonly StrongAlgorithm[] {
  return [...new Set<StrongAlgorithm>(['sha256', ...plan.algorithms])];
}

/** What digests are wanted. */
export interface DigestPlan {
  readonly algorithms: readonly StrongAlgorithm[];
  /** A hash whose state is needed before its end, to add an OpenPGP signature's trailer. */
  readonly raw: StrongAlgorithm | undefined;
}

/** Where the digests of a medium come from once its bytes are through. */
export interface DigestSource {
  digests(): Digests | Promise<Digests>;
  /** The digest of everything and `trailer`, in the plan's raw algorithm. */
  rawWith(trailer: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** Several digests in one pass over the same bytes, in this thread; can be begun anew. */
export class Digester implements DigestSource {
  readonly #algorithms: readonly StrongAlgorithm[];
  readonly #raw: string | undefined;
  #hashes: ReadonlyMap<string, Hash> = new Map();

  constructor(plan: DigestPlan) {
    this.#algorithms = plannedAlgorithms(plan);
    this.#raw = plan.raw;
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

  rawWith(trailer: Uint8Array): Buffer {
    const hash = this.#hashes.get(this.#raw ?? '');
    if (!hash) {
      throw new Error('no raw hash was asked for');
    }
    return hash.copy().update(trailer).digest();
  }
}
