import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stableJson } from '@golden-image/evidence';
import { publishAtomically, UserError } from '@golden-image/host';
import type { Facts } from '../facts/facts.ts';

/**
 * Writes what a decision leaves: `facts.json`, `report.md`, and what `more` writes beside them. What an earlier run
 * wrote there is replaced, so that no old approval stays.
 */
export async function publishDecision<T>(
  output: string,
  facts: Facts,
  report: string,
  more: (folder: string) => Promise<T>,
): Promise<{ readonly facts: string; readonly report: string; readonly more: T }> {
  const result = await publishAtomically(output, async (partial) => {
    await publishAtomically(path.join(partial, 'facts.json'), (file) => writeFile(file, stableJson(facts)));
    await writeFile(path.join(partial, 'report.md'), report);
    return more(partial);
  });
  return { facts: path.join(output, 'facts.json'), report: path.join(output, 'report.md'), more: result };
}

/** @throws UserError `policy-not-found`, `facts-not-found` */
export async function readInput(file: string, what: 'policy' | 'facts'): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(`The ${what} ${file} cannot be read`, {
      code: `${what}-not-found`,
      fix: `Check the input ${what}, and that the job checked out the repository.`,
      cause,
    });
  }
}
