import { z } from 'zod';
import { observed, sha } from './observed.ts';

const count = z.int().nonnegative();
const lines = z.strictObject({ covered: count, total: count });
const byLevel = z.strictObject({ error: count, warning: count, note: count });
/** When the reports were made, oldest first to blame; the file's own time where the format has none. */
const madeAt = z.iso.datetime();

/** Line coverage, all reports together. */
export const coverageFact = z.strictObject({
  ...observed,
  kind: z.literal('coverage'),
  value: z
    .strictObject({
      madeAt,
      files: count,
      lines,
      /** Changed files that the reports know: their changed executable lines. */
      changed: z.array(
        z.strictObject({ path: z.string(), covered: z.array(z.int()), missed: z.array(z.int()) }),
      ),
      /** Changed files that a reported name may mean, or another file. */
      unclear: z.array(z.strictObject({ path: z.string(), reported: z.string() })).optional(),
    })
    .optional(),
});

/** Line coverage of the base, from the reports of its last run. */
export const coverageBaseFact = z.strictObject({
  ...observed,
  kind: z.literal('coverage-base'),
  value: z.strictObject({ lines }).optional(),
});

/** Findings of static analysis (SARIF), suppressed ones left out. */
export const findingsFact = z.strictObject({
  ...observed,
  kind: z.literal('findings'),
  value: z
    .strictObject({
      madeAt,
      tools: z.array(z.string()),
      /** Commits that the reports say they are about. */
      revisions: z.array(sha),
      total: byLevel,
      /** Not in the base's reports; absent without them. */
      new: byLevel.optional(),
      /** The worst, new ones first; at most 25. */
      worst: z.array(
        z.strictObject({
          level: z.enum(['error', 'warning', 'note']),
          rule: z.string(),
          file: z.string(),
          line: count,
          message: z.string(),
          new: z.boolean().optional(),
        }),
      ),
    })
    .optional(),
});

/** Test results (JUnit), all reports together. */
export const testsFact = z.strictObject({
  ...observed,
  kind: z.literal('tests'),
  value: z
    .strictObject({
      madeAt,
      passed: count,
      failed: count,
      skipped: count,
      /** Names of failed tests; at most 25. */
      failures: z.array(z.string()),
    })
    .optional(),
});
