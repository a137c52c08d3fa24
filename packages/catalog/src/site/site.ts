import type { CatalogKeys } from '../publish/keys.ts';
import { type Catalog, sortedVersions, versionKey } from '../state/catalog.ts';
import { effectiveStates } from '../state/effective.ts';
import type { Snapshot } from '../store/store.ts';
import { logLeaves, type SiteContext } from './context.ts';
import { type ImageData, imageData } from './image-data.ts';
import { imagePage } from './image-page.ts';
import { listPage } from './list-page.ts';

export interface SiteRequest {
  /** A catalog that was verified. */
  readonly catalog: Catalog;
  readonly checkpoint: string;
  readonly keys: CatalogKeys;
  readonly snapshot: Snapshot;
  readonly now: Date;
  /** Where the catalog is published; undefined: the folder that holds the site's folder. */
  readonly url: string | undefined;
}

/** From `site/images/<image>/<version>/index.html` to what lies beside `site`. */
const BESIDE = '../../../../';

/** The pages of a catalog, by path: a list and a page a version. They need no server and load nothing. */
export async function buildSite(request: SiteRequest): Promise<Map<string, string>> {
  const { catalog, snapshot, now, url } = request;
  const shown = sortedVersions(catalog).filter(({ state }) => state !== 'draft');
  const data = new Map<string, ImageData>();
  for (const record of shown) {
    data.set(versionKey(record), await imageData(record, snapshot));
  }
  const context: SiteContext = {
    catalog,
    checkpoint: request.checkpoint,
    keys: request.keys,
    states: effectiveStates(catalog, now).states,
    data,
    leaves: logLeaves(catalog.entries),
    base: url ? `${url.replace(/\/$/, '')}/` : BESIDE,
  };
  return new Map([
    ['index.html', listPage(catalog, request.keys.log.name, now)],
    ...shown.map(
      (record) => [`images/${versionKey(record)}/index.html`, imagePage(record, context)] as const,
    ),
  ]);
}
