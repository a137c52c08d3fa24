import type { RuleOutcome, RuleResult } from '../scap/results.ts';
import { isOpen } from '../score.ts';
import type { Comparison } from './comparison.ts';
import { earlierPoints, type HardeningRecordFile } from './record.ts';

/** Compares by rule; a rule that one of the two does not have is not a change. */
export function compareWith(previous: HardeningRecordFile, rules: readonly RuleResult[]): Comparison {
  const earlier = new Map(previous.rules.map(({ rule, outcome }) => [rule, outcome]));
  const changes = rules.flatMap((rule) => {
    const before = earlier.get(rule.rule);
    return before === undefined || before === rule.outcome ? [] : [{ rule, before }];
  });
  return {
    finishedOn: previous.finishedOn,
    profile: previous.profile,
    score: previous.score,
    regressions: changes.filter(({ rule, before }) => passes(before) && isOpen(rule.outcome)),
    improvements: changes.filter(({ rule, before }) => isOpen(before) && passes(rule.outcome)),
    trend: earlierPoints(previous),
  };
}

function passes(outcome: RuleOutcome): boolean {
  return outcome === 'pass' || outcome === 'fixed';
}
