import type { BlockedFlow, ConsoleFinding, StageTime } from '@golden-image/vm';
import type { Case, Verdict } from './case.ts';
import type { Expectations } from './expectations.ts';
import type { MachineRecord } from './machine-records.ts';
import { MissingFact, type Observations } from './observations.ts';

export type Outcome = 'pass' | 'fail' | 'skip' | 'error' | 'flaky' | 'not-run';

/** Why a case may fail for a while. */
export interface QuarantineEntry {
  /** A case by its whole name. */
  readonly case: string;
  /** Where the fault is followed up. */
  readonly tracker: string;
  /** Last day, UTC. */
  readonly expires: string;
  readonly reason: string;
}

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
  /** It runs and is reported, but does not fail the run until then. */
  readonly quarantine?: QuarantineEntry;
}

/** What one firmware brought. */
export interface FirmwareRun {
  readonly firmware: string;
  readonly cases: readonly CaseResult[];
  /** Of the first boot. */
  readonly stages: readonly StageTime[];
  /** Every machine that ran, in the order in which they ended. */
  readonly machines: readonly MachineRecord[];
  readonly consoleFindings: readonly (ConsoleFinding & { readonly machine?: string })[];
  /** What the guest tried to reach and may not. */
  readonly blocked: readonly BlockedFlow[];
  /** What went wrong with the run as a whole, if anything. */
  readonly problems: readonly string[];
}

/** How one case came out, now and before. */
export interface Difference {
  readonly id: string;
  readonly before: string;
  readonly now: string;
}

/** Everything that the reports show. */
export interface FvtResult {
  readonly image: { readonly name: string; readonly version: string; readonly sha256: string };
  readonly accelerator: { readonly name: string; readonly reason: string };
  /** One for each firmware, at least one. */
  readonly runs: readonly FirmwareRun[];
  /** Each case once: its worst outcome under any firmware. */
  readonly cases: readonly CaseResult[];
  readonly startedOn: Date;
  readonly finishedOn: Date;
  /** What went wrong with the run as a whole, if anything. */
  readonly problems: readonly string[];
  /** How to bring up the same guest by hand. */
  readonly reproduce: string;
  /** Which part of the cases this was, as asked for. */
  readonly shard?: string;
  /** Against an earlier report; undefined when none was given. */
  readonly differences?: readonly Difference[];
}

/** From bad to good: of several outcomes of a case the first counts. */
export const SEVERITY: readonly Outcome[] = ['fail', 'error', 'flaky', 'skip', 'not-run', 'pass'];

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

/** Each case once, with its worst outcome; where firmwares differ, the message names the one that it is of. */
export function mergeRuns(runs: readonly FirmwareRun[]): readonly CaseResult[] {
  const [first, ...others] = runs;
  if (!first || others.length === 0) {
    return first?.cases ?? [];
  }
  return first.cases.map((item) => {
    const all = runs.flatMap(({ firmware, cases }) =>
      cases.filter((other) => other.id === item.id).map((result) => ({ firmware, result })),
    );
    const rank = ({ result }: { readonly result: CaseResult }): number => SEVERITY.indexOf(result.outcome);
    const worst = all.reduce((a, b) => (rank(b) < rank(a) ? b : a), {
      firmware: first.firmware,
      result: item,
    });
    const alike = all.every(({ result }) => result.outcome === worst.result.outcome);
    return alike
      ? worst.result
      : { ...worst.result, message: `under ${worst.firmware}: ${worst.result.message}` };
  });
}

/** How many results have each outcome. */
export function count(cases: readonly CaseResult[], outcome: Outcome): number {
  return cases.filter((item) => item.outcome === outcome).length;
}

/** Why the run as a whole is a failure, one sentence; undefined when it is not. */
export function failureOf(
  result: Pick<FvtResult, 'cases' | 'problems'> & {
    readonly runs?: readonly Pick<FirmwareRun, 'problems'>[];
  },
): string | undefined {
  const problems = [...result.problems, ...(result.runs ?? []).flatMap((run) => run.problems)];
  const named = (outcome: Outcome): string =>
    result.cases
      .filter((item) => item.outcome === outcome && item.quarantine === undefined)
      .map((item) => item.id)
      .join(', ');
  const parts = [
    ...problems,
    ...(named('fail') ? [`failed: ${named('fail')}`] : []),
    // Without a guest every case is in error: the problem says it once.
    ...(named('error') && problems.length === 0 ? [`in error: ${named('error')}`] : []),
  ];
  const ran = result.cases.filter((item) => ['pass', 'fail', 'flaky'].includes(item.outcome)).length;
  if (parts.length === 0 && ran === 0) {
    parts.push('no case was run');
  }
  return parts.length > 0 ? parts.join('; ') : undefined;
}
