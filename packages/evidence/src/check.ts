import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, type Ports, UserError } from '@golden-image/host';
import type { FolderDigests } from './digest-folder.ts';
import type { PublicKey } from './keys.ts';
import type { MinisignPublicKey } from './minisign.ts';

/** The public halves of the keys that are trusted; what is signed by others is not checked, or fails. */
export interface TrustedKeys {
  /** For `.sig` files, bundles and statements. */
  readonly publicKey?: PublicKey | undefined;
  /** Armored, for the lists. */
  readonly openpgpKey?: string | undefined;
  readonly minisignKey?: MinisignPublicKey | undefined;
}

/** One thing that was checked. `unknown`: there was no key to check it with. */
export interface Check {
  readonly kind: 'checksums' | 'openpgp' | 'openssl' | 'sigstore' | 'minisign' | 'glance' | 'statement';
  /** The signature or list, relative to the signatures folder. */
  readonly file: string;
  /** What it is about, relative to the image folder. */
  readonly subject: string;
  readonly status: 'pass' | 'fail' | 'unknown';
  /** Who signed, for a signature that holds: `sha256:…` of a key, or a fingerprint. */
  readonly by?: string;
  /** Why it did not pass. */
  readonly reason?: string;
}

/** What all checks of a folder have in common. */
export interface CheckContext {
  readonly request: TrustedKeys & { readonly folder: string; readonly disk: string };
  /** The folder of the signatures, and the names of the files in it. */
  readonly signatures: string;
  readonly files: readonly string[];
  readonly digests: FolderDigests;
  readonly ports: Pick<Ports, 'exec' | 'clock'>;
}

/** Runs one check; what it throws is its reason to fail, what it returns is who signed. */
export async function outcome(
  check: Omit<Check, 'status'>,
  body: () => Promise<string | undefined>,
): Promise<Check> {
  try {
    const by = await body();
    return { ...check, status: 'pass', ...(by === undefined ? {} : { by }) };
  } catch (error) {
    return { ...check, status: 'fail', reason: describeError(error).message };
  }
}

/** The outcome without a key. */
export function unchecked(check: Omit<Check, 'status'>, key: string): Check {
  return { ...check, status: 'unknown', reason: `no ${key} was given to check it with` };
}

export function missing(name: string): never {
  throw new UserError(`${name} is missing`, { code: 'missing-file' });
}

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(`${path.basename(file)} is missing or cannot be read`, {
      code: 'missing-file',
      cause,
    });
  }
}
