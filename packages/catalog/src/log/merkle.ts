import { createHash } from 'node:crypto';

/** Merkle trees as in RFC 6962 section 2.1, with SHA-256. Hashes are 32 bytes. */

/** The hash of an entry: `SHA-256(0x00 ‖ entry)`. */
export function leafHash(entry: Uint8Array): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(entry).digest();
}

/** The hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)`. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
}

/** The root over leaf hashes; of none it is SHA-256 of nothing. */
export function treeRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) {
    return createHash('sha256').digest();
  }
  return subtree(leaves, 0, leaves.length);
}

function subtree(leaves: readonly Uint8Array[], from: number, to: number): Buffer {
  const [only] = to - from === 1 ? leaves.slice(from, to) : [];
  if (only) {
    return Buffer.from(only);
  }
  const middle = from + largestPower(to - from);
  return nodeHash(subtree(leaves, from, middle), subtree(leaves, middle, to));
}

/** The largest power of two below `size` (which is at least 2). */
function largestPower(size: number): number {
  let power = 1;
  while (power * 2 < size) {
    power *= 2;
  }
  return power;
}

/**
 * The path from a leaf to the root of the tree over `leaves` (RFC 6962 section 2.1.1), nearest sibling first.
 *
 * @throws RangeError when there is no such leaf
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`There is no entry ${index} among ${leaves.length}`);
  }
  const path = (from: number, to: number): Buffer[] => {
    if (to - from === 1) {
      return [];
    }
    const middle = from + largestPower(to - from);
    return index < middle
      ? [...path(from, middle), subtree(leaves, middle, to)]
      : [...path(middle, to), subtree(leaves, from, middle)];
  };
  return path(0, leaves.length);
}

/**
 * That the tree over the first `oldSize` leaves is a beginning of the one over all of them (RFC 6962 section 2.1.2).
 *
 * @throws RangeError when `oldSize` is not from 0 to the number of leaves
 */
export function consistencyProof(leaves: readonly Uint8Array[], oldSize: number): Buffer[] {
  if (!Number.isInteger(oldSize) || oldSize < 0 || oldSize > leaves.length) {
    throw new RangeError(`A log of ${leaves.length} entries has never had ${oldSize}`);
  }
  const proof = (size: number, from: number, to: number, whole: boolean): Buffer[] => {
    if (size === to - from) {
      return whole ? [] : [subtree(leaves, from, to)];
    }
    const power = largestPower(to - from);
    return size <= power
      ? [...proof(size, from, from + power, whole), subtree(leaves, from + power, to)]
      : [...proof(size - power, from + power, to, false), subtree(leaves, from, from + power)];
  };
  return oldSize === 0 ? [] : proof(oldSize, 0, leaves.length, true);
}

/** Whether a proof leads from a leaf hash to the root (RFC 9162 section 2.1.3.2). */
export function verifyInclusion(
  proof: readonly Uint8Array[],
  leaf: Uint8Array,
  index: number,
  size: number,
  root: Uint8Array,
): boolean {
  if (!Number.isInteger(index) || index < 0 || index >= size) {
    return false;
  }
  let node = index;
  let last = size - 1;
  let hash: Buffer = Buffer.from(leaf);
  for (const sibling of proof) {
    if (last === 0) {
      return false;
    }
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash.equals(root);
}

/** Whether a proof shows that one tree is a beginning of the other (RFC 9162 section 2.1.4.2). */
export function verifyConsistency(
  proof: readonly Uint8Array[],
  older: { readonly size: number; readonly root: Uint8Array },
  newer: { readonly size: number; readonly root: Uint8Array },
): boolean {
  if (older.size > newer.size) {
    return false;
  }
  if (older.size === newer.size || older.size === 0) {
    const sameRoot = older.size === 0 || Buffer.from(older.root).equals(newer.root);
    return proof.length === 0 && sameRoot;
  }
  // A complete subtree is its own first node.
  const complete = Number.isInteger(Math.log2(older.size));
  const [first, ...rest] = complete ? [older.root, ...proof] : proof;
  if (!first) {
    return false;
  }
  let node = older.size - 1;
  let last = newer.size - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  let oldRoot: Buffer = Buffer.from(first);
  let newRoot: Buffer = Buffer.from(first);
  for (const sibling of rest) {
    if (last === 0) {
      return false;
    }
    if (node % 2 === 1 || node === last) {
      oldRoot = nodeHash(sibling, oldRoot);
      newRoot = nodeHash(sibling, newRoot);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newRoot = nodeHash(newRoot, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && oldRoot.equals(older.root) && newRoot.equals(newer.root);
}
