import { ReportLimit } from '../source/unreadable.ts';
import { LineHits } from './line-hits.ts';

/** More files than any repository of a sane report has; a bound on memory. */
const MAX_FILES = 200_000;
const MAX_LINE = 2 ** 30;
const MAX_PATH = 4096;

/** How a format names files: from some root of the repository, or by package (JaCoCo, Go). */
export type Naming = 'path' | 'package';

/** Line coverage of many files, from one report or several. */
export class Coverage {
  readonly #files = new Map<string, { hits: LineHits; naming: Naming }>();
  /** When the reports say they were made; the oldest. */
  #madeAt: Date | undefined;

  /** The hits of a file, to add to; the same for the same path. */
  file(path: string, naming: Naming = 'path'): LineHits {
    const normal = normalise(path);
    if (normal === '' || normal.length > MAX_PATH) {
      throw new ReportLimit('a file without a usable path');
    }
    const known = this.#files.get(normal);
    if (known) {
      return known.hits;
    }
    if (this.#files.size >= MAX_FILES) {
      throw new ReportLimit(`more than ${MAX_FILES} files`);
    }
    const hits = new LineHits();
    this.#files.set(ownCopy(normal), { hits, naming });
    return hits;
  }

  /** Notes when a report was made; times before 2000 are what tools write that do not know. */
  made(at: Date): void {
    const usable = at.getTime() > Date.UTC(2000, 0, 1);
    if (usable && (this.#madeAt === undefined || at < this.#madeAt)) {
      this.#madeAt = at;
    }
  }

  get madeAt(): Date | undefined {
    return this.#madeAt;
  }

  get size(): number {
    return this.#files.size;
  }

  /** How each file is named, by its path; made anew each time. */
  namings(): ReadonlyMap<string, Naming> {
    return new Map([...this.#files].map(([path, { naming }]) => [path, naming]));
  }

  hits(path: string): LineHits | undefined {
    return this.#files.get(path)?.hits;
  }

  /** Executable lines of all files, and how many of them ran. */
  count(): { readonly covered: number; readonly total: number } {
    let covered = 0;
    let total = 0;
    for (const { hits } of this.#files.values()) {
      const one = hits.count();
      covered += one.covered;
      total += one.total;
    }
    return { covered, total };
  }
}

/** The line number and hits of a record, or undefined when they are not numbers that a report may hold. */
export function lineRecord(
  line: string | undefined,
  hits: string | undefined,
): { readonly line: number; readonly hit: boolean } | undefined {
  // Some tools write hits as 1e+06, or -1 for overflows: what is not zero was hit, but only if it is a number.
  if (
    line === undefined ||
    hits === undefined ||
    !/^[1-9]\d{0,9}$/.test(line) ||
    !/^\d+(?:\.\d+)?(?:e[+]?\d+)?$/i.test(hits)
  ) {
    return undefined;
  }
  const number = Number(line);
  return number < MAX_LINE ? { line: number, hit: Number(hits) > 0 } : undefined;
}

/** Part of a string keeps all of it in memory: here a piece of the report for each file. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** Forward slashes, no `.` and empty segments; `..` is resolved where it can be. */
function normalise(path: string): string {
  const absolute = /^[\\/]/.test(path);
  const kept: string[] = [];
  for (const segment of path.split(/[\\/]+/)) {
    if (segment === '..' && kept.length > 0 && kept.at(-1) !== '..') {
      kept.pop();
    } else if (segment !== '.' && segment !== '') {
      kept.push(segment);
    }
  }
  return `${absolute ? '/' : ''}${kept.join('/')}`;
}
