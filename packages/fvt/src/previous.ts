import { readFile } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { z } from 'zod';
import type { CaseResult, Difference } from './results.ts';

const reportSchema = z.object({
  schemaVersion: z.literal(1),
  cases: z.array(z.object({ id: z.string(), outcome: z.string() })),
});

/**
 * Outcomes by case of an earlier `fvt.json`.
 *
 * @throws UserError `invalid-previous`
 */
export async function readPrevious(file: string): Promise<ReadonlyMap<string, string>> {
  try {
    const { cases } = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    return new Map(cases.map((item) => [item.id, item.outcome]));
  } catch (cause) {
    throw new UserError(`The earlier report ${file} cannot be read`, {
      code: 'invalid-previous',
      fix: 'Pass the reports/fvt.json of an earlier run, or leave `previous` out.',
      cause,
    });
  }
}

/** Cases that came out otherwise than before, new and gone ones among them. */
export function differencesFrom(
  previous: ReadonlyMap<string, string>,
  cases: readonly CaseResult[],
): readonly Difference[] {
  const now = new Map(cases.map((item) => [item.id, item.outcome as string]));
  return [...new Set([...now.keys(), ...previous.keys()])]
    .map((id) => ({ id, before: previous.get(id) ?? 'not there', now: now.get(id) ?? 'not there' }))
    .filter(({ before, now: after }) => before !== after)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
