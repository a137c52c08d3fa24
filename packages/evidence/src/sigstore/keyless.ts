import { generateKeyPairSync, X509Certificate as NodeCertificate } from 'node:crypto';
import { describeError, type Ports, UserError } from '@golden-image/host';
import { X509Certificate } from '@sigstore/core';
import { describePublicKey } from '../keys.ts';
import { keySigner, type Signer, type SigningCertificate } from '../signer.ts';
import type { SigstoreEndpoints } from './endpoints.ts';
import { rekorWitness, timestampWitness, type Witness } from './witness.ts';

/** Fulcio's extension with the OIDC issuer as a DER UTF8String. Source: sigstore/fulcio, docs/oid-info.md. */
const ISSUER_OID = '1.3.6.1.4.1.57264.1.8';
/** The same, older, as bare bytes. */
const ISSUER_V1_OID = '1.3.6.1.4.1.57264.1.1';

/** The repository whose job asked: URI. */
const REPOSITORY_OID = '1.3.6.1.4.1.57264.1.12';

export interface KeylessOptions {
  readonly endpoints: SigstoreEndpoints;
  /** Gets the OIDC token of this job for the audience `sigstore`; called once. */
  readonly token: () => Promise<string>;
  /** Further proofs of time. */
  readonly witnesses?: readonly Witness[];
}

/**
 * A signer with a key that is made here and never leaves, and a certificate that binds it to the job's identity for
 * ten minutes. Make it after the long work.
 *
 * @throws UserError `invalid-token`, `certificate-refused`
 */
export async function keylessSigner(
  options: KeylessOptions,
  ports: Pick<Ports, 'exec' | 'log' | 'fetch' | 'signal'>,
): Promise<Signer> {
  const { endpoints } = options;
  const token = await options.token();
  ports.log.mask(token);
  assertToken(token);
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = keySigner({ key: pair.privateKey, publicKey: describePublicKey(pair.publicKey) }, ports);
  const certificate = await requestCertificate(signer, token, endpoints);
  const { rekor, timestampAuthority } = endpoints;
  return {
    ...signer,
    certificate,
    witnesses: [
      ...(rekor ? [rekorWitness(rekor)] : []),
      ...(timestampAuthority ? [timestampWitness(timestampAuthority, ports)] : []),
      ...(options.witnesses ?? []),
    ],
  };
}

async function requestCertificate(
  signer: Signer,
  token: string,
  endpoints: SigstoreEndpoints,
): Promise<SigningCertificate> {
  const { FulcioSigner } = await import('@sigstore/sign');
  const { pem } = signer.publicKey;
  const fulcio = new FulcioSigner({
    fulcioBaseURL: endpoints.fulcio,
    identityProvider: { getToken: async () => token },
    keyHolder: {
      sign: async (data) => ({
        signature: await signer.sign(data),
        key: { $case: 'publicKey', publicKey: pem },
      }),
    },
    timeout: 30_000,
    retry: { retries: 3 },
  });
  try {
    // It signs data and returns the certificate beside; only the certificate is of use here.
    const { key } = await fulcio.sign(Buffer.alloc(0));
    if (key.$case !== 'x509Certificate') {
      throw new Error('it returned no certificate');
    }
    return readCertificate(key.certificate, pem);
  } catch (cause) {
    // A server may repeat the token in what it says.
    const reason = reasons(cause).join(': ').replaceAll(token, '***');
    throw new UserError(`The certificate authority ${endpoints.fulcio} gave no certificate: ${reason}`, {
      code: 'certificate-refused',
      fix: 'Check that the job reaches it, and that it accepts the tokens of this CI service; then run this step again.',
    });
  }
}

function reasons(error: unknown): readonly string[] {
  const cause = error instanceof Error ? error.cause : undefined;
  return [describeError(error).message, ...(cause === undefined ? [] : reasons(cause))];
}

/** Refuses a certificate for another key: all signatures made with it would be void. */
function readCertificate(pem: string, publicKey: string): SigningCertificate {
  const node = new NodeCertificate(pem);
  if (node.publicKey.export({ type: 'spki', format: 'pem' }).toString() !== publicKey) {
    throw new Error('the certificate is for another key');
  }
  const certificate = X509Certificate.parse(pem);
  const subject = certificate.subjectAltName;
  const text = (oid: string) => certificate.extension(oid)?.valueObj.subs[0]?.value.toString('utf8');
  const issuer = text(ISSUER_OID) ?? certificate.extension(ISSUER_V1_OID)?.value.toString('utf8');
  const repository = text(REPOSITORY_OID);
  if (!subject || !issuer) {
    throw new Error('the certificate names no identity or no issuer');
  }
  return { pem, der: Buffer.from(node.raw), subject, issuer, ...(repository ? { repository } : {}) };
}

/** The library would show a token that it cannot read in its error. */
function assertToken(token: string): void {
  let claims: { readonly sub?: unknown } | undefined;
  try {
    claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    claims = undefined;
  }
  if (typeof claims?.sub !== 'string' || token.split('.').length !== 3) {
    throw new UserError('What the CI service gave as OIDC token is not a token with a subject', {
      code: 'invalid-token',
      fix: 'Check the id-token settings of the CI service.',
    });
  }
}
