import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cachedTree, treeKey } from '../tree/cache.ts';
import type { SourceContext, SourceResult } from './image-source.ts';

/** `medium` and `repository`: a root tree from packages, kept for builds that choose the same ones. */
export async function packageSource(context: SourceContext): Promise<SourceResult> {
  const { system, wanted, timer, ports, cacheFolder, scratch, sourceDateEpoch, hostAccepted } = context;
  const chosen = await timer.step('choose packages', () => system.choose(wanted));
  const { packages, facts, repositories } = chosen;
  const bytes = packages.reduce((total, { size }) => total + size, 0);
  ports.log.info(`${packages.length} packages, ${(bytes / 1e6).toFixed(0)} MB`);
  const inputs = packages.map(({ name, version, sha256 }) => `${name} ${version} ${sha256}`);
  const key = treeKey({ inputs, facts, epoch: sourceDateEpoch });
  const tree = await cachedTree(key, cacheFolder, scratch, async (root) => {
    const newest = await timer.step('fetch packages', chosen.fetch);
    await hostAccepted();
    const epoch = sourceDateEpoch ?? newest;
    await mkdir(path.dirname(root), { recursive: true });
    await timer.step('root tree', () => chosen.install(root, epoch));
    return epoch;
  });
  await hostAccepted();
  if (tree.hit) {
    ports.log.info('root tree: from the cache');
  }
  return {
    root: tree.root,
    key,
    epoch: tree.epoch,
    cacheHit: tree.hit,
    packages,
    complete: true,
    repositories,
  };
}
