import type { RuleOutcome } from './scap/results.ts';

/** Counts of outcomes, waived rules apart. */
export interface Score {
  readonly passed: number;
  readonly failed: number;
  /** error, unknown and notchecked: nobody knows, so they count as not passed. */
  readonly unknown: number;
  readonly notApplicable: number;
  /** Rules that did not pass and that a valid waiver accepts. */
  readonly waived: number;
  /** passed / (passed + failed + unknown) in percent, waived rules left out of both. */
  readonly score: number;
  /** The same with waived rules counted as not passed. */
  readonly raw: number;
}

/** pass / (pass + fail + error + unknown + notchecked); zero when nothing was judged. */
export function scoreOf(
  rules: readonly { readonly rule: string; readonly outcome: RuleOutcome }[],
  waived: ReadonlySet<string> = new Set(),
): Score {
  const isWaived = (rule: string, outcome: RuleOutcome): boolean => waived.has(rule) && isOpen(outcome);
  const counted = rules.filter(({ rule, outcome }) => !isWaived(rule, outcome));
  const count = (...outcomes: RuleOutcome[]): number =>
    counted.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const passed = count('pass', 'fixed');
  const failed = count('fail');
  const unknown = count('error', 'unknown', 'notchecked');
  const waivedCount = rules.length - counted.length;
  return {
    passed,
    failed,
    unknown,
    notApplicable: count('notapplicable', 'informational', 'notselected'),
    waived: waivedCount,
    score: percent(passed, passed + failed + unknown),
    raw: percent(passed, passed + failed + unknown + waivedCount),
  };
}

/** Neither passed nor outside what is judged. */
export function isOpen(outcome: RuleOutcome): boolean {
  return ['fail', 'error', 'unknown', 'notchecked'].includes(outcome);
}

/** Rounded down to two digits: 96.999 is not 97. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part / whole) * 10_000) / 100;
}
