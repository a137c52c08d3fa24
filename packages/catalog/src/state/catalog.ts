import type { AuditEntry } from './entry.ts';
import type { VersionRecord, VersionReference } from './record.ts';

/** Everything that is published, as it follows from the audit log. */
export interface Catalog {
  /** By `versionKey`. */
  readonly versions: ReadonlyMap<string, VersionRecord>;
  /** The whole audit log, first entry first. */
  readonly entries: readonly AuditEntry[];
}

export const EMPTY_CATALOG: Catalog = { versions: new Map(), entries: [] };

/** `debian-13/20261124`; names hold no slash, so the form is unambiguous. */
export function versionKey({ image, version }: VersionReference): string {
  return `${image}/${version}`;
}

/** All versions, sorted by image and by when they were published (drafts last). */
export function sortedVersions(catalog: Catalog): readonly VersionRecord[] {
  const order = (record: VersionRecord): number => record.publishedIndex ?? Number.MAX_SAFE_INTEGER;
  return [...catalog.versions.values()].sort(
    (a, b) => compare(a.image, b.image) || order(a) - order(b) || compare(a.version, b.version),
  );
}

/** Order of code units: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
