import { readFile } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { parse } from 'yaml';
import { z } from 'zod';
import type { CaseResult, QuarantineEntry } from './results.ts';

const entrySchema = z.strictObject({
  /** A case by its whole name. */
  case: z.string().min(1),
  /** Where the fault is followed up. */
  tracker: z.url({ protocol: /^https?$/ }),
  /** Last day, UTC. */
  expires: z.iso.date(),
  reason: z.string().min(1),
});

/** The file: a list under `quarantine`. Unknown keys are refused. */
export const quarantineSchema = z.strictObject({ quarantine: z.array(entrySchema) });

/**
 * Reads the list of cases that may fail for a while.
 *
 * @param known every case by name: a typing error must not excuse nothing in silence
 * @throws UserError `invalid-quarantine`
 */
export async function readQuarantine(
  file: string,
  known: readonly string[],
): Promise<readonly QuarantineEntry[]> {
  let value: unknown;
  try {
    value = parse(await readFile(file, 'utf8'), { uniqueKeys: true, strict: true });
  } catch (cause) {
    throw invalid(file, cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause));
  }
  const parsed = quarantineSchema.safeParse(value);
  if (!parsed.success) {
    throw invalid(
      file,
      parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`).join('; '),
    );
  }
  const entries = parsed.data.quarantine;
  const unknown = entries.filter((entry) => !known.includes(entry.case));
  const twice = entries.filter((entry, index) => entries.findIndex((e) => e.case === entry.case) !== index);
  if (unknown.length + twice.length > 0) {
    throw invalid(
      file,
      [
        ...unknown.map((entry) => `no case is named ${entry.case}`),
        ...twice.map((entry) => `${entry.case} stands there twice`),
      ].join('; '),
    );
  }
  return entries;
}

/**
 * Marks failed and flaky results that are in quarantine. An entry that has expired excuses nothing and says so; one
 * whose case passes says that it can go.
 */
export function applyQuarantine(
  results: readonly CaseResult[],
  entries: readonly QuarantineEntry[],
  today: Date,
): readonly CaseResult[] {
  const day = today.toISOString().slice(0, 10);
  return results.map((result) => {
    const entry = entries.find((candidate) => candidate.case === result.id);
    if (!entry || result.outcome === 'not-run' || result.outcome === 'skip') {
      return result;
    }
    if (result.outcome === 'pass') {
      const message = `${result.message} (it passes: take it out of quarantine, ${entry.tracker})`;
      return { ...result, message };
    }
    if (entry.expires < day) {
      const message =
        `${result.message} (its quarantine expired on ${entry.expires}, ${entry.tracker})`.trim();
      return { ...result, message };
    }
    return { ...result, quarantine: entry };
  });
}

function invalid(file: string, why: string): UserError {
  return new UserError(`The quarantine ${file} is not valid: ${why}`, {
    code: 'invalid-quarantine',
    fix: 'Give each entry case, tracker (a URL), expires (YYYY-MM-DD) and reason.',
  });
}
