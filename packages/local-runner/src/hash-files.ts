import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * `hashFiles(…)`: the SHA-256 of the SHA-256 digests of the matching files of a folder, in the order of their names;
 * empty when nothing matches. A pattern with `!` takes away from the ones before it.
 */
export function hashFiles(folder: string, patterns: readonly string[]): string {
  const files = matchFiles(folder, patterns);
  if (files.length === 0) {
    return '';
  }
  const total = createHash('sha256');
  for (const file of files) {
    total.update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return total.digest('hex');
}

/** The regular files inside a folder that patterns match, sorted; each pattern may hold several lines. */
export function matchFiles(folder: string, patterns: readonly string[]): string[] {
  const found = new Set<string>();
  for (const line of patterns.flatMap((pattern) => pattern.split('\n')).map((text) => text.trim())) {
    if (line === '' || line.startsWith('#')) {
      continue;
    }
    const excluded = line.startsWith('!');
    for (const match of globSync(excluded ? line.slice(1) : line, { cwd: folder })) {
      const file = path.resolve(folder, match);
      if (excluded) {
        found.delete(file);
      } else if (inside(folder, file) && statSync(file, { throwIfNoEntry: false })?.isFile()) {
        found.add(file);
      }
    }
  }
  return [...found].sort();
}

function inside(folder: string, file: string): boolean {
  return !path.relative(folder, file).startsWith('..');
}
