import { copyFile, link, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { publishAtomically } from '@golden-image/host';
import type { PrivateApt } from './private-apt.ts';

/**
 * Gives apt the indexes of an earlier build: it then asks the repositories only whether they changed, and verifies the
 * signed one again. The cache is root's alone.
 */
export async function restoreLists(apt: PrivateApt, cacheFolder: string | undefined): Promise<void> {
  if (cacheFolder !== undefined) {
    await copyFiles(path.join(cacheFolder, 'lists'), path.join(apt.folder, 'lists'));
  }
}

/** Keeps the indexes for the next build. */
export async function keepLists(apt: PrivateApt, cacheFolder: string | undefined): Promise<void> {
  if (cacheFolder !== undefined) {
    await publishAtomically(path.join(cacheFolder, 'lists'), async (partial) => {
      await mkdir(partial, { recursive: true });
      await copyFiles(path.join(apt.folder, 'lists'), partial);
    });
  }
}

/** Those of the network: names of local ones begin with `_`. */
async function copyFiles(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter(({ name }) => /^[^_.].*(Release|Packages)$/.test(name))) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isFile()) {
      await link(source, target).catch(() => copyFile(source, target));
    }
  }
}
