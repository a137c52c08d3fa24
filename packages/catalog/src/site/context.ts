import { entryBytes } from '../log/log-files.ts';
import { leafHash } from '../log/merkle.ts';
import type { CatalogKeys } from '../publish/keys.ts';
import type { Catalog } from '../state/catalog.ts';
import type { AuditEntry } from '../state/entry.ts';
import type { State } from '../state/states.ts';
import type { ImageData } from './image-data.ts';

/** What all pages have in common. */
export interface SiteContext {
  readonly catalog: Catalog;
  readonly checkpoint: string;
  readonly keys: CatalogKeys;
  readonly states: ReadonlyMap<string, State>;
  readonly data: ReadonlyMap<string, ImageData>;
  /** Leaf hashes of the log. */
  readonly leaves: readonly Buffer[];
  /** Address of the catalog's files from a version's page, with a slash at its end. */
  readonly base: string;
}

export function logLeaves(entries: readonly AuditEntry[]): readonly Buffer[] {
  return entries.map((entry) => leafHash(entryBytes(entry)));
}
