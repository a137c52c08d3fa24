import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { matchesGlob } from '../policy/glob.ts';

/** Where no report lies, and a walk would take long. */
const SKIPPED: readonly string[] = ['.git', 'node_modules'];

/**
 * Absolute paths of the files that a path or glob names, sorted. A path without `*` and `?` is taken as it is, there or
 * not: opening it says what is wrong. Links to folders are not followed.
 *
 * @param folder what relative patterns are relative to
 */
export async function filesMatching(pattern: string, folder: string): Promise<readonly string[]> {
  const absolute = path.resolve(folder, pattern);
  if (!/[*?]/.test(pattern)) {
    return [absolute];
  }
  const segments = absolute.split('/');
  const fixed = segments.slice(
    0,
    segments.findIndex((segment) => /[*?]/.test(segment)),
  );
  const found: string[] = [];
  const walk = async (at: string): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const full = path.join(at, entry.name);
      if (entry.isDirectory() && !SKIPPED.includes(entry.name)) {
        await walk(full);
      } else if (!entry.isDirectory() && matchesGlob(absolute, full)) {
        found.push(full);
      }
    }
  };
  await walk(fixed.join('/') || '/');
  return found.sort();
}
