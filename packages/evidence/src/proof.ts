import { type Chain, determineChain } from './chain.ts';
import type { TrustedKeys } from './check.ts';
import type { FolderReport } from './verify-folder.ts';

/** How a disk is signed. */
export const methods = ['sigstore', 'openpgp', 'minisign'] as const;
export type Method = (typeof methods)[number];

/** What a report proves about the disk, and what speaks against it. */
export interface Proof {
  readonly sha256: string | undefined;
  /** The methods whose signature covers the disk: of its own, or through a signed list that is right. */
  readonly provenBy: readonly { readonly method: Method; readonly by: string }[];
  /** From the statements whose signature holds. */
  readonly chain: Chain;
  /** Every failed check and every gap, in words; empty when all is well. */
  readonly problems: readonly string[];
}

/** Judges a report: pure. A key that was given must prove the disk, else that is a problem too. */
export function judgeReport(report: FolderReport, request: TrustedKeys & { readonly disk: string }): Proof {
  const sha256 = report.digests.get(request.disk)?.sha256;
  const passed = report.checks.filter((check) => check.status === 'pass');
  const listHolds = passed.some((check) => check.kind === 'checksums' && check.file === 'SHA256SUMS');
  const covers = (subject: string): boolean =>
    subject === request.disk || (listHolds && subject === 'SHA256SUMS');
  const provenBy = methods.flatMap((method) => {
    const check = passed.find((entry) => entry.kind === method && covers(entry.subject));
    return check ? [{ method, by: check.by ?? '' }] : [];
  });
  const statements = report.statements.flatMap(({ name, statement }) =>
    statement ? [{ name, statement }] : [],
  );
  const chain = determineChain(statements, { name: request.disk, digest: { sha256: sha256 ?? '' } });
  const failed = [...report.checks, ...report.statements.map((entry) => entry.check)]
    .filter((check) => check.status === 'fail')
    .map((check) => `${check.file}: ${check.reason}`);
  const given = [
    { method: 'sigstore', key: request.publicKey },
    { method: 'openpgp', key: request.openpgpKey },
    { method: 'minisign', key: request.minisignKey },
  ];
  const silent = given
    .filter(({ method, key }) => key !== undefined && !provenBy.some((entry) => entry.method === method))
    .map(({ method }) => `no ${method} signature by the key given covers ${request.disk}`);
  const missing = sha256 === undefined ? [`${request.disk} is missing`] : [];
  return { sha256, provenBy, chain, problems: [...missing, ...failed, ...silent, ...chain.gaps] };
}
