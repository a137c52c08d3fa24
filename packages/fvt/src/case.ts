import type { Expectations } from './expectations.ts';
import type { Observations } from './observations.ts';
import type { Probe } from './probes.ts';

/** What a case says of an image. */
export type Verdict =
  | { readonly outcome: 'pass'; readonly evidence: string }
  | {
      readonly outcome: 'fail';
      readonly expected: string;
      readonly actual: string;
      readonly evidence: string;
    }
  | { readonly outcome: 'skip'; readonly reason: string };

/** What a case needs beside the facts of the first boot. */
export type Need =
  | 'facts'
  | 'second-boot'
  | 'hot-volume'
  | 'hot-nic'
  | 'reboot'
  | 'stop-start'
  | 'subscription'
  | 'penetration'
  | 'compliance'
  | 'own-machine';

export type Suite = 'functional' | 'penetration' | 'compliance';

/** One functional check: data, and one pure function over what was observed. */
export interface Case {
  /** As in the catalogue; stable. */
  readonly id: string;
  readonly title: string;
  /** Why it matters, one sentence. */
  readonly why: string;
  readonly suite: Suite;
  readonly tags: readonly string[];
  readonly needs: readonly Need[];
  /** Questions to the guest that only this case asks; ids begin with the case's. */
  readonly probes?: readonly Probe[];
  /** Questions that change the guest: each such case has a machine of its own (`own-machine`). */
  readonly ownMachine?: readonly Probe[];
  /** @throws MissingFact when a fact is not there: the case is an error then, never a pass. */
  readonly check: (observations: Observations, expectations: Expectations) => Verdict;
}

export function pass(evidence: string): Verdict {
  return { outcome: 'pass', evidence };
}

export function fail(expected: string, actual: string, evidence = ''): Verdict {
  return { outcome: 'fail', expected, actual, evidence };
}

export function skip(reason: string): Verdict {
  return { outcome: 'skip', reason };
}

/**
 * Fails naming every problem; passes with `good` when there is none.
 *
 * @param seen evidence that holds either way; shown with a failure
 */
export function noProblems(problems: readonly string[], expected: string, good: string, seen = ''): Verdict {
  return problems.length === 0 ? pass(good) : fail(expected, problems.join('; '), seen);
}
