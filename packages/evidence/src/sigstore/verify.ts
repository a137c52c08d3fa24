import { UserError } from '@golden-image/host';
import type { Bundle } from '@sigstore/bundle';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { type SignedEntity, type Signer, toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { describePublicKey, type PublicKey } from '../keys.ts';
import type { TrustedIdentity } from './identity.ts';

/** Whom to believe a bundle from. */
export interface BundleTrust {
  readonly publicKey?: PublicKey | undefined;
  readonly identity?: TrustedIdentity | undefined;
  /** For the timestamps of bundles that a key signed; without them such times are not looked at. */
  readonly trustedRoots?: readonly TrustedRoot[] | undefined;
}

/** Who signed a bundle; the signature itself is still to be checked with `key`. */
export interface BundleSigner {
  readonly key: PublicKey;
  /** `sha256:…` of a key, or the identity in a certificate. */
  readonly by: string;
  /** OIDC issuer, for an identity. */
  readonly issuer?: string;
  /** The earliest time at which the signature provably existed. */
  readonly at?: Date;
  /** The root that vouches for the identity or the time. */
  readonly root?: TrustedRoot;
}

/** Whether a key or a certificate verifies the bundle. */
export function signedWith(bundle: Bundle): 'key' | 'certificate' {
  return bundle.verificationMaterial.content.$case === 'publicKey' ? 'key' : 'certificate';
}

/**
 * Checks everything of a bundle but the signature over the content: that the certificate, the log entry and the
 * timestamps are vouched for by a trusted root, belong to this signature and content, and name the identity. Offline.
 *
 * @throws UserError `untrusted-signer`, `key-missing`
 */
export function verifyBundleSigner(bundle: Bundle, trust: BundleTrust): BundleSigner {
  const entity = parseEntity(bundle);
  return signedWith(bundle) === 'key' ? byKey(entity, trust) : byIdentity(entity, trust);
}

function byKey(entity: SignedEntity, { publicKey, trustedRoots }: BundleTrust): BundleSigner {
  if (!publicKey) {
    throw missingTrust('a public key');
  }
  const signer = { key: publicKey, by: `sha256:${publicKey.fingerprint}` };
  if (!trustedRoots || entity.timestamps.length + entity.tlogEntries.length === 0) {
    return signer;
  }
  const thresholds = { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 };
  const { root } = firstThatHolds(trustedRoots, (candidate) => {
    const material = toTrustMaterial(candidate, () => ({ publicKey: publicKey.key, validFor: () => true }));
    return new Verifier(material, thresholds).verify(entity);
  });
  return { ...signer, root, ...provenTime(entity) };
}

function byIdentity(entity: SignedEntity, { identity }: BundleTrust): BundleSigner {
  if (!identity) {
    throw missingTrust('an identity');
  }
  const {
    key,
    identity: found,
    root,
  } = firstThatHolds(identity.roots, (root) =>
    new Verifier(toTrustMaterial(root), {
      // What an instance does not have cannot be asked for: GitHub's has no logs, only timestamps.
      tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
      ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
      timestampThreshold: 1,
    }).verify(entity),
  );
  const subject = found?.subjectAlternativeName ?? '';
  const issuer = found?.extensions?.issuer;
  if (!identity.matches(subject)) {
    throw untrusted(`it is signed by ${subject || 'nobody by name'}, not by ${identity.subject}`);
  }
  if (issuer !== identity.issuer) {
    throw untrusted(`the identity was issued by ${issuer ?? 'nobody by name'}, not by ${identity.issuer}`);
  }
  return { key: describePublicKey(key), by: subject, issuer, root, ...provenTime(entity) };
}

function parseEntity(bundle: Bundle): SignedEntity {
  try {
    const entity = toSignedEntity(bundle);
    const { signature } = entity;
    return {
      ...entity,
      signature: {
        signature: signature.signature,
        compareSignature: (other) => signature.compareSignature(other),
        compareDigest: (digest) => signature.compareDigest(digest),
        compareSignedDigest: (digest) => signature.compareSignedDigest(digest),
        // Checked by the caller from the digest: the library would need the whole file in memory.
        verifySignature: () => true,
      },
    };
  } catch (cause) {
    throw untrusted('its certificate or timestamp cannot be read', cause);
  }
}

/** The signer according to the first root with which everything holds; each root is asked on its own terms. */
function firstThatHolds(
  roots: readonly TrustedRoot[],
  verify: (root: TrustedRoot) => Signer,
): Signer & { readonly root: TrustedRoot } {
  const reasons = new Set<string>();
  for (const root of roots) {
    try {
      return { ...verify(root), root };
    } catch (error) {
      reasons.add(error instanceof Error ? error.message : String(error));
    }
  }
  throw untrusted(reasons.size > 0 ? [...reasons].join('; ') : 'there is no trusted root');
}

function provenTime({ timestamps }: SignedEntity): { readonly at?: Date } {
  const times = timestamps.flatMap((entry) => {
    if (entry.$case === 'timestamp-authority') {
      return [entry.timestamp.signingTime.getTime()];
    }
    // The time in a log entry is signed only together with a promise of inclusion.
    return entry.tlogEntry.inclusionPromise ? [Number(entry.tlogEntry.integratedTime) * 1000] : [];
  });
  return times.length > 0 ? { at: new Date(Math.min(...times)) } : {};
}

function missingTrust(what: string): UserError {
  return new UserError(`No ${what.replace(/^an? /, '')} was given to check it with`, {
    code: 'key-missing',
    fix: `Pass ${what} of the image maintainers.`,
  });
}

function untrusted(reason: string, cause?: unknown): UserError {
  return new UserError(`The bundle is not signed by whom you trust: ${reason}`, {
    code: 'untrusted-signer',
    fix: 'Compare identity, issuer and trusted-root with what the image maintainers publish; if they are right, do not use the image.',
    ...(cause === undefined ? {} : { cause }),
  });
}
