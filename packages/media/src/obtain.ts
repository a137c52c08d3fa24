import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, publishAtomically, UserError } from '@golden-image/host';
import { Digester, type Digests } from './digester.ts';
import { type Downloaded, download } from './download.ts';
import { hashFile } from './hash-file.ts';
import { HashThread } from './hash-thread.ts';
import { checkDigests, checkMediumSignature, digestPlan, mismatch } from './judge.ts';
import { beside, type Location, parseLocation, shownUrl } from './location.ts';
import { cacheKey, dropFromCache, keepInCache, linkOrCopy } from './medium-cache.ts';
import type { Signer } from './openpgp-verify.ts';
import type { Trust } from './trust.ts';
import { MAX_MEDIUM_BYTES, type MediumRequest } from './verify-request.ts';

/** A medium whose bytes are the vendor's. */
export interface Obtained {
  readonly path: string;
  readonly bytes: number;
  readonly digests: Digests;
  readonly cacheHit: boolean;
  /** Where the bytes came from, as URLs; empty for a local file or a cache hit. */
  readonly servers: readonly string[];
  /** Who signed the medium itself. */
  readonly signer: Signer | undefined;
}

type ObtainPorts = Pick<Ports, 'clock' | 'log' | 'signal'>;

/** Looks at a file before it gets its name; throwing keeps it from getting it. */
export type Inspect = (file: string) => Promise<void>;

/** Verifies a file where it lies; one that is not the vendor's is removed. */
export async function verifyLocal(
  file: string,
  trust: Trust,
  request: MediumRequest,
  ports: ObtainPorts,
): Promise<Obtained> {
  const digester = new Digester(digestPlan(trust));
  const bytes = await hashFile(file, digester, ports);
  const digests = digester.digests();
  try {
    checkDigests(trust, digests, file, 'The file was removed.');
    const signer = await checkMediumSignature(trust, digester, request.strictExpiry, ports.clock);
    return { path: file, bytes, digests, cacheHit: false, servers: [], signer };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Brings a medium into the output folder, from the cache or from a server; it gets its name only when it is verified. */
export async function fetchMedium(
  source: URL,
  name: string,
  trust: Trust,
  request: MediumRequest,
  inspect: Inspect,
  ports: ObtainPorts,
): Promise<Obtained> {
  const target = path.resolve(request.output, name);
  const fetched = await publishAtomically(target, async (partial) => {
    const found =
      (await fromCache(partial, trust, request, ports)) ??
      (await fromServers(source, name, partial, trust, request, ports));
    await inspect(partial);
    return found;
  });
  if (!fetched.cacheHit) {
    await keepInCache(request.cache, target, fetched.digests, ports.log);
  }
  return { ...fetched, path: target };
}

/** A cached file is hashed again on every hit; one that changed is forgotten. */
async function fromCache(
  partial: string,
  trust: Trust,
  request: MediumRequest,
  ports: ObtainPorts,
): Promise<Omit<Obtained, 'path'> | undefined> {
  const { cache } = request;
  for (const { algorithm, hex } of cache ? trust.expected : []) {
    const key = cacheKey(algorithm, hex);
    const kept = await cache?.find(key);
    if (cache && kept !== undefined) {
      await linkOrCopy(kept, partial);
      const digester = new Digester(digestPlan(trust));
      const bytes = await hashFile(partial, digester, ports);
      if (!mismatch(trust, digester.digests())) {
        const signer = await checkMediumSignature(trust, digester, request.strictExpiry, ports.clock);
        return { bytes, digests: digester.digests(), cacheHit: true, servers: [], signer };
      }
      ports.log.warning(
        'The medium in the cache has changed: it is removed from there and downloaded again.',
      );
      await dropFromCache(cache, key, kept);
      await rm(partial, { force: true });
    }
  }
  return undefined;
}

/** Downloads, with the hashes computed beside. */
async function fromServers(
  source: URL,
  name: string,
  partial: string,
  trust: Trust,
  request: MediumRequest,
  ports: ObtainPorts,
): Promise<Omit<Obtained, 'path'>> {
  const hashes = new HashThread(digestPlan(trust));
  try {
    const urls = [source, ...mirrorUrls(request.mirrors ?? [], source)];
    const got = await rightBytes(urls, partial, hashes, trust, request, ports);
    const digests = await hashes.digests();
    checkDigests(trust, digests, name, 'The file was removed.');
    const signer = await checkMediumSignature(trust, hashes, request.strictExpiry, ports.clock);
    return { signer, ...summary(got, digests) };
  } finally {
    await hashes.close();
  }
}

/** Tries the servers until one gives the right bytes, or none is left; the digest does not care which. */
async function rightBytes(
  servers: readonly URL[],
  target: string,
  hashes: HashThread,
  trust: Trust,
  request: MediumRequest,
  ports: ObtainPorts,
): Promise<Downloaded> {
  const { retries, timeout, maxBytes = MAX_MEDIUM_BYTES } = request;
  let urls = servers;
  for (;;) {
    const got = await download({ urls, target, hashes, retries, timeout, maxBytes }, ports);
    const wrong = mismatch(trust, await hashes.digests());
    const rest = urls.filter((url) => !got.servers.includes(url));
    if (!wrong || rest.length === 0) {
      return got;
    }
    ports.log.warning(
      `${got.servers.map(shownUrl).join(', ')} sent other bytes (${wrong.expected.algorithm} ${wrong.actual}, expected ${wrong.expected.hex}): removed, trying the next server.`,
    );
    urls = rest;
    await hashes.reset();
  }
}

function summary(
  got: Downloaded,
  digests: Digests,
): Pick<Obtained, 'bytes' | 'digests' | 'cacheHit' | 'servers'> {
  const servers = [...new Set(got.servers.map(shownUrl))];
  return { bytes: got.bytes, digests, cacheHit: false, servers };
}

/**
 * A mirror is named by the medium's address there, or by its folder's (ending in a slash).
 *
 * @throws UserError `invalid-location`
 */
function mirrorUrls(mirrors: readonly string[], source: URL): readonly URL[] {
  const name = source.pathname.slice(source.pathname.lastIndexOf('/') + 1);
  return mirrors.map((text) => {
    const location: Location = parseLocation(text);
    const full = text.endsWith('/') ? beside(location, decodeURIComponent(name)) : location;
    if (full.kind !== 'url') {
      throw new UserError(`The mirror ${JSON.stringify(text)} is not an http or https URL`, {
        code: 'invalid-location',
        fix: "Pass the medium's address at the mirror, or its folder's with a slash at the end.",
      });
    }
    return full.url;
  });
}
