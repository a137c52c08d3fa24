import { canonicalPublicKey } from '@golden-image/evidence';
import { describeError } from '@golden-image/host';
import { LOG_FOLDER, readLog } from '../log/log-files.ts';
import { verifierText } from '../log/note.ts';
import { earlierPartial } from '../log/tiles.ts';
import { replay } from '../state/apply.ts';
import { type Catalog, EMPTY_CATALOG, sortedVersions, versionKey } from '../state/catalog.ts';
import type { VersionRecord } from '../state/record.ts';
import type { Snapshot } from '../store/store.ts';
import { imageFolder, signedText } from '../streams/streams.ts';
import { type CatalogKeys, KEY_FILES } from './keys.ts';
import { renderCatalog } from './render.ts';
import { holds, isStream, signedPath } from './signed-files.ts';

/** What was found when a published catalog was compared with what its log leads to. */
export interface Verification {
  readonly catalog: Catalog;
  readonly checkpoint: string;
  /** Files that were compared. */
  readonly files: number;
  /** Empty: every byte is as the log says. */
  readonly problems: readonly string[];
}

/**
 * Replays the audit log and compares the catalog that it leads to with the published one, byte for byte: generated
 * files, signed streams, tiles, and everything that was published with the images. Nothing else may lie there.
 *
 * @param disks whether disks lie in this store
 */
export async function verifyCatalog(
  snapshot: Snapshot,
  keys: CatalogKeys,
  options: { readonly disks: boolean; readonly now: Date },
): Promise<Verification> {
  const read = (path: string): Promise<Buffer | undefined> => snapshot.read(path);
  let log: Awaited<ReturnType<typeof readLog>>;
  let catalog: Catalog;
  try {
    log = await readLog(read, keys.log);
    catalog = replay(log.entries);
  } catch (error) {
    return { catalog: EMPTY_CATALOG, checkpoint: '', files: 0, problems: [describeError(error).message] };
  }
  const problems: string[] = [];
  const seen = new Set<string>([`${LOG_FOLDER}/checkpoint`]);
  const compare = async (path: string, expected: Uint8Array): Promise<void> => {
    seen.add(path);
    const found = await read(path);
    if (!found) {
      problems.push(`${path} is missing`);
    } else if (!found.equals(expected)) {
      problems.push(`${path} is not what the log leads to`);
    }
  };
  for (const [path, data] of renderCatalog(catalog, keys.log.name)) {
    await compare(path, data);
    if (isStream(path)) {
      seen.add(signedPath(path));
      const signed = (await read(signedPath(path)))?.toString('utf8') ?? '';
      const expected = signedText(data.toString('utf8'));
      if (!(await holds(keys.openpgp, signed, expected, options.now))) {
        problems.push(`${signedPath(path)} is not signed by the key of the indices, or says something else`);
      }
    }
  }
  await compare(KEY_FILES.log, Buffer.from(`${verifierText(keys.log)}\n`));
  await compare(KEY_FILES.openpgp, Buffer.from(await canonicalPublicKey(keys.openpgp)));
  for (const record of sortedVersions(catalog)) {
    problems.push(...(await checkFiles(record, snapshot, seen, options.disks)));
  }
  for (const path of await snapshot.list()) {
    if (!seen.has(path)) {
      const partial = path.startsWith(`${LOG_FOLDER}/`)
        ? earlierPartial(path.slice(LOG_FOLDER.length + 1), log.raw)
        : undefined;
      if (!partial) {
        problems.push(`${path} is not part of the catalog`);
      } else {
        await compare(path, partial);
      }
    }
  }
  return { catalog, checkpoint: log.note, files: seen.size, problems };
}

async function checkFiles(
  record: VersionRecord,
  snapshot: Snapshot,
  seen: Set<string>,
  disks: boolean,
): Promise<readonly string[]> {
  if (record.state === 'deleted') {
    return [];
  }
  const problems: string[] = [];
  const { disk } = record;
  const all = [
    ...record.attachments,
    ...(disks ? [{ name: disk.file, size: disk.size, sha256: disk.sha256 }] : []),
  ];
  for (const { name, sha256 } of all) {
    const path = `${imageFolder(record)}/${name}`;
    seen.add(path);
    const found = await snapshot.digest(path);
    if (found !== sha256) {
      problems.push(
        found
          ? `${path} was changed: it is sha256:${found}, ${versionKey(record)} says sha256:${sha256}`
          : `${path} is missing`,
      );
    }
  }
  return problems;
}
