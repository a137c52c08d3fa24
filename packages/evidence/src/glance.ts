import { type Ports, UserError } from '@golden-image/host';
import { z } from 'zod';
import { signatureMismatch } from './file-signature.ts';
import type { PublicKey } from './keys.ts';
import { type Signer, verifyDigestSignature } from './signer.ts';

/**
 * The image properties with which OpenStack Glance and Nova verify an image. Source: cursive, signature_utils.py: RSA is
 * PSS with the longest salt, of the curves only P-384 is both there and here; hence no P-256.
 * `img_signature_certificate_uuid` names a certificate in the cloud's key manager: whoever uploads the image adds it.
 */
const properties = z.strictObject({
  img_signature: z.base64(),
  img_signature_hash_method: z.literal('SHA-256'),
  img_signature_key_type: z.enum(['RSA-PSS', 'ECC_SECP384R1']),
});

const keyTypes = { rsa: 'RSA-PSS', 'ec-p384': 'ECC_SECP384R1' } as const;

/**
 * The properties for a disk with this SHA-256 digest, as JSON.
 *
 * @throws UserError `unsupported-key` for keys that Glance does not take
 */
export async function signGlance(signer: Signer, sha256: string): Promise<string> {
  const { kind } = signer.publicKey;
  if ((kind !== 'rsa' && kind !== 'ec-p384') || !signer.signDigest) {
    throw new UserError(`Glance does not verify signatures of ${kind} keys`, {
      code: 'unsupported-key',
      fix: 'Use an RSA or an EC P-384 key for the method glance.',
    });
  }
  const signature = await signer.signDigest(Buffer.from(sha256, 'hex'), kind === 'rsa' ? 'pss' : 'pkcs1');
  const value: z.infer<typeof properties> = {
    img_signature: signature.toString('base64'),
    img_signature_hash_method: 'SHA-256',
    img_signature_key_type: keyTypes[kind],
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Checks such properties.
 *
 * @throws UserError `invalid-properties`, `signature-mismatch`
 */
export async function verifyGlance(
  text: string,
  sha256: string,
  key: PublicKey,
  ports: Pick<Ports, 'exec'>,
): Promise<void> {
  let value: z.infer<typeof properties>;
  try {
    value = properties.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError('These are not the signature properties of Glance', {
      code: 'invalid-properties',
      fix: 'Sign the image again.',
      cause,
    });
  }
  const pss = value.img_signature_key_type === 'RSA-PSS';
  const fits = key.kind === (pss ? 'rsa' : 'ec-p384');
  const signature = Buffer.from(value.img_signature, 'base64');
  const digest = Buffer.from(sha256, 'hex');
  if (!fits || !(await verifyDigestSignature(key, digest, signature, ports, pss ? 'pss' : 'pkcs1'))) {
    throw signatureMismatch(key);
  }
}
