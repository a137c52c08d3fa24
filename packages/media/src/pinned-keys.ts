import { readFile } from 'node:fs/promises';
import { type Log, UserError } from '@golden-image/host';
import type { PublicKey } from 'openpgp';
import { day } from './day.ts';
import { fingerprintOf, normaliseFingerprint, readKeyring } from './openpgp-keys.ts';
import { VENDOR_KEYS } from './vendor-keys.ts';
import { type Vendor, vendorFingerprints } from './vendors.ts';

const WARN_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Keys to verify with, and which of them may sign. */
export interface PinnedKeys {
  readonly keys: readonly PublicKey[];
  /** Upper-case hex. */
  readonly fingerprints: readonly string[];
}

/** Where keys come from. */
export interface KeyRequest {
  readonly vendor?: Vendor | undefined;
  /** A path, or armored keys. */
  readonly keyring?: string | undefined;
  readonly fingerprints?: readonly string[] | undefined;
}

/**
 * The keys that may have signed: pinned by fingerprint, by the user or by the vendors' table. A key is never trusted for
 * being in a keyring.
 *
 * @throws UserError `no-fingerprints`, `invalid-fingerprint`, `keyring-not-found`
 */
export async function pinnedKeys(request: KeyRequest, now: Date, log: Log): Promise<PinnedKeys> {
  const given = (request.fingerprints ?? []).map(normaliseFingerprint);
  const vendors = request.vendor ? vendorFingerprints(request.vendor) : [];
  const fingerprints = given.length > 0 ? given : vendors;
  const keyring = await readKeyring(await keySources(request.keyring, fingerprints));
  for (const sentence of keyring.skipped) {
    log.notice(sentence);
  }
  if (fingerprints.length === 0) {
    throw noFingerprints(keyring.keys);
  }
  const keys = await joined(keyring.keys, now);
  await warnOfExpiry(keys, fingerprints, now, log);
  return { keys, fingerprints };
}

async function keySources(
  keyring: string | undefined,
  fingerprints: readonly string[],
): Promise<readonly Uint8Array[]> {
  const bundled = fingerprints.flatMap((pin) => {
    const key = Object.hasOwn(VENDOR_KEYS, pin) ? VENDOR_KEYS[pin] : undefined;
    return key ? [Buffer.from(key, 'base64')] : [];
  });
  if (keyring === undefined) {
    return bundled;
  }
  if (keyring.includes('-----BEGIN PGP')) {
    return [Buffer.from(keyring), ...bundled];
  }
  const bytes = await readFile(keyring).catch((cause: unknown) => {
    throw new UserError(`The keyring ${keyring} cannot be read`, {
      code: 'keyring-not-found',
      fix: 'Pass the path of a file with OpenPGP public keys, or the armored keys themselves.',
      cause,
    });
  });
  return [bytes, ...bundled];
}

/** A packaged copy of a key can be older than its extension or its revocation: copies are joined. */
async function joined(keys: readonly PublicKey[], now: Date): Promise<readonly PublicKey[]> {
  const result = new Map<string, PublicKey>();
  for (const key of keys) {
    const before = result.get(fingerprintOf(key));
    result.set(fingerprintOf(key), before ? await before.update(key, now) : key);
  }
  return [...result.values()];
}

async function warnOfExpiry(
  keys: readonly PublicKey[],
  fingerprints: readonly string[],
  now: Date,
  log: Log,
): Promise<void> {
  for (const key of keys.filter((candidate) => fingerprints.includes(fingerprintOf(candidate)))) {
    const end = await key.getExpirationTime();
    const left = end instanceof Date ? (end.getTime() - now.getTime()) / DAY_MS : Number.POSITIVE_INFINITY;
    if (end instanceof Date && left > 0 && left <= WARN_DAYS) {
      log.warning(
        `The pinned key ${fingerprintOf(key)} expires on ${day(end)}, in ${Math.ceil(left)} days: get its extended copy or its successor.`,
      );
    }
  }
}

function noFingerprints(keys: readonly PublicKey[]): UserError {
  const found = keys.map(fingerprintOf).slice(0, 8);
  const hint = found.length > 0 ? ` The keyring holds ${found.join(', ')}.` : '';
  return new UserError(`No fingerprint says whose signature is to be trusted.${hint}`, {
    code: 'no-fingerprints',
    fix: 'Name the vendor, or pin the fingerprints that the vendor publishes in "fingerprints".',
  });
}
