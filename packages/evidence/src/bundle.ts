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
import type { Signer } from './signer.ts';
import { type BundleSigner, type BundleTrust, verifyBundleSigner } from './sigstore/verify.ts';

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
  return messageBundle(signer, digest, await signer.signDigest(digest));
}

/** A sigstore bundle v0.3 over data in memory; any key type. */
export async function signDataBundle(signer: Signer, data: Uint8Array, sha256: string): Promise<string> {
  return messageBundle(signer, Buffer.from(sha256, 'hex'), await signer.sign(data));
}

/** A sigstore bundle v0.3 with a DSSE envelope around an in-toto statement. */
export async function signStatementBundle(signer: Signer, statement: Uint8Array): Promise<string> {
  const signature = await signer.sign(preAuthEncoding(INTOTO_PAYLOAD, statement));
  const certificate = signer.certificate?.der;
  // The hint goes into the verification material only: cosign 2.5 refuses a DSSE signature whose keyid it cannot
  // match, and compares it with a hint of its own making.
  const bundle = toDSSEBundle({
    artifact: Buffer.from(statement),
    artifactType: INTOTO_PAYLOAD,
    signature,
    ...(certificate ? { certificate } : {}),
  });
  const material = bundle.verificationMaterial.content;
  if (material.$case === 'publicKey') {
    material.publicKey.hint = signer.publicKey.hint;
  }
  return witnessed(signer, bundle);
}

async function messageBundle(signer: Signer, digest: Buffer, signature: Buffer): Promise<string> {
  const certificate = signer.certificate?.der;
  const by = certificate ? { certificate } : { keyHint: signer.publicKey.hint };
  return witnessed(signer, toMessageSignatureBundle({ digest, signature, ...by }));
}

/** Has every witness of the signer testify; returns the text of the bundle. */
async function witnessed(signer: Signer, bundle: Bundle): Promise<string> {
  const { verificationMaterial: material } = bundle;
  const verifier = signer.certificate?.pem ?? signer.publicKey.pem;
  for (const witness of signer.witnesses ?? []) {
    const { tlogEntries = [], rfc3161Timestamps = [] } = await witness.testify(bundle.content, verifier);
    material.tlogEntries.push(...tlogEntries);
    material.timestampVerificationData ??= { rfc3161Timestamps: [] };
    material.timestampVerificationData.rfc3161Timestamps.push(...rfc3161Timestamps);
  }
  return `${JSON.stringify(bundleToJSON(bundle))}\n`;
}

/**
 * Checks a bundle over a file whose SHA-256 digest is known.
 *
 * @param read the file's bytes, for Ed25519 only
 * @throws UserError `invalid-bundle`, `digest-mismatch`, `signature-mismatch`, `untrusted-signer`
 */
export async function verifyDigestBundle(
  text: string,
  sha256: string,
  trust: BundleTrust,
  read: () => Promise<Uint8Array>,
  ports: Pick<Ports, 'exec'>,
): Promise<BundleSigner> {
  const bundle = parseBundle(text);
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
  const signer = verifyBundleSigner(bundle, trust);
  await verifyFileSignature(signature, sha256, signer.key, read, ports);
  return signer;
}

/**
 * Checks a DSSE bundle and returns the statement's bytes, which nobody may use before.
 *
 * @throws UserError `invalid-bundle`, `signature-mismatch`, `untrusted-signer`
 */
export function verifyStatementBundle(
  text: string,
  trust: BundleTrust,
): BundleSigner & { readonly payload: Buffer } {
  const bundle = parseBundle(text);
  if (bundle.content.$case !== 'dsseEnvelope') {
    throw invalidBundle('it does not hold a DSSE envelope');
  }
  const { payload, payloadType, signatures } = bundle.content.dsseEnvelope;
  if (payloadType !== INTOTO_PAYLOAD) {
    throw invalidBundle(`its payload is not of type ${INTOTO_PAYLOAD}`);
  }
  const [signature] = signatures;
  if (!signature || signatures.length !== 1) {
    throw invalidBundle('it does not hold exactly one signature');
  }
  const signer = verifyBundleSigner(bundle, trust);
  const algorithm = signer.key.kind === 'ed25519' ? null : 'sha256';
  const encoded = preAuthEncoding(payloadType, payload);
  if (!verifySignature(algorithm, encoded, signer.key.key, signature.sig)) {
    throw signatureMismatch(signer.key);
  }
  return { ...signer, payload };
}

/** DSSE v1 pre-authentication encoding: `DSSEv1 <length> <type> <length> <payload>`. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `),
    Buffer.from(payload),
  ]);
}

/**
 * Reads a bundle of any version.
 *
 * @throws UserError `invalid-bundle`
 */
export function parseBundle(text: string): Bundle {
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
