import { type Catalog, versionKey } from '../state/catalog.ts';

/** The version that a build of today takes: the date in UTC, with a number when the catalog has that version already. */
export function nextVersion(catalog: Catalog, image: string, now: Date): string {
  const date = now.toISOString().slice(0, 10).replaceAll('-', '');
  const taken = (version: string): boolean => catalog.versions.has(versionKey({ image, version }));
  let version = date;
  for (let number = 2; taken(version); number += 1) {
    version = `${date}.${number}`;
  }
  return version;
}
