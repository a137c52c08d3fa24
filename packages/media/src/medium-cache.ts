import { chmod, copyFile, constants as fs, link, rm } from 'node:fs/promises';
import type { FileCache, Log } from '@golden-image/host';
import type { Digests } from './digester.ts';

/** The key of a medium in the cache: its digest says what it is, whatever it was called. */
export function cacheKey(algorithm: string, hex: string): string {
  return `${algorithm}-${hex}`;
}

/** A second name of the file where the file system allows, else a copy. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to, fs.COPYFILE_EXCL | fs.COPYFILE_FICLONE));
}

/**
 * Puts a verified medium into the cache under each of its digests. A cache that cannot take it is no reason to fail.
 * The file becomes read-only: cache and output may share its bytes.
 */
export async function keepInCache(
  cache: FileCache | undefined,
  file: string,
  digests: Digests,
  log: Log,
): Promise<void> {
  if (!cache) {
    return;
  }
  try {
    await chmod(file, 0o444);
    for (const [algorithm, hex] of Object.entries(digests)) {
      await cache.add(cacheKey(algorithm, hex), file);
    }
  } catch (error) {
    log.warning(
      `The medium could not be kept in the cache: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Forgets a medium, e.g. because its bytes changed in the cache. */
export async function dropFromCache(cache: FileCache, key: string, file: string): Promise<void> {
  await rm(file, { force: true });
  await cache.remove(key);
}
