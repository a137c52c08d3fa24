import type { BlockedFlow, ConsoleFinding, StageTime } from '@golden-image/vm';
import type { Case, Verdict } from './case.ts';
import type { Expectations } from './expectations.ts';
import { MissingFact, type Observations } from './observations.ts';

export type Outcome = 'pass' | 'fail' | 'skip' | 'error' | 'flaky' | 'not-run';

/** One case's result, as reported. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly tags: readonly string[];
  readonly suite: string;
  readonly outcome: Outcome;
  readonly expected?: string;
  readonly actual?: string;
  /** What was seen, why it was skipped, or what went wrong. */
  readonly message: string;
}

/** Everything that the reports show. */
export interface FvtResult {
  readonly image: { readonly name: string; readonly version: string; readonly sha256: string };
  readonly accelerator: { readonly name: string; readonly reason: string };
  readonly firmware: string;
  readonly cases: readonly CaseResult[];
  readonly stages: readonly StageTime[];
  readonly consoleFindings: readonly ConsoleFinding[];
  /** What the guest tried to reach and may not. */
  readonly blocked: readonly BlockedFlow[];
  readonly startedOn: Date;
  readonly finishedOn: Date;
  /** What went wrong with the run as a whole, if anything. */
  readonly problems: readonly string[];
  /** How to bring up the same guest by hand. */
  readonly reproduce: string;
}

/** Applies a case to what was observed. A required case that skips has failed. */
export function evaluate(item: Case, observations: Observations, expectations: Expectations): CaseResult {
  const { id, title, why, tags, suite } = item;
  const base = { id, title, why, tags, suite };
  let verdict: Verdict;
  try {
    verdict = item.check(observations, expectations);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const what = error instanceof MissingFact ? message : `the case itself failed: ${message}`;
    return { ...base, outcome: 'error', message: what };
  }
  if (verdict.outcome === 'pass') {
    return { ...base, outcome: 'pass', message: verdict.evidence };
  }
  if (verdict.outcome === 'fail') {
    const { expected, actual, evidence } = verdict;
    return { ...base, outcome: 'fail', expected, actual, message: evidence };
  }
  if (expectations.required.includes(id)) {
    return {
      ...base,
      outcome: 'fail',
      expected: 'a result: the expectations require this case',
      actual: `skipped: ${verdict.reason}`,
      message: verdict.reason,
    };
  }
  return { ...base, outcome: 'skip', message: verdict.reason };
}

/** How many results have each outcome. */
export function count(cases: readonly CaseResult[], outcome: Outcome): number {
  return cases.filter((item) => item.outcome === outcome).length;
}

/** Why the run as a whole is a failure, one sentence; undefined when it is not. */
export function failureOf(result: Pick<FvtResult, 'cases' | 'problems'>): string | undefined {
  const named = (outcome: Outcome): string =>
    result.cases
      .filter((item) => item.outcome === outcome)
      .map((item) => item.id)
      .join(', ');
  const parts = [
    ...result.problems,
    ...(named('fail') ? [`failed: ${named('fail')}`] : []),
    // Without a guest every case is in error: the problem says it once.
    ...(named('error') && result.problems.length === 0 ? [`in error: ${named('error')}`] : []),
  ];
  const ran = result.cases.filter((item) => item.outcome === 'pass' || item.outcome === 'fail').length;
  if (parts.length === 0 && ran === 0) {
    parts.push('no case was run');
  }
  return parts.length > 0 ? parts.join('; ') : undefined;
}
