import type { RuleOutcome, RuleResult } from '../scap/results.ts';
import { isOpen } from '../score.ts';
import type { HardeningRecordFile, TrendPoint } from './record.ts';
import { earlierPoints } from './record.ts';

/** A rule whose result is another one than before. */
export interface Change {
  readonly rule: RuleResult;
  readonly before: RuleOutcome;
}

/** What changed since an earlier result. */
export interface Comparison {
  readonly finishedOn: string;
  readonly profile: string;
  readonly score: number;
  /** Passed then, and do not now. */
  readonly regressions: readonly Change[];
  /** Did not pass then, and do now. */
  readonly improvements: readonly Change[];
  /** Earlier results, oldest first, this one left out. */
  readonly trend: readonly TrendPoint[];
}

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
