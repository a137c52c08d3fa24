import { UserError } from '@golden-image/host';
import { type Chain, determineChain, isExport, type NamedStatement } from './chain.ts';
import type { SignRequest } from './sign-types.ts';
import { predicateTypes } from './statement.ts';

/** The steps of the pipeline, whose last one says what the disk is. */
const STEPS: readonly string[] = [
  predicateTypes.medium,
  predicateTypes.provenance,
  predicateTypes.testResult,
];

/**
 * What the disk must be: the caller's digest, the last statement's subject and the descriptor's digest, all equal.
 *
 * @throws UserError `not-bound`, `digest-mismatch`
 */
export function expectedDigest(request: SignRequest, statements: readonly NamedStatement[]): string {
  const last = statements.findLast(
    ({ statement }) => STEPS.includes(statement.predicateType) && !isExport(statement),
  );
  const claims = [
    { by: 'expected-sha256', sha256: request.expectedSha256 },
    { by: last ? `evidence/${last.name}.json` : '', sha256: last?.statement.subject[0]?.digest.sha256 },
  ].filter((claim) => claim.sha256 !== undefined);
  const [first] = claims;
  if (!first?.sha256) {
    throw new UserError('Nothing says which disk was tested: there is no evidence and no expected-sha256', {
      code: 'not-bound',
      fix: 'Run the steps that write evidence (build-image, harden, run-fvt) before, or pass expected-sha256.',
    });
  }
  const all = [...claims, { by: 'image.json', sha256: request.describedSha256 ?? first.sha256 }];
  const other = all.find((claim) => claim.sha256 !== first.sha256);
  if (other) {
    throw new UserError(
      `${first.by} says the disk is sha256:${first.sha256}, ${other.by} says sha256:${other.sha256}`,
      {
        code: 'digest-mismatch',
        fix: 'The statements are about another disk: run the steps after the last change of the disk again.',
      },
    );
  }
  return first.sha256;
}

/**
 * The chain that ends at the disk.
 *
 * @throws UserError `broken-chain`
 */
export function checkedChain(
  request: SignRequest,
  statements: readonly NamedStatement[],
  sha256: string,
): Chain {
  const chain = determineChain(statements, { name: request.disk, digest: { sha256 } });
  const gaps = [...chain.gaps];
  if (request.requireMedium && chain.origin !== 'medium' && gaps.length === 0) {
    const first = chain.links[0]?.artifact;
    gaps.push(`no statement says from which medium ${first?.name} sha256:${first?.digest.sha256} was built`);
  }
  if (gaps.length > 0) {
    throw new UserError(`The chain of evidence is broken: ${gaps.join('; ')}`, {
      code: 'broken-chain',
      fix: 'Run the steps from the first one that is named here again, in order, on the same image folder.',
    });
  }
  return chain;
}
