import { createHash } from 'node:crypto';
import { type Ports, UserError } from '@golden-image/host';
import type { SignaturePacket } from 'openpgp';
import { type Expected, parseChecksum } from './algorithms.ts';
import { findDigest, parseChecksumList } from './checksum-list.ts';
import { isClearsigned } from './clearsigned.ts';
import { baseName, type Location, parseLocation, shownLocation } from './location.ts';
import type { Signer } from './openpgp-verify.ts';
import type { PinnedKeys } from './pinned-keys.ts';
import { readSmall } from './small-file.ts';
import { type Proof, vendorProofs } from './vendors.ts';
import type { MediumRequest } from './verify-request.ts';

/** The checksum list that was used. */
export interface UsedList {
  readonly uri: string;
  readonly sha256: string;
}

/** What the medium is measured by. */
export interface Trust {
  /** All of them must hold; none when a signature is over the medium itself. */
  readonly expected: readonly Expected[];
  readonly signer: Signer | undefined;
  readonly list: UsedList | undefined;
  /** A signature over the medium itself, judged when its bytes are there. */
  readonly detached: { readonly packet: SignaturePacket; readonly keys: PinnedKeys } | undefined;
}

type TrustPorts = Pick<Ports, 'clock' | 'log' | 'signal'>;

interface SmallFile {
  readonly location: Location;
  readonly bytes: Uint8Array;
}

interface FoundProof {
  readonly list: SmallFile | undefined;
  readonly signature: SmallFile | undefined;
}

/**
 * Finds the digest that the medium must have, and who says so, before a byte of it is fetched.
 *
 * @param name what the list calls the medium
 * @throws UserError `no-proof`, `unsigned-list`, and what list, signature and keys throw
 */
export async function establishTrust(
  request: MediumRequest,
  source: Location,
  name: string,
  ports: TrustPorts,
): Promise<Trust> {
  const given = request.checksum === undefined ? [] : [parseChecksum(request.checksum)];
  const proof = await findProof(request, source, given.length > 0, ports);
  if (!proof) {
    return { expected: given, signer: undefined, list: undefined, detached: undefined };
  }
  if (!proof.list) {
    const detached = await mediumSignature(request, proof.signature, ports);
    return { expected: given, signer: undefined, list: undefined, detached };
  }
  const { text, signer } = await signedText(request, proof, proof.list, ports);
  const { location, bytes } = proof.list;
  const listName = baseName(location);
  const listed = findDigest(parseChecksumList(text, listName), name, listName);
  const list = { uri: shownLocation(location), sha256: createHash('sha256').update(bytes).digest('hex') };
  return { expected: [...given, listed], signer, list, detached: undefined };
}

/** The list and signature that the inputs name, else the vendor's; undefined when a given digest is all there is. */
async function findProof(
  request: MediumRequest,
  source: Location,
  hasDigest: boolean,
  ports: TrustPorts,
): Promise<FoundProof | undefined> {
  const { checksumFile, signature, vendor } = request;
  if (checksumFile !== undefined || signature !== undefined) {
    const explicit: Proof = {
      list: checksumFile === undefined ? undefined : parseLocation(checksumFile),
      signature: signature === undefined ? undefined : parseLocation(signature),
    };
    return readProof(explicit, request, ports);
  }
  const proofs = vendor ? vendorProofs(vendor, source) : [];
  if (hasDigest || proofs.length === 0) {
    if (!hasDigest) {
      throw noProof(request);
    }
    return undefined;
  }
  return firstProof(proofs, request, ports);
}

async function firstProof(
  proofs: readonly Proof[],
  request: MediumRequest,
  ports: TrustPorts,
): Promise<FoundProof> {
  let failure: unknown;
  for (const proof of proofs) {
    try {
      return await readProof(proof, request, ports);
    } catch (error) {
      if (!(error instanceof UserError) || !['download-failed', 'not-found'].includes(error.code)) {
        throw error;
      }
      failure ??= error;
    }
  }
  throw failure;
}

async function readProof(proof: Proof, request: MediumRequest, ports: TrustPorts): Promise<FoundProof> {
  const read = async (location: Location | undefined, what: string): Promise<SmallFile | undefined> =>
    location && { location, bytes: await readSmall(location, what, request, ports) };
  return {
    list: await read(proof.list, 'checksum list'),
    signature: await read(proof.signature, 'signature'),
  };
}

/** The part of a list that its signature covers; the whole of it where the user accepts an unsigned one. */
async function signedText(
  request: MediumRequest,
  proof: FoundProof,
  list: SmallFile,
  ports: TrustPorts,
): Promise<{ readonly text: string; readonly signer: Signer | undefined }> {
  const name = baseName(list.location);
  const clearsigned = isClearsigned(list.bytes);
  if (!proof.signature && !clearsigned) {
    if (!request.allowUnsigned) {
      throw unsigned(name);
    }
    ports.log.warning(`${name} is not signed: its digests are only as good as the way it came here.`);
    return { text: Buffer.from(list.bytes).toString('utf8'), signer: undefined };
  }
  const { pinnedKeys, readClearsigned, readDetached, verifySignatures } = await import('./openpgp.ts');
  const signed = proof.signature
    ? await readDetached(proof.signature.bytes, list.bytes, baseName(proof.signature.location))
    : await readClearsigned(list.bytes, name);
  const now = ports.clock.now();
  const keys = await pinnedKeys(request, now, ports.log);
  const options = { ...keys, now, strictExpiry: request.strictExpiry };
  const signer = await verifySignatures(signed.packets, signed.literal, options);
  // Of a clearsigned list with a detached signature as well, the inner text is what counts.
  const inner = proof.signature && clearsigned ? await readClearsigned(list.bytes, name) : signed;
  return { text: inner.text, signer };
}

async function mediumSignature(
  request: MediumRequest,
  signature: SmallFile | undefined,
  ports: TrustPorts,
): Promise<NonNullable<Trust['detached']>> {
  const { pinnedKeys, readSignaturePackets } = await import('./openpgp.ts');
  const name = signature ? baseName(signature.location) : 'signature';
  const packets = await readSignaturePackets(signature?.bytes ?? new Uint8Array(), name);
  const [packet] = packets;
  if (!packet || packets.length > 1) {
    throw new UserError(`${name} holds ${packets.length} signatures; over a medium itself one is supported`, {
      code: 'invalid-signature',
      fix: 'Pass the file with the one signature of the vendor.',
    });
  }
  return { packet, keys: await pinnedKeys(request, ports.clock.now(), ports.log) };
}

function unsigned(name: string): UserError {
  return new UserError(`The checksum list ${name} is not signed, so nothing proves that it is the vendor's`, {
    code: 'unsigned-list',
    fix: 'Pass its "signature", pin the digest itself in "checksum", or accept the risk with allow-unsigned: true.',
  });
}

function noProof(request: MediumRequest): UserError {
  const vendor = request.vendor ? ` of ${request.vendor}` : '';
  return new UserError(`Nothing says which digest this medium${vendor} must have`, {
    code: 'no-proof',
    fix: 'Pass "checksum-file" with "signature", or "checksum", or a "vendor" whose lists lie beside the medium.',
  });
}
