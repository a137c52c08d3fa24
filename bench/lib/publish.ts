import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { measuredBenches, performancePages, summaryTable, updatePages } from './page.ts';
import { readResults } from './results.ts';

const BEGIN = '<!-- performance:begin -->';
const END = '<!-- performance:end -->';

/**
 * Writes everything that follows from `bench/results.json`: docs/performance.md, its charts, and the table in README.md.
 *
 * @param check write nothing
 * @returns the files that differed
 */
export async function publish(
  root: string,
  benches: readonly Bench[],
  check = false,
): Promise<readonly string[]> {
  const results = await readResults(path.join(root, 'bench/results.json'));
  const stale = await updatePages(path.join(root, 'docs'), performancePages(benches, results), check);
  const table = summaryTable(measuredBenches(benches, results), 'docs/performance.md');
  const file = path.join(root, 'README.md');
  const readme = await readFile(file, 'utf8');
  const wanted = withSection(readme, table);
  if (wanted === readme) {
    return stale;
  }
  if (!check) {
    await writeFile(file, wanted);
  }
  return [...stale, file];
}

/** @throws Error when the text has no place for the table */
export function withSection(text: string, table: string): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) {
    throw new Error(`README.md has no "${BEGIN} … ${END}"`);
  }
  return `${text.slice(0, from + BEGIN.length)}\n\n${table}\n\n${text.slice(to)}`;
}
