import { createHash, verify } from 'node:crypto';
import { type Ports, UserError } from '@golden-image/host';
import type { PublicKey } from './keys.ts';
import { verifyDigestSignature } from './signer.ts';

/**
 * Checks a signature over a file, given the file's digest; `read` is used for Ed25519 only. The same as `openssl dgst -sha256 -verify` (Ed25519: `openssl pkeyutl -verify -rawin`) does.
 *
 * @throws UserError `signature-mismatch`
 */
export async function verifyFileSignature(
  signature: Uint8Array,
  sha256: string,
  key: PublicKey,
  read: () => Promise<Uint8Array>,
  ports: Pick<Ports, 'exec'>,
): Promise<void> {
  const valid =
    key.kind === 'ed25519'
      ? verify(null, await read(), key.key, signature)
      : await verifyDigestSignature(key, Buffer.from(sha256, 'hex'), signature, ports);
  if (!valid) {
    throw signatureMismatch(key);
  }
}

export function signatureMismatch(key: PublicKey): UserError {
  return new UserError(`The signature is not by the key sha256:${key.fingerprint}`, {
    code: 'signature-mismatch',
    fix: 'What was signed or the signature was changed, or another key made it: do not use it.',
  });
}

/** SHA-256 of data in memory, hex. */
export function sha256Of(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
