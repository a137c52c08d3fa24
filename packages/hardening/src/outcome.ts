import type { BaselineResult } from './baseline/check.ts';
import type { AppliedFix } from './fix/apply.ts';
import type { Comparison } from './history/comparison.ts';
import type { PlannedFix } from './plan/preview.ts';
import type { RuleOutcome, RuleResult } from './scap/results.ts';
import { isOpen, type Score } from './score.ts';
import type { Waiver } from './waivers/waivers.ts';

/** What hardening or an audit found out: everything that reports, statement and summary are made from. */
export interface HardeningOutcome {
  readonly mode: 'apply' | 'audit' | 'plan';
  readonly image: { readonly name: string; readonly distribution: string; readonly release: string };
  readonly profile: string;
  readonly content: { readonly origin: string; readonly sha256: string; readonly version: string };
  readonly scanner: string;
  readonly tailoring: { readonly name: string; readonly sha256: string } | undefined;
  readonly before: { readonly rules: readonly RuleResult[]; readonly score: Score };
  /** The same as `before` when nothing was changed. */
  readonly after: { readonly rules: readonly RuleResult[]; readonly score: Score };
  /** The project's own rules, beside the profile and its score; empty when they are turned off. */
  readonly baseline: {
    readonly before: readonly BaselineResult[];
    readonly after: readonly BaselineResult[];
  };
  readonly fixes: readonly AppliedFix[];
  /** For `plan`: what each fix would change, in their order. */
  readonly planned: readonly PlannedFix[];
  /** Against an earlier result, where one was given. */
  readonly comparison: Comparison | undefined;
  /** Valid waivers by rule. */
  readonly waivers: ReadonlyMap<string, Waiver>;
  readonly expiredWaivers: readonly Waiver[];
  /** Valid waivers whose rule passed, or is not part of the profile. */
  readonly unusedWaivers: readonly Waiver[];
  /** SHA-256 of the disk; equal when nothing was changed. */
  readonly digests: { readonly before: string; readonly after: string };
  readonly finishedOn: Date;
  /** Seconds by step. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** Rules that did not pass before and pass now. */
export function fixedRules(
  outcome: Pick<HardeningOutcome, 'before' | 'after' | 'baseline'>,
): readonly RuleResult[] {
  const open = new Set(
    [...outcome.baseline.before, ...outcome.before.rules]
      .filter(({ outcome: o }) => isOpen(o))
      .map(({ rule }) => rule),
  );
  return allRules(outcome).filter(({ rule, outcome: o }) => o === 'pass' && open.has(rule));
}

/** Everything that was judged at the end: the baseline's rules, then the profile's. */
export function allRules(outcome: Pick<HardeningOutcome, 'after' | 'baseline'>): readonly RuleResult[] {
  return [...outcome.baseline.after, ...outcome.after.rules];
}

/** Rules that do not pass and that nobody waived: first those that fail, then those that could not be judged. */
export function remainingRules(
  outcome: Pick<HardeningOutcome, 'after' | 'baseline' | 'waivers'>,
): readonly RuleResult[] {
  const open = allRules(outcome).filter(({ rule, outcome: o }) => isOpen(o) && !outcome.waivers.has(rule));
  return [...open.filter(isFailed), ...open.filter((rule) => !isFailed(rule))];
}

function isFailed({ outcome }: RuleResult): boolean {
  return outcome === 'fail';
}

/** A rule's result for people: the scanner's words for what it could not judge sound like faults of the image. */
export function inWords(outcome: RuleOutcome): string {
  return isOpen(outcome) && outcome !== 'fail' ? `not judged (${outcome})` : outcome;
}

/** Rules that do not pass, with the waiver that accepts each. */
export function waivedRules(
  outcome: Pick<HardeningOutcome, 'after' | 'baseline' | 'waivers'>,
): readonly { readonly rule: RuleResult; readonly waiver: Waiver }[] {
  return allRules(outcome).flatMap((rule) => {
    const waiver = outcome.waivers.get(rule.rule);
    return waiver && isOpen(rule.outcome) ? [{ rule, waiver }] : [];
  });
}

const SEVERITIES = ['info', 'low', 'medium', 'high'] as const;
export type FailOn = (typeof SEVERITIES)[number];

/** Why the result is refused, in words; empty when it is not. */
export function refusals(
  outcome: HardeningOutcome,
  limits: { readonly minScore: number | undefined; readonly failOn: FailOn | undefined },
): readonly string[] {
  const reasons: string[] = [];
  const { score } = outcome.after.score;
  if (limits.minScore !== undefined && score < limits.minScore) {
    reasons.push(`the score is ${score} %, at least ${limits.minScore} % is asked for`);
  }
  for (const { rule, owner, expires } of outcome.expiredWaivers) {
    reasons.push(`the waiver of ${owner} for ${rule} expired on ${expires}`);
  }
  if (limits.failOn !== undefined) {
    const from = SEVERITIES.indexOf(limits.failOn);
    // A severity that nobody knows counts as the highest.
    const found = remainingRules(outcome).filter(
      ({ outcome: o, severity }) =>
        o === 'fail' && (severity === 'unknown' || SEVERITIES.indexOf(severity) >= from),
    );
    if (found.length > 0) {
      const fail = found.length === 1 ? '1 rule fails' : `${found.length} rules fail`;
      const names = found.map(({ rule }) => rule).join(', ');
      reasons.push(`${fail}, of severity ${limits.failOn} or higher: ${names}`);
    }
  }
  return reasons;
}
