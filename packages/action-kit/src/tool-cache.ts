import { randomBytes } from 'node:crypto';
import {
  chmod,
  copyFile,
  constants as fs,
  link,
  mkdir,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { find } from '@actions/tool-cache';
import type { FileCache } from '@golden-image/host';

/** Tool caches are looked up by version and architecture; a digest stands in for both. */
const ARCHITECTURE = 'any';

/**
 * Keeps files in the runner's tool cache (`RUNNER_TOOL_CACHE`), where `@actions/tool-cache` finds them again.
 *
 * Written without its `cacheFile`, which empties the entry before it fills it: here an entry appears by a rename, so
 * that two jobs on one machine never see each other's half-written file.
 *
 * @param name the folder of the tool cache, e.g. `golden-image-medium`
 * @returns undefined where the runner has no tool cache
 */
export function toolCache(name: string): FileCache | undefined {
  const root = process.env.RUNNER_TOOL_CACHE;
  if (!root) {
    return undefined;
  }
  const folderOf = (key: string): string => path.join(root, name, version(key), ARCHITECTURE);
  return {
    find: async (key) => {
      const folder = find(name, version(key), ARCHITECTURE);
      const files = folder === '' ? [] : await readdir(folder).catch(() => []);
      return files.length === 1 && files[0] !== undefined ? path.join(folder, files[0]) : undefined;
    },
    add: async (key, file) => {
      const folder = folderOf(key);
      const staging = path.join(path.dirname(folder), `.${process.pid}-${randomBytes(4).toString('hex')}`);
      await mkdir(staging, { recursive: true });
      try {
        const copy = path.join(staging, path.basename(file));
        await link(file, copy).catch(() => copyFile(file, copy, fs.COPYFILE_FICLONE));
        await chmod(copy, 0o444);
        // Fails when another job was faster; its file has the same digest.
        await rename(staging, folder).catch(ignoreExisting);
        await writeFile(`${folder}.complete`, '');
      } finally {
        await rm(staging, { recursive: true, force: true });
      }
    },
    remove: async (key) => {
      const folder = folderOf(key);
      await rm(`${folder}.complete`, { force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The digest as a prerelease of version 0: tool-cache takes semantic versions only. */
function version(key: string): string {
  if (!/^[a-z][a-z0-9]*-[0-9a-f]+$/.test(key)) {
    throw new Error(`not a cache key: ${key}`);
  }
  return `0.0.0-${key}`;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') {
    throw error;
  }
}
