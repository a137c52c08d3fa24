import { inclusionProof } from './merkle.ts';

/**
 * A proof that stands on its own, in the form of `spicy` (Debian's litetlog): the entry's index, the path, the
 * checkpoint.
 */
export function proofFile(leaves: readonly Uint8Array[], index: number, checkpoint: string): string {
  const path = inclusionProof(leaves, index).map((hash) => `${hash.toString('base64')}\n`);
  return `index ${index}\n${path.join('')}\n${checkpoint}`;
}
