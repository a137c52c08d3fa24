import type { Fix } from '../fix/script.ts';
import type { RuleResult } from '../scap/results.ts';
import type { BaselineFacts } from './facts.ts';
import { BASELINE } from './rules.ts';

/** How one rule of the baseline was judged; its name is `baseline/<id>`. */
export interface BaselineResult extends RuleResult {
  /** What breaks it, in words. */
  readonly findings: readonly string[];
}

/** Judges all rules; pure. What cannot be told is unknown, never a pass. */
export function checkBaseline(facts: BaselineFacts): readonly BaselineResult[] {
  return BASELINE.map(({ id, title, reason, severity, check, fix }) => {
    const findings = check(facts);
    return {
      rule: `baseline/${id}`,
      id: `baseline/${id}`,
      outcome: findings === undefined ? 'unknown' : findings.length > 0 ? 'fail' : 'pass',
      severity,
      title,
      rationale: reason,
      references: [],
      hasFix: fix !== undefined,
      findings: findings ?? [],
    };
  });
}

/** The fixes for what fails and is not waived. */
export function baselineFixes(
  results: readonly BaselineResult[],
  waived: ReadonlySet<string>,
): readonly Fix[] {
  const fixes = new Map(BASELINE.map(({ id, fix }) => [`baseline/${id}`, fix]));
  return results.flatMap(({ rule, outcome }): Fix[] => {
    const script = fixes.get(rule);
    return outcome === 'fail' && script !== undefined && !waived.has(rule)
      ? [{ rule, script, origin: 'project' }]
      : [];
  });
}
