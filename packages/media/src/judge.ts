import { type Clock, UserError } from '@golden-image/host';
import type { Expected, StrongAlgorithm } from './algorithms.ts';
import type { DigestPlan, DigestSource, Digests } from './digester.ts';
import type { Signer } from './openpgp-verify.ts';
import type { Trust } from './trust.ts';

/** node:crypto's names of the hash algorithms of RFC 9580 section 9.5 that a medium's signature may use. */
const RAW_HASHES: Readonly<Record<number, StrongAlgorithm>> = { 8: 'sha256', 9: 'sha384', 10: 'sha512' };

/**
 * The digests for everything that the medium will be measured by.
 *
 * @throws UserError `weak-signature`
 */
export function digestPlan(trust: Trust): DigestPlan {
  const algorithms = trust.expected.map(({ algorithm }) => algorithm);
  if (!trust.detached) {
    return { algorithms, raw: undefined };
  }
  const { hashAlgorithm, version, signatureType } = trust.detached.packet;
  const raw = RAW_HASHES[hashAlgorithm ?? 0];
  // Version 4, over a binary document: what every tool makes of a file.
  if (!raw || version !== 4 || signatureType !== 0) {
    throw new UserError("The signature over the medium is of a kind that cannot be checked while it's read", {
      code: 'weak-signature',
      fix: "Use the vendor's signed checksum list instead.",
    });
  }
  return { algorithms, raw };
}

/** The digest that does not hold; undefined when all do. */
export function mismatch(
  trust: Trust,
  digests: Digests,
): { readonly expected: Expected; readonly actual: string } | undefined {
  for (const expected of trust.expected) {
    const actual = digests[expected.algorithm] ?? '';
    if (actual !== expected.hex) {
      return { expected, actual };
    }
  }
  return undefined;
}

/** @throws UserError `checksum-mismatch` naming both digests */
export function checkDigests(trust: Trust, digests: Digests, name: string, removed: string): void {
  const wrong = mismatch(trust, digests);
  if (wrong) {
    const { expected, actual } = wrong;
    throw new UserError(
      `${name} is not the vendor's: its ${expected.algorithm} is ${actual}, expected ${expected.hex}. ${removed}`,
      {
        code: 'checksum-mismatch',
        fix: 'Download it again, from another server if it stays wrong.',
      },
    );
  }
}

/** Verifies a signature over the medium itself from the digest of its bytes; undefined when there is none. */
export async function checkMediumSignature(
  trust: Trust,
  digester: DigestSource,
  strictExpiry: boolean,
  clock: Clock,
): Promise<Signer | undefined> {
  if (!trust.detached) {
    return undefined;
  }
  const { packet, keys } = trust.detached;
  const { verifySignatures } = await import('./openpgp.ts');
  const inner = packet as unknown as { signatureData: Uint8Array; hashed: Uint8Array };
  inner.hashed = await digester.rawWith(trailer(inner.signatureData));
  return verifySignatures([packet], {}, { ...keys, now: clock.now(), strictExpiry });
}

/** What a signature of version 4 hashes behind the document (RFC 9580 section 5.2.4). */
function trailer(signatureData: Uint8Array): Uint8Array {
  const end = Buffer.from([4, 0xff, 0, 0, 0, 0]);
  end.writeUInt32BE(signatureData.length, 2);
  return Buffer.concat([signatureData, end]);
}
