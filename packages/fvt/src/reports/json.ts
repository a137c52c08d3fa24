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

/**
 * Stable JSON that holds no workflow command, were it printed on a runner's log: `##[` is one wherever it stands in a
 * line, `::` at the start of one, which only a Unicode line separator could make here.
 */
export function harmlessJson(value: unknown): string {
  return stableJson(value)
    .replaceAll('##[', '\\u0023#[')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
