import { verify as verifySignature } from 'node:crypto';
import { type Ports, UserError } from '@golden-image/host';
import {
  type Bundle,
  bundleFromJSON,
  bundleToJSON,
  toDSSEBundle,
  toMessageSignatureBundle,
} from '@sigstore/bundle';
import { signatureMismatch, verifyFileSignature } from './file-signature.ts';
import type { PublicKey } from './keys.ts';
import type { Signer } from './signer.ts';

/** Media type of in-toto statements in a DSSE envelope. */
export const INTOTO_PAYLOAD = 'application/vnd.in-toto+json';

/** A sigstore bundle v0.3 over a file, from its SHA-256 digest (hex). */
export async function signDigestBundle(signer: Signer, sha256: string): Promise<string> {
  const digest = Buffer.from(sha256, 'hex');
  if (!signer.signDigest) {
    throw new UserError('Ed25519 keys sign data, not digests: no bundle over the file can be made', {
      code: 'unsupported-key',
      fix: 'Use an EC or RSA key for the disk.',
    });
  }
  const signature = await signer.signDigest(digest);
  return toText(toMessageSignatureBundle({ digest, signature, keyHint: signer.publicKey.hint }));
}

/** A sigstore bundle v0.3 over data in memory; any key type. */
export async function signDataBundle(signer: Signer, data: Uint8Array, sha256: string): Promise<string> {
  const digest = Buffer.from(sha256, 'hex');
  const signature = await signer.sign(data);
  return toText(toMessageSignatureBundle({ digest, signature, keyHint: signer.publicKey.hint }));
}

/** A sigstore bundle v0.3 with a DSSE envelope around an in-toto statement. */
export async function signStatementBundle(signer: Signer, statement: Uint8Array): Promise<string> {
  const signature = await signer.sign(preAuthEncoding(INTOTO_PAYLOAD, statement));
  // The hint goes into the verification material only: cosign 2.5 refuses a DSSE signature whose keyid it cannot
  // match, and compares it with a hint of its own making.
  const bundle = toDSSEBundle({ artifact: Buffer.from(statement), artifactType: INTOTO_PAYLOAD, signature });
  const material = bundle.verificationMaterial.content;
  if (material.$case === 'publicKey') {
    material.publicKey.hint = signer.publicKey.hint;
  }
  return toText(bundle);
}

/**
 * Checks a bundle over a file whose SHA-256 digest is known.
 *
 * @throws UserError `invalid-bundle`, `digest-mismatch`, `signature-mismatch`
 */
export async function verifyDigestBundle(
  text: string,
  sha256: string,
  key: PublicKey,
  read: () => Promise<Uint8Array>,
  ports: Pick<Ports, 'exec'>,
): Promise<void> {
  const bundle = fromText(text);
  if (bundle.content.$case !== 'messageSignature') {
    throw invalidBundle('it does not hold a signature over a file');
  }
  const { signature, messageDigest } = bundle.content.messageSignature;
  if (messageDigest.digest.toString('hex') !== sha256) {
    throw new UserError(
      `The bundle is about sha256:${messageDigest.digest.toString('hex')}, the file is sha256:${sha256}`,
      {
        code: 'digest-mismatch',
        fix: 'The file or its bundle was changed: get both again from their source.',
      },
    );
  }
  await verifyFileSignature(signature, sha256, key, read, ports);
}

/**
 * Checks a DSSE bundle and returns the statement's bytes, which nobody may use before.
 *
 * @throws UserError `invalid-bundle`, `signature-mismatch`
 */
export function verifyStatementBundle(text: string, key: PublicKey): Buffer {
  const bundle = fromText(text);
  if (bundle.content.$case !== 'dsseEnvelope') {
    throw invalidBundle('it does not hold a DSSE envelope');
  }
  const { payload, payloadType, signatures } = bundle.content.dsseEnvelope;
  if (payloadType !== INTOTO_PAYLOAD) {
    throw invalidBundle(`its payload is not of type ${INTOTO_PAYLOAD}`);
  }
  const encoded = preAuthEncoding(payloadType, payload);
  const [signature] = signatures;
  const algorithm = key.kind === 'ed25519' ? null : 'sha256';
  if (!signature || signatures.length !== 1 || !verifySignature(algorithm, encoded, key.key, signature.sig)) {
    throw signatureMismatch(key);
  }
  return payload;
}

/** DSSE v1 pre-authentication encoding: `DSSEv1 <length> <type> <length> <payload>`. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `),
    Buffer.from(payload),
  ]);
}

function toText(bundle: Bundle): string {
  return `${JSON.stringify(bundleToJSON(bundle))}\n`;
}

function fromText(text: string): Bundle {
  try {
    return bundleFromJSON(JSON.parse(text));
  } catch (cause) {
    throw invalidBundle('it is not a sigstore bundle', cause);
  }
}

function invalidBundle(reason: string, cause?: unknown): UserError {
  return new UserError(`The bundle cannot be used: ${reason}`, {
    code: 'invalid-bundle',
    fix: 'Get the bundle again from its source, or sign the image again.',
    ...(cause === undefined ? {} : { cause }),
  });
}
