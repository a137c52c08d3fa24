import { readFile, stat } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import type { TrustedKeys } from './check.ts';
import { readPublicKey } from './keys.ts';
import { readMinisignPublicKey } from './minisign.ts';

/** Key files are small; anything larger is a mistake. */
const MAX_BYTES = 1024 * 1024;

/**
 * The text of a key that is given as its armored text or as the path of a file that holds it.
 *
 * @throws UserError `key-not-found` when it is neither; the value is not shown: it may be a damaged key
 */
export async function keyMaterial(value: string, input: string): Promise<string> {
  if (value.includes('-----BEGIN ') || value.includes('untrusted comment: ')) {
    return value;
  }
  const oneLine = !value.includes('\n') && value.length < 4096;
  const found = oneLine ? await stat(value).catch(() => undefined) : undefined;
  if (!found?.isFile() || found.size > MAX_BYTES) {
    throw new UserError(`${input} is neither an armored key nor the path of a key file`, {
      code: 'key-not-found',
      fix: `Pass the whole text of the key, from -----BEGIN to -----END, from a secret; or the path of a file that this job can read.`,
    });
  }
  return readFile(value, 'utf8');
}

/** The public keys in a text that holds a PEM block, an OpenPGP block and a minisign key, or some of them. */
export function splitPublicKeys(text: string): {
  readonly pem: string | undefined;
  readonly openpgp: string | undefined;
  readonly minisign: string | undefined;
} {
  const block = (label: string): string | undefined =>
    new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`).exec(text)?.[0];
  return {
    pem: block('PUBLIC KEY') ?? block('RSA PUBLIC KEY'),
    openpgp: block('PGP PUBLIC KEY BLOCK'),
    minisign: /^untrusted comment: [^\n]*\nRW[A-Za-z0-9+/]{54}$/m.exec(text)?.[0],
  };
}

/**
 * The keys in such a text, read.
 *
 * @throws UserError `invalid-key` when there is none, or one that cannot be read
 */
export function readTrustedKeys(text: string, input: string): TrustedKeys {
  const keys = splitPublicKeys(text);
  if (!keys.pem && !keys.openpgp && !keys.minisign) {
    throw new UserError(`${input} holds no public key`, {
      code: 'invalid-key',
      fix: 'Pass a PEM public key, an OpenPGP public key block, a minisign public key, or several of them.',
    });
  }
  return {
    publicKey: keys.pem ? readPublicKey(keys.pem) : undefined,
    openpgpKey: keys.openpgp,
    minisignKey: keys.minisign ? readMinisignPublicKey(keys.minisign) : undefined,
  };
}
