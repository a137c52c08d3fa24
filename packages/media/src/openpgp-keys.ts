import { UserError } from '@golden-image/host';
import { type PublicKey, readKey, unarmor } from 'openpgp';
import { splitKeys } from './openpgp-packets.ts';

/** Public keys that could be read, and what could not be. */
export interface Keyring {
  readonly keys: readonly PublicKey[];
  /** One sentence for each key or block that was skipped. */
  readonly skipped: readonly string[];
}

const ARMOR = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;

/**
 * Reads every public key of some files or texts, armored or binary, several in each. Vendors publish files where one
 * key is of a kind that this reader does not know: such a key is skipped, the others are used.
 */
export async function readKeyring(sources: readonly Uint8Array[]): Promise<Keyring> {
  const keys: PublicKey[] = [];
  const skipped: string[] = [];
  for (const source of sources) {
    for (const block of await keyBlocks(source, skipped)) {
      try {
        // A secret key that somebody put here serves by its public half.
        keys.push((await readKey({ binaryKey: block })).toPublic());
      } catch (error) {
        skipped.push(`A key was skipped: ${message(error)}`);
      }
    }
  }
  return { keys, skipped };
}

async function keyBlocks(source: Uint8Array, skipped: string[]): Promise<readonly Uint8Array[]> {
  const text = Buffer.from(source).toString('latin1');
  const armored = text.match(ARMOR);
  if (!armored) {
    return split(source, skipped);
  }
  const blocks: Uint8Array[] = [];
  for (const block of armored) {
    try {
      const { data } = await unarmor(block);
      blocks.push(...split(data as Uint8Array, skipped));
    } catch (error) {
      skipped.push(`An armored block was skipped: ${message(error)}`);
    }
  }
  return blocks;
}

function split(bytes: Uint8Array, skipped: string[]): readonly Uint8Array[] {
  const { keys, rest } = splitKeys(bytes);
  if (rest) {
    skipped.push(`Bytes that are no OpenPGP key were skipped: ${rest}`);
  }
  return keys;
}

/** Upper-case hex, as people compare it. */
export function fingerprintOf(key: { getFingerprint(): string }): string {
  return key.getFingerprint().toUpperCase();
}

/** The first user id, or the fingerprint where there is none. */
export function nameOf(key: PublicKey): string {
  return key.getUserIDs()[0] ?? fingerprintOf(key);
}

/**
 * Brings a fingerprint to upper-case hex without spaces or `0x`: 40 digits, or 64 for keys of version 5 and 6.
 *
 * @throws UserError `invalid-fingerprint`; short key ids are refused, others can be made to match them
 */
export function normaliseFingerprint(text: string): string {
  const hex = text.replace(/^0x/i, '').replace(/[\s:]/g, '').toUpperCase();
  if (!/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(hex)) {
    throw new UserError(`${JSON.stringify(text.slice(0, 80))} is not a fingerprint`, {
      code: 'invalid-fingerprint',
      fix: 'Write the whole fingerprint, 40 or 64 hex digits, as `gpg --show-keys` prints it.',
    });
  }
  return hex;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
