import { stableJson } from '@golden-image/evidence';
import { type Catalog, compare, sortedVersions } from '../state/catalog.ts';
import type { VersionRecord } from '../state/record.ts';
import { isListed } from '../state/states.ts';

/**
 * Simplestreams, as cloud clients read it: an index and one products file a class. Source: the format's description in
 * Launchpad's simplestreams (doc/README) and its own client, which sorts version keys as texts.
 */

const DATATYPE = 'image-downloads';
export const STREAMS_FOLDER = 'streams/v1';

/** The reversed name of a log, as content and product ids begin: `example.org/images` is `org.example.images`. */
export function streamsPrefix(origin: string): string {
  const [host = '', ...path] = origin.split('/');
  const labels = host.replace(/:\d+$/, '').split('.').reverse();
  return [...labels, ...path]
    .map((part) => part.replace(/[^A-Za-z0-9-]/g, '-'))
    .join('.')
    .toLowerCase();
}

/** Sorts as the publications followed one another: date, then position in the log. */
export function streamsVersion(record: VersionRecord): string {
  const day = (record.publishedAt ?? '').slice(0, 10).replaceAll('-', '');
  return `${day}.${String(record.publishedIndex ?? 0).padStart(6, '0')}`;
}

/** RFC 2822 date, in UTC. */
export function rfc2822(time: string): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}

/** The folder of a version's files, which never change. */
export function imageFolder(record: { readonly image: string; readonly version: string }): string {
  return `images/${record.image}/${record.version}`;
}

/** The unsigned files of the streams, by path. The signed ones hold the same, and name each other. */
export function streamsFiles(catalog: Catalog, origin: string): Map<string, string> {
  const prefix = streamsPrefix(origin);
  const classes = [...new Set(sortedVersions(catalog).map((record) => record.class))].sort();
  const files = new Map<string, string>();
  const index: Record<string, unknown> = {};
  for (const name of classes) {
    const contentId = `${prefix}:${name}:download`;
    const path = `${STREAMS_FOLDER}/${prefix}.${name}.download.json`;
    const own = sortedVersions(catalog).filter((record) => record.class === name);
    const updated = rfc2822(lastChange(catalog, own));
    const products = productsOf(own, `${prefix}:${name}`);
    files.set(
      path,
      stableJson({ content_id: contentId, datatype: DATATYPE, format: 'products:1.0', products, updated }),
    );
    index[contentId] = {
      datatype: DATATYPE,
      format: 'products:1.0',
      path,
      products: Object.keys(products).sort(),
      updated,
    };
  }
  const updated = rfc2822(catalog.entries.at(-1)?.time ?? new Date(0).toISOString());
  files.set(`${STREAMS_FOLDER}/index.json`, stableJson({ format: 'index:1.0', index, updated }));
  return files;
}

/** The text that is signed for a file of the streams: an index names signed files. */
export function signedText(text: string): string {
  const value = JSON.parse(text) as { index?: Record<string, { path: string }> };
  for (const entry of Object.values(value.index ?? {})) {
    entry.path = entry.path.replace(/\.json$/, '.sjson');
  }
  return stableJson(value);
}

function lastChange(catalog: Catalog, records: readonly VersionRecord[]): string {
  const names = new Set(records.map(({ image, version }) => `${image}/${version}`));
  return catalog.entries.findLast((entry) => names.has(`${entry.image}/${entry.version}`))?.time ?? '';
}

function productsOf(records: readonly VersionRecord[], prefix: string): Record<string, unknown> {
  const listed = records.filter((record) => isListed(record.state));
  const groups = Map.groupBy(listed, (record) => `${prefix}:${record.image}:${record.architecture}`);
  return Object.fromEntries(
    [...groups]
      .sort(([a], [b]) => compare(a, b))
      .map(([id, versions]) => {
        const [{ image, family, distribution, release, architecture } = {} as VersionRecord] = versions;
        return [
          id,
          {
            arch: architecture,
            family,
            image,
            os: distribution,
            release,
            release_title: release,
            supported: true,
            version: release,
            versions: Object.fromEntries(
              versions.map((record) => [streamsVersion(record), versionOf(record)]),
            ),
          },
        ];
      }),
  );
}

function versionOf(record: VersionRecord): Record<string, unknown> {
  const { disk, schedule, successor } = record;
  const folder = imageFolder(record);
  const files = [
    { name: disk.file, ftype: disk.format, size: disk.size, sha256: disk.sha256 },
    ...record.attachments.map((file) => ({ ...file, ftype: file.name.replaceAll('/', '.') })),
  ];
  return {
    items: Object.fromEntries(
      files.map(({ name, ftype, size, sha256 }) => [
        name.replaceAll('/', '.'),
        { ftype, path: `${folder}/${name}`, sha256, size },
      ]),
    ),
    label: record.state === 'deprecated' ? 'deprecated' : 'release',
    pubname: `${record.image}-${record.version}-${record.architecture}`,
    version_name: record.version,
    state: record.state,
    ...(schedule.deprecateAt ? { deprecate_at: schedule.deprecateAt } : {}),
    ...(schedule.obsoleteAt ? { obsolete_at: schedule.obsoleteAt } : {}),
    ...(successor ? { successor: `${successor.image}/${successor.version}` } : {}),
  };
}
