import { rm, writeFile } from 'node:fs/promises';
import { stableJson } from '@golden-image/evidence';
import { type Ports, publishAtomically, resolveInside, UserError } from '@golden-image/host';
import { checkExpectations, identifyMedium, type Medium } from './identify.ts';
import { currencyWarning } from './lifecycle.ts';
import { baseName, type Location, mediumFileName, parseLocation, shownLocation } from './location.ts';
import { mediumStatement } from './medium-statement.ts';
import { fetchMedium, type Obtained, verifyLocal } from './obtain.ts';
import type { Signer } from './openpgp-verify.ts';
import { establishTrust, type Trust } from './trust.ts';
import type { MediumRequest } from './verify-request.ts';

export const STATEMENT_NAME = '10-media.json';

/** A medium that is proven to be the vendor's. */
export interface VerifiedMedium {
  /** Absolute path of the medium. */
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly cacheHit: boolean;
  readonly trust: 'signed' | 'digest';
  readonly signer: Signer | undefined;
  readonly medium: Medium;
  /** Absolute path of `10-media.json`. */
  readonly statement: string;
  /** Why the medium should be replaced soon; undefined when nothing is known against it. */
  readonly outdated: string | undefined;
}

type VerifyPorts = Pick<Ports, 'clock' | 'log' | 'signal'>;

/**
 * Proves that a medium is the vendor's: list and signature first, then the bytes, hashed while they arrive. A file that
 * is not authentic is removed, and neither output nor cache holds anything of it.
 *
 * @throws UserError whose code says what was wrong, e.g. `checksum-mismatch`, `bad-signature`, `wrong-signer`
 */
export async function verifyMedium(request: MediumRequest, ports: VerifyPorts): Promise<VerifiedMedium> {
  const source = parseLocation(request.source);
  const name = mediumFileName(fileName(source, request.filename));
  const statement = resolveInside(request.output, STATEMENT_NAME);
  // A statement of an earlier run must not vouch for what fails now.
  await rm(statement, { force: true }).catch(() => {});
  const trust = await trustOrRemove(request, source, ports);
  const { obtained, medium } = await obtain(request, source, name, trust, ports);
  const signer = trust.signer ?? obtained.signer;
  const facts = {
    name,
    source: shownLocation(source),
    obtained,
    medium,
    trust: signer ? ('signed' as const) : ('digest' as const),
    signer,
    list: trust.list,
    verifiedOn: ports.clock.now(),
  };
  await publishAtomically(statement, (partial) => writeFile(partial, stableJson(mediumStatement(facts))));
  const outdated = await currencyWarning(medium.distribution, medium.version, ports.clock.now());
  if (outdated) {
    ports.log.warning(outdated);
  }
  return {
    path: obtained.path,
    sha256: obtained.digests.sha256,
    size: obtained.bytes,
    cacheHit: obtained.cacheHit,
    trust: facts.trust,
    signer,
    medium,
    statement,
    outdated,
  };
}

/** What says that the medium itself is not the vendor's, as against what cannot be found out. */
const DAMNING = new Set(['bad-signature', 'wrong-signer', 'revoked-key', 'expired-key', 'weak-signature']);

async function trustOrRemove(request: MediumRequest, source: Location, ports: VerifyPorts): Promise<Trust> {
  const listed = request.filename ?? baseName(source);
  try {
    return await establishTrust(request, source, listed, ports);
  } catch (error) {
    const remove = source.kind === 'file' && error instanceof UserError && DAMNING.has(error.code);
    if (remove) {
      await rm(source.path, { force: true });
      ports.log.warning(`${source.path} was removed: its checksum list is not authentic.`);
    }
    throw error;
  }
}

async function obtain(
  request: MediumRequest,
  source: Location,
  name: string,
  trust: Trust,
  ports: VerifyPorts,
): Promise<{ readonly obtained: Obtained; readonly medium: Medium }> {
  if (source.kind === 'file') {
    const obtained = await verifyLocal(source.path, trust, request, ports);
    const medium = await inspect(source.path, request);
    return { obtained, medium };
  }
  let medium: Medium | undefined;
  const look = async (file: string): Promise<void> => {
    medium = await inspect(file, request);
  };
  const obtained = await fetchMedium(source.url, name, trust, request, look, ports);
  return { obtained, medium: medium ?? (await inspect(obtained.path, request)) };
}

async function inspect(file: string, request: MediumRequest): Promise<Medium> {
  const medium = await identifyMedium(file);
  checkExpectations(medium, request);
  return medium;
}

/** A downloaded medium keeps its own name where that is one, else takes the list's. */
function fileName(source: Location, listed: string | undefined): string {
  const own = baseName(source);
  return own === '' && listed !== undefined ? listed : own;
}
