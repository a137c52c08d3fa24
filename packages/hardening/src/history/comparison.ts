import type { RuleOutcome, RuleResult } from '../scap/results.ts';

/** One result of the past. */
export interface TrendPoint {
  /** ISO 8601. */
  readonly finishedOn: string;
  readonly profile: string;
  /** In percent. */
  readonly score: number;
  readonly rawScore: number;
  /** Of the disk. */
  readonly sha256: string;
}

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
