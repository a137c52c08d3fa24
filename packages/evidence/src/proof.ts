import { type Chain, determineChain } from './chain.ts';
import type { Check, SignedBy, TrustedKeys } from './check.ts';
import type { FolderReport } from './verify-folder.ts';

/** How a disk is signed. */
export const methods = ['sigstore', 'openpgp', 'minisign'] as const;
export type Method = (typeof methods)[number];

/** A method and who signed with it; with an issuer when it is an identity. */
export interface ProvenBy extends SignedBy {
  readonly method: Method;
}

/** What a report proves about the disk, and what speaks against it. */
export interface Proof {
  readonly sha256: string | undefined;
  /** The methods whose signature covers the disk: of its own, or through a signed list that is right. */
  readonly provenBy: readonly ProvenBy[];
  /** From the statements whose signature holds. */
  readonly chain: Chain;
  /** Every failed check and every gap, in words; empty when all is well. */
  readonly problems: readonly string[];
}

/** Judges a report: pure. A key or identity that was given must prove the disk, else that is a problem too. */
export function judgeReport(report: FolderReport, request: TrustedKeys & { readonly disk: string }): Proof {
  const sha256 = report.digests.get(request.disk)?.sha256;
  const passed = report.checks.filter((check) => check.status === 'pass');
  const listHolds = passed.some((check) => check.kind === 'checksums' && check.file === 'SHA256SUMS');
  const covering = passed.filter(
    ({ subject }) => subject === request.disk || (listHolds && subject === 'SHA256SUMS'),
  );
  const provenBy = methods.flatMap((method) => {
    const check = covering.find((entry) => entry.kind === method);
    return check ? [{ method, ...signer(check) }] : [];
  });
  const statements = report.statements.flatMap(({ name, statement }) =>
    statement ? [{ name, statement }] : [],
  );
  const chain = determineChain(statements, { name: request.disk, digest: { sha256: sha256 ?? '' } });
  const failed = [...report.checks, ...report.statements.map((entry) => entry.check)]
    .filter((check) => check.status === 'fail')
    .map((check) => `${check.file}: ${check.reason}`);
  const ofKey = covering.some(
    (check) => ['sigstore', 'openssl'].includes(check.kind) && check.issuer === undefined,
  );
  const given = [
    { what: 'sigstore or openssl signature by the key', trust: request.publicKey, proven: ofKey },
    {
      what: 'sigstore signature by the identity',
      trust: request.identity,
      proven: covering.some((check) => check.kind === 'sigstore' && check.issuer !== undefined),
    },
    { what: 'openpgp signature by the key', trust: request.openpgpKey, proven: proves(provenBy, 'openpgp') },
    {
      what: 'minisign signature by the key',
      trust: request.minisignKey,
      proven: proves(provenBy, 'minisign'),
    },
  ];
  const silent = given
    .filter(({ trust, proven }) => trust !== undefined && !proven)
    .map(({ what }) => `no ${what} given covers ${request.disk}`);
  const missing = sha256 === undefined ? [`${request.disk} is missing`] : [];
  return { sha256, provenBy, chain, problems: [...missing, ...failed, ...silent, ...chain.gaps] };
}

function proves(provenBy: readonly ProvenBy[], method: Method): boolean {
  return provenBy.some((entry) => entry.method === method);
}

function signer({ by = '', issuer, at }: Check): SignedBy {
  return { by, ...(issuer === undefined ? {} : { issuer }), ...(at === undefined ? {} : { at }) };
}
