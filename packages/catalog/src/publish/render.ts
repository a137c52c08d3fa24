import { stableJson } from '@golden-image/evidence';
import { logFiles } from '../log/log-files.ts';
import { feedFiles } from '../notify/feeds.ts';
import { statusFiles } from '../notify/status.ts';
import type { Catalog } from '../state/catalog.ts';
import { CATALOG_README } from '../streams/readme.ts';
import { streamsFiles } from '../streams/streams.ts';

/**
 * Every file of a published catalog that follows from its log alone, by path: the same log always gives the same bytes.
 * What is signed (the checkpoint, the signed streams) and what was published with the images comes beside them.
 */
export function renderCatalog(catalog: Catalog, origin: string): Map<string, Buffer> {
  const texts = [
    ['README.md', CATALOG_README] as const,
    ...[...catalog.versions].map(([key, record]) => [`versions/${key}.json`, stableJson(record)] as const),
    ...streamsFiles(catalog, origin),
    ...statusFiles(catalog),
    ...feedFiles(catalog, origin),
  ];
  return new Map([
    ...texts.map(([path, text]) => [path, Buffer.from(text)] as const),
    ...logFiles(catalog.entries),
  ]);
}
