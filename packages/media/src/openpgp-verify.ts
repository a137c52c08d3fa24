import { UserError } from '@golden-image/host';
import { config, enums, type PublicKey, type SignaturePacket, type Subkey } from 'openpgp';
import { day } from './day.ts';
import { fingerprintOf, nameOf } from './openpgp-keys.ts';

/** A signature that holds. */
export interface Signer {
  /** Of the primary key, upper-case hex. */
  readonly fingerprint: string;
  /** The key's first user id, as the key says it. */
  readonly name: string;
  readonly signedAt: Date;
  /** When the key that signed ends; undefined when it does not. */
  readonly keyExpires: Date | undefined;
}

export interface VerifyOptions {
  readonly keys: readonly PublicKey[];
  /** Upper-case hex; of a primary key or of the very subkey that signs. */
  readonly fingerprints: readonly string[];
  readonly now: Date;
  /** Refuse a key that has expired by now, even when the signature is older. */
  readonly strictExpiry: boolean;
}

/**
 * Accepts the first signature that a pinned key made.
 *
 * @param literal what the signatures are over, as openpgp.js packs it
 * @throws UserError `bad-signature`, `wrong-signer`, `missing-key`, `revoked-key`, `expired-key`, `weak-signature`
 */
export async function verifySignatures(
  packets: readonly SignaturePacket[],
  literal: object,
  options: VerifyOptions,
): Promise<Signer> {
  const failures: UserError[] = [];
  for (const packet of packets) {
    try {
      return await verifyOne(packet, literal, options);
    } catch (error) {
      if (!(error instanceof UserError)) {
        throw error;
      }
      failures.push(error);
    }
  }
  // A broken signature of the right key says more than a stranger's beside it.
  const order = [
    'bad-signature',
    'revoked-key',
    'expired-key',
    'weak-signature',
    'missing-key',
    'wrong-signer',
  ];
  failures.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
  throw failures[0] ?? bad('there is no signature in it');
}

async function verifyOne(packet: SignaturePacket, literal: object, options: VerifyOptions): Promise<Signer> {
  // A damaged signature may name none, though the types say that it always does; any key would match it.
  if ((packet.issuerKeyID as unknown) === undefined) {
    throw bad('it does not say which key made it');
  }
  const issuer = issuerOf(packet);
  const key = options.keys.find((candidate) => candidate.getKeys(packet.issuerKeyID).length > 0);
  const signing = key?.getKeys(packet.issuerKeyID)[0];
  if (!key || !signing) {
    throw strangerOrMissing(issuer, options.fingerprints);
  }
  const fingerprint = fingerprintOf(key);
  if (!options.fingerprints.some((pin) => pin === fingerprint || pin === fingerprintOf(signing))) {
    throw wrongSigner(`${fingerprint} (${nameOf(key)})`, options.fingerprints);
  }
  const { signatureType, created } = packet;
  if ((signatureType !== enums.signature.binary && signatureType !== enums.signature.text) || !created) {
    throw bad(`${fingerprint} made it as another kind of signature, not over a file`);
  }
  try {
    await packet.verify(signing.keyPacket, signatureType, literal, options.now, true, config);
  } catch (error) {
    throw judge(error, fingerprint);
  }
  const keyExpires = await checkKey(key, signing, created, options);
  return { fingerprint, name: nameOf(key), signedAt: created, keyExpires };
}

/**
 * Whether the key was good when it signed. Its expiry is judged at the signature's time; a revocation counts whenever
 * it was made, because nobody can tell when a stolen key was used.
 *
 * @returns when the key ends
 */
async function checkKey(
  key: PublicKey,
  signing: PublicKey | Subkey,
  created: Date,
  options: VerifyOptions,
): Promise<Date | undefined> {
  const fingerprint = fingerprintOf(key);
  const subkey = 'mainKey' in signing ? signing : undefined;
  const revoked =
    (await key.isRevoked(undefined, undefined, options.now)) ||
    (subkey && (await isSubkeyRevoked(subkey, options.now)));
  if (revoked) {
    throw keyError('revoked-key', `The key ${fingerprint} is revoked`);
  }
  if (signing.getCreationTime() > created) {
    throw bad(`it is dated before its key ${fingerprint} was made`);
  }
  // A key that was extended after it signed may come with newer self-signatures only: judge it as of those.
  const at = new Date(Math.max(created.getTime(), validFrom(key, signing)));
  try {
    await key.getSigningKey(signing.getKeyID(), at);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw keyError(
      /expired/i.test(reason) ? 'expired-key' : 'weak-signature',
      `The key ${fingerprint} could not sign on ${day(created)}: ${reason}`,
    );
  }
  const ends = await expiry(key, subkey, at);
  if (ends && ends <= created) {
    throw keyError('expired-key', `The key ${fingerprint} had expired on ${day(ends)}, before the signature`);
  }
  if (ends && options.strictExpiry && ends <= options.now) {
    throw keyError('expired-key', `The key ${fingerprint} expired on ${day(ends)}`);
  }
  return ends;
}

/** The earlier end of the primary key and of the subkey that signs; undefined when neither ends. */
async function expiry(key: PublicKey, subkey: Subkey | undefined, at: Date): Promise<Date | undefined> {
  const ends = [await key.getExpirationTime(), await subkey?.getExpirationTime(at)];
  const dates = ends.filter((end): end is Date => end instanceof Date);
  return dates.sort((a, b) => a.getTime() - b.getTime())[0];
}

/** When the oldest self-signatures in this copy of the key were made, in milliseconds. */
function validFrom(key: PublicKey, signing: PublicKey | Subkey): number {
  const users = key.users.flatMap((user) => user.selfCertifications);
  const bindings = 'mainKey' in signing ? signing.bindingSignatures : [];
  const oldest = [users, bindings].map((signatures) =>
    Math.min(...signatures.flatMap(({ created }) => (created ? [created.getTime()] : []))),
  );
  return Math.max(0, ...oldest.filter(Number.isFinite));
}

/** openpgp.js takes the signature to check against as optional; its types do not say so. */
async function isSubkeyRevoked(subkey: Subkey, now: Date): Promise<boolean> {
  const check = subkey.isRevoked.bind(subkey) as unknown as (
    signature?: SignaturePacket,
    key?: object,
    date?: Date,
  ) => Promise<boolean>;
  return check(undefined, undefined, now);
}

/** The issuer as the signature names it: a fingerprint where it has one, else a key id. */
function issuerOf(packet: SignaturePacket): string {
  const { issuerFingerprint } = packet;
  const hex = issuerFingerprint ? Buffer.from(issuerFingerprint).toString('hex') : packet.issuerKeyID.toHex();
  return hex.toUpperCase();
}

function strangerOrMissing(issuer: string, pins: readonly string[]): UserError {
  const pinned = pins.find((pin) => pin === issuer || (issuer.length === 16 && pin.endsWith(issuer)));
  if (!pinned) {
    return wrongSigner(`the key ${issuer}, which is not in the keyring`, pins);
  }
  return new UserError(
    `The key ${pinned} made the signature and is pinned, but the keyring does not hold it`,
    {
      code: 'missing-key',
      fix: 'Add the key to the file in "keyring".',
    },
  );
}

function wrongSigner(who: string, pins: readonly string[]): UserError {
  return new UserError(`The signature was made by ${who}, not by a pinned key (${pins.join(', ')})`, {
    code: 'wrong-signer',
    fix: 'Do not use this medium unless the vendor itself announces that key; then pin its fingerprint.',
  });
}

function judge(error: unknown, fingerprint: string): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  if (/insecure/i.test(reason)) {
    return keyError('weak-signature', `The signature of ${fingerprint} is too weak: ${reason}`);
  }
  return bad(`${fingerprint} did not sign these bytes (${reason})`);
}

function bad(reason: string): UserError {
  return new UserError(`The signature is wrong: ${reason}`, {
    code: 'bad-signature',
    fix: 'Download list and signature again from the vendor; if it stays wrong, do not use the medium.',
  });
}

function keyError(code: string, text: string): UserError {
  return new UserError(text, {
    code,
    fix: "Get the vendor's current key, or a list signed by a current key.",
  });
}
