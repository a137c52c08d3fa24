import { createStatement, predicateTypes, type Statement } from '@golden-image/evidence';
import type { Medium } from './identify.ts';
import type { Obtained } from './obtain.ts';
import type { Signer } from './openpgp-verify.ts';
import type { UsedList } from './trust.ts';

/** What the statement about a verified medium says. */
export interface MediumFacts {
  readonly name: string;
  /** Without access tokens. */
  readonly source: string;
  readonly obtained: Obtained;
  readonly medium: Medium;
  /** `signed`: a pinned key vouches for the bytes; `digest`: only a digest that the user gave. */
  readonly trust: 'signed' | 'digest';
  readonly signer: Signer | undefined;
  readonly list: UsedList | undefined;
  readonly verifiedOn: Date;
}

/** `10-media.json`: in-toto statement about the medium's bytes. */
export function mediumStatement(facts: MediumFacts): Statement {
  const { obtained, medium, signer, list } = facts;
  const { sha256, sha512 } = obtained.digests;
  return createStatement({
    subject: { name: facts.name, digest: sha512 === undefined ? { sha256 } : { sha256, sha512 } },
    predicateType: predicateTypes.medium,
    predicate: {
      source: { uri: facts.source },
      servers: [...obtained.servers],
      size: obtained.bytes,
      digests: { ...obtained.digests },
      trust: facts.trust,
      ...(signer ? { signer: signerFacts(signer) } : {}),
      ...(list ? { checksumList: { uri: list.uri, digest: { sha256: list.sha256 } } } : {}),
      medium: mediumFacts(medium),
      verifiedOn: facts.verifiedOn.toISOString(),
    },
  });
}

function signerFacts(signer: Signer): Record<string, unknown> {
  return {
    fingerprint: signer.fingerprint,
    name: signer.name,
    signedOn: signer.signedAt.toISOString(),
    ...(signer.keyExpires ? { keyExpires: signer.keyExpires.toISOString() } : {}),
  };
}

/** Texts of the medium: whoever shows them escapes them. */
function mediumFacts(medium: Medium): Record<string, unknown> {
  const { format, volumeId, distribution, version, architecture, repositories } = medium;
  const entries = Object.entries({ format, volumeId, distribution, version, architecture });
  return {
    ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    repositories: [...repositories],
  };
}
