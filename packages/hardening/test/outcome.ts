/** Outcomes for tests. */
import type { HardeningOutcome } from '../src/outcome.ts';
import type { RuleOutcome, RuleResult, Severity } from '../src/scap/results.ts';
import { scoreOf } from '../src/score.ts';

/** Text that must not reach a page or a workflow command as it is. */
export const HOSTILE = '<script>alert(1)</script>"\'&';
/** A rule with hostile texts. */
export const aRule = (name: string, outcome: RuleOutcome, severity: Severity = 'medium'): RuleResult => ({
  rule: name,
  id: name,
  outcome,
  severity,
  title: `Title ${name} ${HOSTILE}`,
  rationale: HOSTILE,
  references: [{ href: 'https://cis', text: '1.2' }],
  hasFix: true,
});
/** Accepts the rule `accepted`. */
export const aWaiver = {
  rule: 'accepted',
  scope: '*',
  owner: 'team',
  reason: `A long enough reason ${HOSTILE}`,
  expires: '2027-01-01',
};

/** An outcome with one rule that was fixed, one open, one waived and one that nobody could judge. */
export function anOutcome(changes: Partial<HardeningOutcome> = {}): HardeningOutcome {
  const before = [aRule('fixed', 'fail'), aRule('open', 'fail', 'high'), aRule('accepted', 'fail', 'high')];
  const after = [
    aRule('fixed', 'pass'),
    aRule('open', 'fail', 'high'),
    aRule('accepted', 'fail', 'high'),
    aRule('dark', 'error'),
  ];
  const waived = new Set(['accepted']);
  return {
    mode: 'apply',
    image: { name: 'web', distribution: 'debian', release: '13' },
    profile: 'p',
    content: { origin: `ssg ${HOSTILE}`, sha256: 'c'.repeat(64), version: '1' },
    scanner: '1.4',
    tailoring: undefined,
    before: { rules: before, score: scoreOf(before, waived) },
    after: { rules: after, score: scoreOf(after, waived) },
    baseline: { before: [], after: [] },
    fixes: [],
    planned: [],
    comparison: undefined,
    waivers: new Map([['accepted', aWaiver]]),
    expiredWaivers: [],
    unusedWaivers: [],
    digests: { before: 'a'.repeat(64), after: 'b'.repeat(64) },
    finishedOn: new Date('2026-11-24T00:00:00Z'),
    seconds: {},
    ...changes,
  };
}
