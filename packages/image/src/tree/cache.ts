import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stableJson } from '@golden-image/evidence';
import { publishAtomically, UserError } from '@golden-image/host';
import { ENGINE_VERSION } from '../version.ts';

/** This many trees are kept; a tree in use is younger than the age below. */
const KEEP = 3;
const IN_USE_MS = 60 * 60 * 1000;

/** Everything that a root tree depends on: what is installed, what else decides how it comes out, this engine. */
export function treeKey(
  facts: {
    /** Digests of what is installed, or of the disk that the tree comes from. */
    readonly inputs: readonly string[];
    readonly facts: unknown;
    readonly epoch: number | undefined;
  },
  engine: string = ENGINE_VERSION,
): string {
  const all = { ...facts, epoch: facts.epoch ?? 'newest', engine };
  return createHash('sha256').update(stableJson(all)).digest('hex').slice(0, 32);
}

/** A root tree with the epoch that it was made with. */
export interface Tree {
  readonly root: string;
  readonly epoch: number;
}

/**
 * The tree of `key`, from the cache or made now. `make` fills the folder it is given and returns the epoch.
 *
 * @param cacheFolder undefined: nothing is kept, the tree lies in `scratch`
 */
export async function cachedTree(
  key: string,
  cacheFolder: string | undefined,
  scratch: string,
  make: (root: string) => Promise<number>,
): Promise<Tree & { readonly hit: boolean }> {
  const folder = path.join(cacheFolder ?? scratch, `tree-${key}`);
  if (cacheFolder !== undefined) {
    const known = await readTree(folder);
    if (known) {
      const now = new Date();
      await utimes(path.join(folder, 'tree.json'), now, now);
      return { ...known, hit: true };
    }
  }
  await publishAtomically(folder, async (partial) => {
    const epoch = await make(path.join(partial, 'root'));
    await writeFile(path.join(partial, 'tree.json'), stableJson({ epoch, key }));
  });
  const made = await readTree(folder);
  if (!made) {
    throw new Error(`the tree ${folder} vanished`);
  }
  if (cacheFolder !== undefined) {
    await prune(cacheFolder, folder);
  }
  return { ...made, hit: false };
}

async function readTree(folder: string): Promise<Tree | undefined> {
  const text = await readFile(path.join(folder, 'tree.json'), 'utf8').catch(() => undefined);
  if (text === undefined) {
    return undefined;
  }
  await checkOwner(folder);
  const { epoch } = JSON.parse(text) as { epoch: number };
  return { root: path.join(folder, 'root'), epoch };
}

/** Who may write the cache decides what the image holds: only this user. */
async function checkOwner(folder: string): Promise<void> {
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new UserError(`The cached tree ${folder} can be written by others`, {
      code: 'cache-not-private',
      fix: 'Remove the cache folder, and keep it where only this user may write; or set cache: false.',
    });
  }
}

async function prune(cacheFolder: string, current: string): Promise<void> {
  const names = (await readdir(cacheFolder)).filter((name) => /^tree-[0-9a-f]{32}$/.test(name));
  const aged = await Promise.all(
    names.map(async (name) => {
      const folder = path.join(cacheFolder, name);
      const used = await stat(path.join(folder, 'tree.json')).then(
        (found) => found.mtimeMs,
        () => 0,
      );
      return { folder, used };
    }),
  );
  const old = aged
    .filter(({ folder }) => folder !== current)
    .sort((a, b) => b.used - a.used)
    .slice(KEEP - 1);
  for (const { folder, used } of old) {
    if (Date.now() - used > IN_USE_MS) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
