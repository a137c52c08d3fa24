import { describeError, type Ports, UserError } from '@golden-image/host';
import type { FolderDigests } from './digest-folder.ts';
import type { MinisignPublicKey } from './minisign.ts';
import type { BundleTrust } from './sigstore/verify.ts';
import { readSmallFile } from './small-file.ts';

/** The public halves of the keys, and the identity, that are trusted; what others signed is not checked, or fails. */
export interface TrustedKeys extends BundleTrust {
  /** Armored, for the lists. */
  readonly openpgpKey?: string | undefined;
  readonly minisignKey?: MinisignPublicKey | undefined;
}

/** Who signed, for a signature that holds. */
export interface SignedBy {
  /** `sha256:…` of a key, a fingerprint, or an identity. */
  readonly by: string;
  /** OIDC issuer, for an identity. */
  readonly issuer?: string;
  /** The earliest time at which the signature provably existed, ISO 8601. */
  readonly at?: string;
}

/** One thing that was checked. `unknown`: there was no key to check it with. */
export interface Check extends Partial<SignedBy> {
  readonly kind: 'checksums' | 'openpgp' | 'openssl' | 'sigstore' | 'minisign' | 'glance' | 'statement';
  /** The signature or list, relative to the signatures folder. */
  readonly file: string;
  /** What it is about, relative to the image folder. */
  readonly subject: string;
  readonly status: 'pass' | 'fail' | 'unknown';
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
  body: () => Promise<SignedBy | undefined>,
): Promise<Check> {
  try {
    return { ...check, status: 'pass', ...(await body()) };
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

/** @throws UserError those of `readSmallFile` */
export async function readText(file: string): Promise<string> {
  return (await readSmallFile(file)).toString('utf8');
}
