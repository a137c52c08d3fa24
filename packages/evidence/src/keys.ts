import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { UserError } from '@golden-image/host';

/** Key types that sign here and that cosign and openssl verify. */
export type KeyKind = 'ec-p256' | 'ec-p384' | 'rsa' | 'ed25519';

export interface PublicKey {
  readonly kind: KeyKind;
  readonly key: KeyObject;
  /** SubjectPublicKeyInfo in PEM. */
  readonly pem: string;
  /** SHA-256 of the DER form in base64: the hint that cosign writes into bundles. */
  readonly hint: string;
  /** The same digest in hex, for people. */
  readonly fingerprint: string;
}

export interface PrivateKey {
  readonly key: KeyObject;
  readonly publicKey: PublicKey;
}

const FORMS = 'EC P-256 or P-384, RSA of 2048 bits or more, or Ed25519';
/** Below this, RSA keys are not accepted; NIST SP 800-131A revision 2. */
const MIN_RSA_BITS = 2048;

/**
 * Reads a PEM private key (PKCS #8, SEC 1 or PKCS #1, encrypted or not).
 *
 * @throws UserError `invalid-key`, `passphrase-missing`, `wrong-passphrase`, `unsupported-key`; never shows the key
 */
export function readPrivateKey(pem: string, passphrase?: string): PrivateKey {
  if (/-----BEGIN ENCRYPTED (SIGSTORE|COSIGN) PRIVATE KEY-----/.test(pem)) {
    throw new UserError("The key is in cosign's own encrypted form", {
      code: 'unsupported-key',
      fix: 'Make a PEM key with openssl (`openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256`), or sign with the kms input and cosign.',
    });
  }
  const encrypted = /ENCRYPTED/.test(pem);
  if (encrypted && !passphrase) {
    throw new UserError('The key is encrypted and no passphrase is given', {
      code: 'passphrase-missing',
      fix: 'Pass the passphrase from a secret.',
    });
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', ...(encrypted ? { passphrase } : {}) });
  } catch {
    // The cause is left out: OpenSSL's messages tell nothing more, and the key must not reach a log.
    if (encrypted) {
      throw new UserError('The key cannot be decrypted with this passphrase', {
        code: 'wrong-passphrase',
        fix: 'Check that key and passphrase belong together.',
      });
    }
    throw invalidKey('private', pem);
  }
  return { key, publicKey: describePublicKey(createPublicKey(key)) };
}

/**
 * Reads a PEM public key.
 *
 * @throws UserError `invalid-key`, `unsupported-key`
 */
export function readPublicKey(pem: string): PublicKey {
  if (!/-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) {
    throw invalidKey('public', pem);
  }
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw invalidKey('public', pem);
  }
  return describePublicKey(key);
}

function invalidKey(what: 'private' | 'public', pem: string): UserError {
  const label = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(pem)?.[1];
  const found = label ? `a block named "${label}" that cannot be read` : 'no PEM block';
  return new UserError(`This is not a PEM ${what} key: it holds ${found}`, {
    code: 'invalid-key',
    fix: `Pass a ${what} key in PEM: ${FORMS}.`,
  });
}

/**
 * The public key with its names.
 *
 * @throws UserError `unsupported-key`
 */
export function describePublicKey(key: KeyObject): PublicKey {
  const der = key.export({ type: 'spki', format: 'der' });
  const digest = createHash('sha256').update(der).digest();
  return {
    kind: kindOf(key),
    key,
    pem: key.export({ type: 'spki', format: 'pem' }).toString(),
    hint: digest.toString('base64'),
    fingerprint: digest.toString('hex'),
  };
}

function kindOf(key: KeyObject): KeyKind {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') {
    return 'ec-p256';
  }
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'secp384r1') {
    return 'ec-p384';
  }
  if (key.asymmetricKeyType === 'rsa' && (modulusLength ?? 0) >= MIN_RSA_BITS) {
    return 'rsa';
  }
  if (key.asymmetricKeyType === 'ed25519') {
    return 'ed25519';
  }
  const size = modulusLength ? ` of ${modulusLength} bits` : '';
  throw new UserError(
    `Keys of type ${key.asymmetricKeyType}${namedCurve ? ` ${namedCurve}` : ''}${size} cannot be used here`,
    { code: 'unsupported-key', fix: `Use ${FORMS}.` },
  );
}
