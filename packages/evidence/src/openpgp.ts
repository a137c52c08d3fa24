import { UserError } from '@golden-image/host';
// Loaded where it is used: it takes a good part of an action's start, and not every run signs or verifies with it.
import type * as openpgp from 'openpgp';

export interface OpenPgpKey {
  /** Signs; decrypted, in memory only. */
  readonly key: openpgp.PrivateKey;
  /** Upper-case hex of the primary key. */
  readonly fingerprint: string;
  /** The public half, armored. */
  readonly publicKey: string;
}

/**
 * Signature algorithms that GnuPG 2.2 reads; its successors too.
 * RFC 9580's own Ed25519 (27), which openpgp.js calls curve25519, is unknown to GnuPG.
 */
const READABLE = new Set(['rsaEncryptSign', 'rsaSign', 'ecdsa', 'eddsaLegacy', 'dsa']);

/**
 * Reads an armored OpenPGP secret key and unlocks it.
 *
 * @throws UserError `invalid-key`, `passphrase-missing`, `wrong-passphrase`, `unsupported-key`
 */
export async function readOpenPgpKey(armored: string, passphrase?: string): Promise<OpenPgpKey> {
  const { readPrivateKey } = await import('openpgp');
  let key: openpgp.PrivateKey;
  try {
    key = await readPrivateKey({ armoredKey: armored });
  } catch {
    throw new UserError('This is not an armored OpenPGP secret key', {
      code: 'invalid-key',
      fix: 'Export it with `gpg --armor --export-secret-keys <fingerprint>`.',
    });
  }
  const signing = await signingKey(key);
  const { algorithm } = signing.getAlgorithmInfo();
  if (!READABLE.has(algorithm) || signing.keyPacket.version !== 4) {
    throw new UserError(
      `GnuPG cannot verify signatures of this OpenPGP key (${algorithm}, version ${signing.keyPacket.version})`,
      {
        code: 'unsupported-key',
        fix: 'Use an RSA or a (legacy) Ed25519 key of version 4, as `gpg --quick-generate-key <name> ed25519 sign` makes it.',
      },
    );
  }
  return {
    key: await unlock(key, passphrase),
    fingerprint: key.getFingerprint().toUpperCase(),
    publicKey: key.toPublic().armor(),
  };
}

async function signingKey(key: openpgp.PrivateKey): Promise<openpgp.PrivateKey | openpgp.Subkey> {
  try {
    return (await key.getSigningKey()) as openpgp.PrivateKey | openpgp.Subkey;
  } catch (cause) {
    throw new UserError('The OpenPGP key cannot sign: it is expired, revoked or has no signing key', {
      code: 'unsupported-key',
      fix: 'Extend or replace the key; `gpg --list-secret-keys` shows what it may do.',
      cause,
    });
  }
}

async function unlock(key: openpgp.PrivateKey, passphrase?: string): Promise<openpgp.PrivateKey> {
  if (key.isDecrypted()) {
    return key;
  }
  if (!passphrase) {
    throw new UserError('The OpenPGP key is encrypted and no passphrase is given', {
      code: 'passphrase-missing',
      fix: 'Pass openpgp-passphrase from a secret.',
    });
  }
  const { decryptKey } = await import('openpgp');
  try {
    return await decryptKey({ privateKey: key, passphrase });
  } catch {
    throw new UserError('The OpenPGP key cannot be decrypted with this passphrase', {
      code: 'wrong-passphrase',
      fix: 'Check that openpgp-key and openpgp-passphrase belong together.',
    });
  }
}

/** A detached, armored signature over a small file's bytes. */
export async function signDetached(key: OpenPgpKey, data: Uint8Array, date: Date): Promise<string> {
  const { createMessage, sign } = await import('openpgp');
  const message = await createMessage({ binary: data });
  return sign({ message, signingKeys: key.key, detached: true, format: 'armored', date });
}

/** The text with its signature around it (RFC 9580 section 7); text with line feeds only. */
export async function signClear(key: OpenPgpKey, text: string, date: Date): Promise<string> {
  const { createCleartextMessage, sign } = await import('openpgp');
  const message = await createCleartextMessage({ text });
  return sign({ message, signingKeys: key.key, format: 'armored', date });
}

/**
 * Checks a detached signature.
 *
 * @returns the fingerprint of the key that made it, upper-case hex
 * @throws UserError `signature-mismatch`, `invalid-key`
 */
export async function verifyDetached(
  publicKey: string,
  data: Uint8Array,
  signature: string,
  date: Date,
): Promise<string> {
  const { createMessage, readSignature, verify } = await import('openpgp');
  const verificationKeys = await readPublicKeys(publicKey);
  return checked(verificationKeys, async () =>
    verify({
      message: await createMessage({ binary: data }),
      signature: await readSignature({ armoredSignature: signature }),
      verificationKeys,
      date,
    }),
  );
}

/**
 * Checks a clearsigned text and that it carries exactly `expected`.
 *
 * @throws UserError `signature-mismatch`, `invalid-key`
 */
export async function verifyClear(
  publicKey: string,
  clearsigned: string,
  expected: string,
  date: Date,
): Promise<string> {
  const { readCleartextMessage, verify } = await import('openpgp');
  const verificationKeys = await readPublicKeys(publicKey);
  return checked(verificationKeys, async () => {
    const message = await readCleartextMessage({ cleartextMessage: clearsigned });
    if (message.getText().trimEnd() !== expected.trimEnd()) {
      throw new Error('the clearsigned text differs from the list');
    }
    return verify({ message, verificationKeys, date });
  });
}

/**
 * A clearsigned text in the one form that this project writes; other forms of it hold as well, with text around it or
 * with letters in its signature that say nothing.
 *
 * @throws Error when it is none
 */
export async function canonicalClear(clearsigned: string): Promise<string> {
  const { readCleartextMessage } = await import('openpgp');
  return (await readCleartextMessage({ cleartextMessage: clearsigned })).armor();
}

/**
 * A public key in the one armored form that this project writes, whoever armored it.
 *
 * @throws UserError `invalid-key`
 */
export async function canonicalPublicKey(armored: string): Promise<string> {
  const [key] = await readPublicKeys(armored);
  return key?.toPublic().armor() ?? '';
}

async function readPublicKeys(armored: string): Promise<openpgp.PublicKey[]> {
  const { readKeys } = await import('openpgp');
  try {
    return await readKeys({ armoredKeys: armored });
  } catch (cause) {
    throw new UserError('This is not an armored OpenPGP public key', {
      code: 'invalid-key',
      fix: 'Export it with `gpg --armor --export <fingerprint>`.',
      cause,
    });
  }
}

async function checked(
  keys: readonly openpgp.PublicKey[],
  verify: () => Promise<Pick<openpgp.VerifyMessageResult, 'signatures'>>,
): Promise<string> {
  try {
    const { signatures } = await verify();
    for (const entry of signatures) {
      await entry.verified;
      const signer = keys.find((key) => key.getKeys(entry.keyID).length > 0);
      if (signer) {
        return signer.getFingerprint().toUpperCase();
      }
    }
    throw new Error('there is no signature in it');
  } catch (cause) {
    const known = keys.map((key) => key.getFingerprint().toUpperCase()).join(', ');
    throw new UserError(`The OpenPGP signature is not by ${known}`, {
      code: 'signature-mismatch',
      fix: 'The list or the signature was changed, or another key made it: do not use the image.',
      cause,
    });
  }
}
