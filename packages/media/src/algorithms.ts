import { UserError } from '@golden-image/host';

/** Digests that a medium may be checked by, as node:crypto names them. */
export const STRONG = ['sha256', 'sha384', 'sha512', 'blake2b512'] as const;
export type StrongAlgorithm = (typeof STRONG)[number];

/** Also read in lists, never relied on: collisions can be made (MD5, SHA-1) or nobody publishes them for media. */
export const WEAK = ['md5', 'sha1', 'sha224'] as const;
export type ListedAlgorithm = StrongAlgorithm | (typeof WEAK)[number];

/** Hex digits of a digest. */
export const HEX_LENGTH: Readonly<Record<ListedAlgorithm, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
  blake2b512: 128,
};

/** Names in use: `sha256:…` inputs, BSD tags (`SHA256`, `SHA2-256`, `BLAKE2b`), in lower case without punctuation. */
const NAMES: Readonly<Record<string, ListedAlgorithm>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha2256: 'sha256',
  sha384: 'sha384',
  sha2384: 'sha384',
  sha512: 'sha512',
  sha2512: 'sha512',
  b2: 'blake2b512',
  blake2: 'blake2b512',
  blake2b: 'blake2b512',
  blake2b512: 'blake2b512',
};

/** The algorithm behind a name, however it is written; undefined when it is not known. */
export function algorithmNamed(name: string): ListedAlgorithm | undefined {
  const key = name.toLowerCase().replace(/[-_/]/g, '');
  return Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
}

/** Whether a medium may be accepted on this digest alone. */
export function isStrong(algorithm: ListedAlgorithm): algorithm is StrongAlgorithm {
  return (STRONG as readonly string[]).includes(algorithm);
}

/** One expected digest. */
export interface Expected {
  readonly algorithm: StrongAlgorithm;
  /** Lower case. */
  readonly hex: string;
}

/** Strongest first; of two of the same length SHA-512 comes first, because more readers can check it. */
const ORDER: readonly StrongAlgorithm[] = ['sha512', 'blake2b512', 'sha384', 'sha256'];

/** The strongest of some digests; undefined when there is none. */
export function strongest(digests: readonly Expected[]): Expected | undefined {
  return [...digests].sort((a, b) => ORDER.indexOf(a.algorithm) - ORDER.indexOf(b.algorithm))[0];
}

/**
 * Reads `sha256:<hex>`, `sha512:<hex>`, `sha384:<hex>` or `b2:<hex>`.
 *
 * @throws UserError `invalid-checksum`, `weak-checksum`
 */
export function parseChecksum(text: string): Expected {
  const [, name = '', hex = ''] = /^([A-Za-z0-9-]+):([0-9A-Fa-f]+)$/.exec(text.trim()) ?? [];
  const algorithm = algorithmNamed(name);
  if (!algorithm || hex.length !== HEX_LENGTH[algorithm]) {
    throw new UserError(`The checksum ${JSON.stringify(text.slice(0, 160))} cannot be read`, {
      code: 'invalid-checksum',
      fix: 'Write the algorithm and the whole digest: sha256:<64 hex digits>, sha512:<128 hex digits>, b2:<128 hex digits>.',
    });
  }
  if (!isStrong(algorithm)) {
    throw weakOnly(`The checksum is ${algorithm.toUpperCase()}`);
  }
  return { algorithm, hex: hex.toLowerCase() };
}

/** MD5 and SHA-1 prove nothing: two files with the same digest can be made. */
export function weakOnly(what: string): UserError {
  return new UserError(`${what}, which does not prove that a file is the vendor's`, {
    code: 'weak-checksum',
    fix: "Use the vendor's SHA-256 or SHA-512 list.",
  });
}
