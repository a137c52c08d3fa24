import { readFile, stat } from 'node:fs/promises';
import { type Ports, UserError } from '@golden-image/host';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { TrustedKeys } from './check.ts';
import { keyMaterial, readTrustedKeys } from './key-material.ts';
import { trustedIdentity } from './sigstore/identity.ts';
import { fetchTrustedRoots, readTrustedRoots } from './sigstore/trusted-root.ts';

/** Whom to believe, as the inputs of an action say it; each optional. */
export interface GivenTrust {
  /** Public keys, or the path of a file with them. */
  readonly publicKey: string | undefined;
  /** Who may sign keyless: exactly, or a regular expression between slashes. */
  readonly identity: string | undefined;
  /** The OIDC issuer of the identity. */
  readonly issuer: string;
  /** Path of the trusted roots; without it, an identity is checked against the public good root, which is fetched. */
  readonly trustedRoot: string | undefined;
}

/** Trusted roots and signing configs are small. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The keys, the identity and the roots; nothing where nothing is given.
 *
 * @throws UserError those of the readers
 */
export async function readTrust(given: GivenTrust, ports: Pick<Ports, 'log'>): Promise<TrustedKeys> {
  const { publicKey, identity, issuer } = given;
  const keys = publicKey
    ? readTrustedKeys(await keyMaterial(publicKey, 'public-key'), 'public-key')
    : undefined;
  const trustedRoots = await givenRoots(given.trustedRoot);
  return {
    ...keys,
    trustedRoots,
    identity: identity
      ? trustedIdentity(identity, issuer, trustedRoots ?? (await fetchTrustedRoots(ports)))
      : undefined,
  };
}

/**
 * The trusted roots in a file, or in the value itself.
 *
 * @throws UserError `file-not-found`, `invalid-trusted-root`
 */
export async function givenRoots(value: string | undefined): Promise<readonly TrustedRoot[] | undefined> {
  return value ? readTrustedRoots(await textOrFile(value, 'trusted-root')) : undefined;
}

/**
 * The content of the file that the value names, or the value itself when it is such content (of several lines, JSON or a
 * name).
 *
 * @throws UserError `file-not-found` for what looks like a path
 */
export async function textOrFile(value: string, input: string): Promise<string> {
  const content = value.includes('\n') || value.includes('=') || /^\s*\{/.test(value);
  const found = content ? undefined : await stat(value).catch(() => undefined);
  if (found?.isFile() && found.size <= MAX_BYTES) {
    return readFile(value, 'utf8');
  }
  if (!content && /[/.]/.test(value)) {
    throw new UserError(`${input} names ${value}, which is not a readable file of less than 4 MiB`, {
      code: 'file-not-found',
      fix: `Check the path in ${input}, and that an earlier step of this job wrote it.`,
    });
  }
  return value;
}
