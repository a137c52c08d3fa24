import type { Finding } from '../decision/decision.ts';
import { finding } from '../decision/finding.ts';
import type { Facts } from '../facts/facts.ts';
import { known } from '../facts/known.ts';

/** Clocks of machines may differ by this much, in milliseconds. */
const CLOCK_SKEW = 300_000;

/**
 * A report was made after the run began, and, where it says so, about the commit that was tested: one from a cache or
 * of another run says nothing about this change.
 */
export function freshFinding(
  rule: string,
  what: string,
  report: { readonly madeAt: string; readonly revisions?: readonly string[] },
  facts: Facts,
): Finding {
  const requirement = `The ${what} of this run`;
  const run = known(facts, 'run').value;
  if (!run) {
    return finding(rule, requirement, 'unknown', {
      found: 'when the run began is not known',
      next: 'Let the gate read the run: actions: read.',
    });
  }
  const heads = [run.sha, known(facts, 'change').value?.headSha];
  const foreign = (report.revisions ?? []).filter((revision) => !heads.includes(revision));
  const old = Date.parse(report.madeAt) < Date.parse(run.createdAt) - CLOCK_SKEW;
  const found = [
    ...(old ? [`made ${minute(report.madeAt)}, before the run began (${minute(run.createdAt)})`] : []),
    ...foreign.map((revision) => `about commit ${revision.slice(0, 7)}`),
  ];
  return finding(rule, requirement, found.length === 0 ? 'pass' : 'fail', {
    found: found.join('; ') || `made ${minute(report.madeAt)}`,
    next: 'Make the report in this run; do not take it from a cache or an older run.',
  });
}

/** `2026-11-24 10:00 UTC`. */
function minute(time: string): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
