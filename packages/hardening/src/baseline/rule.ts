import type { Severity } from '../scap/results.ts';
import type { BaselineFacts } from './facts.ts';
import type { BaselineSettings } from './settings.ts';

/** One rule of the project's own baseline for images. */
export interface BaselineRule {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly severity: Severity;
  /** What breaks the rule, in words; empty when it holds. Undefined: it cannot be told. */
  readonly check: (facts: BaselineFacts, settings: BaselineSettings) => readonly string[] | undefined;
  /** Shell, run like the content's fixes; undefined: only a person can decide. */
  readonly fix: string | undefined;
}
