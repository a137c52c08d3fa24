import { type Catalog, compare, versionKey } from '../state/catalog.ts';
import type { VersionRecord } from '../state/record.ts';

/** A name that every cloud takes: lower case, digits and dashes, beginning with a letter, 63 characters. */
export function cloudName({ image, version }: { readonly image: string; readonly version: string }): string {
  const name = `${image}-${version}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${/^[a-z]/.test(name) ? '' : 'image-'}${name}`.slice(0, 63).replace(/-+$/, '');
}

/**
 * What each version is called in clouds, by `versionKey`. Names there hold less than ours, so two versions could get the
 * same one, and a command about one would be obeyed by the other: whichever was published later gets the beginning of
 * its digest too. The name of what is published never changes.
 */
export function cloudNames(catalog: Catalog): ReadonlyMap<string, string> {
  const order = (record: VersionRecord): number => record.publishedIndex ?? Number.MAX_SAFE_INTEGER;
  const records = [...catalog.versions.values()].sort(
    (a, b) => order(a) - order(b) || compare(versionKey(a), versionKey(b)),
  );
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const record of records) {
    const plain = cloudName(record);
    const digest = record.disk.sha256.slice(0, 8);
    const name = taken.has(plain) ? `${plain.slice(0, 54).replace(/-+$/, '')}-${digest}` : plain;
    taken.add(name);
    names.set(versionKey(record), name);
  }
  return names;
}
