import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stableJson } from '@golden-image/evidence';
import { publishAtomically } from '@golden-image/host';
import { ENGINE_VERSION } from '../version.ts';
import { checkOwner, prune, touch } from './private-cache.ts';

/** This many trees are kept. */
const KEEP = 3;

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
      await touch(path.join(folder, 'tree.json'));
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
    await prune(cacheFolder, /^tree-[0-9a-f]{32}$/, (entry) => path.join(entry, 'tree.json'), KEEP);
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
