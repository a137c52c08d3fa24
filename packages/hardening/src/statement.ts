import { createStatement, predicateTypes, type Statement, testResultPredicate } from '@golden-image/evidence';
import { allRules, fixedRules, type HardeningOutcome, remainingRules, waivedRules } from './outcome.ts';
import { isOpen } from './score.ts';

/** `30-harden.json`: what was found, from which digest to which. */
export function hardeningStatement(outcome: HardeningOutcome, disk: string, refused: boolean): Statement {
  const { after, before, digests } = outcome;
  const remaining = remainingRules(outcome);
  const waived = waivedRules(outcome);
  return createStatement({
    subject: { name: disk, digest: { sha256: digests.after } },
    predicateType: predicateTypes.testResult,
    predicate: testResultPredicate({
      suite: 'harden',
      result: refused ? 'FAILED' : remaining.length + waived.length > 0 ? 'WARNED' : 'PASSED',
      input: { name: disk, digest: { sha256: digests.before } },
      configuration: [
        {
          name: 'content',
          digest: { sha256: outcome.content.sha256 },
          annotations: { origin: outcome.content.origin },
        },
        ...(outcome.tailoring ? [{ name: 'tailoring', digest: { sha256: outcome.tailoring.sha256 } }] : []),
      ],
      passedTests: allRules(outcome)
        .filter(({ outcome: o }) => o === 'pass')
        .map(({ rule }) => rule),
      warnedTests: waived.map(({ rule }) => rule.rule),
      failedTests: remaining.map(({ rule }) => rule),
      finishedOn: outcome.finishedOn,
      details: {
        mode: outcome.mode,
        profile: outcome.profile,
        contentVersion: outcome.content.version,
        scanner: `openscap ${outcome.scanner}`,
        score: after.score.score,
        rawScore: after.score.raw,
        scoreBefore: before.score.raw,
        counts: { ...after.score },
        fixedTests: fixedRules(outcome).map(({ rule }) => rule),
        notJudgedTests: allRules(outcome)
          .filter(({ outcome: o }) => isOpen(o) && o !== 'fail')
          .map(({ rule }) => rule),
        waivers: [...outcome.waivers.values()],
      },
    }),
  });
}
