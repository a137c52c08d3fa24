import { stableJson } from '@golden-image/evidence';
import { type FvtResult, failureOf } from '../results.ts';

/** `fvt.json`: everything that the other reports show, for programs. */
export function jsonReport(result: FvtResult): string {
  const failure = failureOf(result);
  return harmlessJson({
    schemaVersion: 1,
    result: failure === undefined ? 'PASSED' : 'FAILED',
    ...(failure === undefined ? {} : { failure }),
    ...result,
    startedOn: result.startedOn.toISOString(),
    finishedOn: result.finishedOn.toISOString(),
  });
}

/** Stable JSON in which no `##[` stands: printed on a runner's log, it would be a command wherever it is in a line. */
export function harmlessJson(value: unknown): string {
  return stableJson(value).replaceAll('##[', '\\u0023#[');
}
