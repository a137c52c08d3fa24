import { hash } from 'node:crypto';
import { z } from 'zod';

/** The parts of a SARIF 2.1.0 result that are read. */
const location = z.looseObject({
  physicalLocation: z
    .looseObject({
      artifactLocation: z.looseObject({ uri: z.string().optional(), index: z.int().optional() }).optional(),
      region: z.looseObject({ startLine: z.int().optional() }).optional(),
    })
    .optional(),
});
export const resultSchema = z.looseObject({
  ruleId: z.string().optional(),
  ruleIndex: z.int().optional(),
  rule: z
    .looseObject({
      id: z.string().optional(),
      index: z.int().optional(),
      toolComponent: z.looseObject({ index: z.int().optional() }).optional(),
    })
    .optional(),
  level: z.enum(['none', 'note', 'warning', 'error']).optional(),
  kind: z.string().optional(),
  baselineState: z.string().optional(),
  message: z
    .looseObject({ text: z.string().optional(), markdown: z.string().optional(), id: z.string().optional() })
    .optional(),
  locations: z.array(location).nullish(),
  suppressions: z.array(z.looseObject({ status: z.string().optional() })).nullish(),
  partialFingerprints: z.record(z.string(), z.string()).nullish(),
  fingerprints: z.record(z.string(), z.string()).nullish(),
});
export type Result = z.infer<typeof resultSchema>;

/**
 * Whether it is a finding: of kind `fail` (the default), not gone since its baseline, and not suppressed. A
 * suppression that somebody still reviews or has rejected suppresses nothing.
 */
export function counts(result: Result): boolean {
  const suppressions = result.suppressions ?? [];
  const suppressed =
    suppressions.length > 0 &&
    suppressions.every(({ status }) => status === undefined || status === 'accepted');
  return (result.kind ?? 'fail') === 'fail' && result.baselineState !== 'absent' && !suppressed;
}

/**
 * The same for the same finding in two reports, whatever lines it moved to: its fingerprints, or, where the tool makes
 * none, rule, file and message. 16 characters, one a byte: a base may hold a million of them.
 */
export function identityOf(result: Result): string {
  const fingerprints = Object.entries(result.fingerprints ?? result.partialFingerprints ?? {}).sort();
  const { file } = placeOf(result);
  const rule = ruleOf(result);
  const parts =
    fingerprints.length > 0 ? [rule, file, ...fingerprints.flat()] : [rule, file, messageOf(result)];
  return hash('sha256', JSON.stringify(parts), 'buffer').toString('latin1', 0, 16);
}

export function ruleOf(result: Result): string {
  return (
    result.ruleId ?? result.rule?.id ?? (result.ruleIndex === undefined ? '' : `rule ${result.ruleIndex}`)
  );
}

export function placeOf(result: Result): { readonly file: string; readonly line: number } {
  const physical = result.locations?.[0]?.physicalLocation;
  return { file: physical?.artifactLocation?.uri ?? '', line: Math.max(0, physical?.region?.startLine ?? 0) };
}

export function messageOf(result: Result): string {
  const { text, markdown, id } = result.message ?? {};
  return text ?? markdown ?? id ?? '';
}
