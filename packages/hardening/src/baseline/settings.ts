import { readFile } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { parse } from 'yaml';
import { z } from 'zod';

const line = z.string().trim().min(1).max(2_000);
const innerPath = z.string().regex(/^\/[^\0]*$/, 'a path inside the image, from /');

/** What must hold of one file. */
const checkSchema = z
  .strictObject({
    file: innerPath,
    /** The file must not be there. */
    absent: z.literal(true).optional(),
    /** A line that must be there, as it is (spaces at both ends do not count). */
    line: line.optional(),
    /** A line that must not be there. */
    'no-line': line.optional(),
  })
  .refine(
    (check) => [check.absent, check.line, check['no-line']].filter((part) => part !== undefined).length === 1,
    'exactly one of absent, line and no-line',
  );

const settingsSchema = z.strictObject({
  /** Addresses that package repositories may have. */
  'allowed-repositories': z.array(line).optional(),
  /** Words that each kernel command line must have. */
  'required-kernel-options': z.array(line).default([]),
  /** Programs that may run as their owner or group, beside the distribution's own. */
  'allowed-suid': z.array(innerPath).default([]),
  rules: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and dashes'),
        title: line,
        reason: z.string().trim().min(15, 'say why, in a sentence').max(2_000),
        severity: z.enum(['low', 'medium', 'high']),
        check: checkSchema,
        /** Shell, run confined inside the image. */
        fix: z.string().max(10_000).optional(),
      }),
    )
    .default([]),
});
/** What a project adds to the baseline. */
export type BaselineSettings = z.infer<typeof settingsSchema>;
export type OwnRule = BaselineSettings['rules'][number];

export const DEFAULT_SETTINGS: BaselineSettings = settingsSchema.parse({});

/**
 * Reads a baseline file.
 *
 * @throws UserError `invalid-baseline` naming every fault
 */
export async function readBaselineSettings(file: string): Promise<BaselineSettings> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw invalid(file, 'it cannot be read', cause);
  });
  let value: unknown;
  try {
    value = parse(text, { schema: 'core', maxAliasCount: 0 });
  } catch (cause) {
    throw invalid(file, cause instanceof Error ? cause.message : 'it is not YAML', cause);
  }
  const parsed = settingsSchema.safeParse(value ?? {});
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'top'}: ${issue.message}`);
    throw invalid(file, faults.join('; '));
  }
  return parsed.data;
}

function invalid(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`The baseline ${file} is not valid: ${why}`, {
    code: 'invalid-baseline',
    fix: 'It may have allowed-repositories, required-kernel-options, allowed-suid and rules (id, title, reason, severity, check, fix).',
    ...(cause === undefined ? {} : { cause }),
  });
}
