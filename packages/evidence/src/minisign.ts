import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  type ScryptOptions,
  scrypt,
  sign,
  verify,
} from 'node:crypto';
import { UserError } from '@golden-image/host';

/**
 * Minisign keys and pre-hashed signatures (`ED`): Ed25519 over the BLAKE2b-512 of the file, so that a file is signed from
 * its digest. Source: minisign 0.12, doc/minisign.1 and minisign.c.
 */
export interface MinisignPublicKey {
  /** Eight bytes that name the key. */
  readonly id: Buffer;
  readonly key: KeyObject;
  /** Two lines, as in a `.pub` file. */
  readonly text: string;
}

export interface MinisignKey {
  readonly key: KeyObject;
  readonly publicKey: MinisignPublicKey;
}

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** The key's name as minisign shows it: sixteen hex digits. */
export function minisignKeyId(key: MinisignPublicKey): string {
  return Buffer.from(key.id).reverse().toString('hex').toUpperCase();
}

/**
 * Reads a minisign secret key, encrypted or not.
 *
 * @throws UserError `invalid-key`, `passphrase-missing`, `wrong-passphrase`
 */
export async function readMinisignKey(text: string, passphrase?: string): Promise<MinisignKey> {
  const raw = Buffer.from(lastLine(text), 'base64');
  const [algorithm, kdf] = [raw.toString('latin1', 0, 2), raw.toString('latin1', 2, 4)];
  if (raw.length !== 158 || algorithm !== 'Ed' || !['Sc', '\0\0'].includes(kdf)) {
    throw new UserError('This is not a minisign secret key', {
      code: 'invalid-key',
      fix: 'Pass the content of the file that `minisign -G -s` wrote.',
    });
  }
  const secret = Buffer.from(raw.subarray(54));
  if (kdf === 'Sc') {
    if (!passphrase) {
      throw new UserError('The minisign key is encrypted and no passphrase is given', {
        code: 'passphrase-missing',
        fix: 'Pass minisign-passphrase from a secret.',
      });
    }
    const stream = await stretch(
      passphrase,
      raw.subarray(6, 38),
      raw.readBigUInt64LE(38),
      raw.readBigUInt64LE(46),
    );
    stream.forEach((byte, index) => {
      secret[index] = (secret[index] ?? 0) ^ byte;
    });
  }
  const id = Buffer.from(secret.subarray(0, 8));
  const key = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8, secret.subarray(8, 40)]),
    format: 'der',
    type: 'pkcs8',
  });
  const point = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32);
  // The second half of the secret is the public key: a wrong passphrase cannot give a pair that fits.
  if (!point.equals(secret.subarray(40, 72))) {
    throw new UserError(
      kdf === 'Sc'
        ? 'The minisign key cannot be decrypted with this passphrase'
        : 'The minisign key is damaged',
      {
        code: kdf === 'Sc' ? 'wrong-passphrase' : 'invalid-key',
        fix: 'Check that minisign-key and minisign-passphrase belong together.',
      },
    );
  }
  return { key, publicKey: publicKeyOf(id, point) };
}

/**
 * Reads a minisign public key: its file, or the base64 line alone.
 *
 * @throws UserError `invalid-key`
 */
export function readMinisignPublicKey(text: string): MinisignPublicKey {
  const raw = Buffer.from(lastLine(text), 'base64');
  if (raw.length !== 42 || raw.toString('latin1', 0, 2) !== 'Ed') {
    throw new UserError('This is not a minisign public key', {
      code: 'invalid-key',
      fix: 'Pass the content of the file that `minisign -G -p` wrote.',
    });
  }
  return publicKeyOf(Buffer.from(raw.subarray(2, 10)), raw.subarray(10));
}

/** A `.minisig` file over a file with this BLAKE2b-512 digest; the comment is signed too. */
export function signMinisign(key: MinisignKey, blake2b512: Uint8Array, comment: string): string {
  const signature = sign(null, blake2b512, key.key);
  const all = sign(null, Buffer.concat([signature, Buffer.from(comment)]), key.key);
  const blob = Buffer.concat([Buffer.from('ED'), key.publicKey.id, signature]);
  return [
    'untrusted comment: signature by golden-image-actions',
    blob.toString('base64'),
    `trusted comment: ${comment}`,
    all.toString('base64'),
    '',
  ].join('\n');
}

/**
 * Checks a `.minisig` file.
 *
 * @throws UserError `signature-mismatch`
 */
export function verifyMinisign(key: MinisignPublicKey, blake2b512: Uint8Array, text: string): void {
  const [, first = '', comment = '', second = ''] = text.split('\n');
  const blob = Buffer.from(first, 'base64');
  const signature = blob.subarray(10);
  const prefix = 'trusted comment: ';
  const commented = Buffer.concat([signature, Buffer.from(comment.slice(prefix.length))]);
  const good =
    blob.toString('latin1', 0, 2) === 'ED' &&
    key.id.equals(blob.subarray(2, 10)) &&
    comment.startsWith(prefix) &&
    verify(null, blake2b512, key.key, signature) &&
    verify(null, commented, key.key, Buffer.from(second, 'base64'));
  if (!good) {
    throw new UserError(`The signature is not by the minisign key ${minisignKeyId(key)}`, {
      code: 'signature-mismatch',
      fix: 'What was signed or the signature was changed, or another key made it: do not use it.',
    });
  }
}

function publicKeyOf(id: Buffer, point: Uint8Array): MinisignPublicKey {
  const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI, point]), format: 'der', type: 'spki' });
  const base64 = Buffer.concat([Buffer.from('Ed'), id, point]).toString('base64');
  const name = Buffer.from(id).reverse().toString('hex').toUpperCase();
  return { id, key, text: `untrusted comment: minisign public key ${name}\n${base64}\n` };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

/** libsodium's choice of scrypt parameters from its two limits (crypto_pwhash_scryptsalsa208sha256, pickparams). */
function stretch(passphrase: string, salt: Uint8Array, operations: bigint, memory: bigint): Promise<Buffer> {
  const ops = Math.max(Number(operations), 32_768);
  const mem = Number(memory);
  const r = 8;
  const limited = ops < mem / 32;
  const most = limited ? ops / (r * 4) : mem / (r * 128);
  let log = 1;
  while (log < 40 && 2 ** log <= most / 2) {
    log += 1;
  }
  const N = 2 ** log;
  const p = limited ? 1 : Math.max(1, Math.floor(Math.min(ops / 4 / N, 0x3fffffff) / r));
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    if (mem > 2 ** 31) {
      reject(new UserError('The minisign key asks for more memory than 2 GiB', { code: 'invalid-key' }));
      return;
    }
    scrypt(passphrase, salt, 104, options, (error, derived) => (error ? reject(error) : resolve(derived)));
  });
}
