import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { withMountedRoot } from '@golden-image/disk';
import { confined, type Ports, UserError } from '@golden-image/host';
import { cachedTree, treeKey } from '../tree/cache.ts';
import type { SourceContext, SourceResult } from './image-source.ts';

/**
 * `disk`: the files of a vendor's cloud image, its packages changed as the definition says, laid out anew. The vendor's
 * disk is only read.
 *
 * @throws UserError `unreadable-disk`, `package-not-found`, `packages-conflict`, `package-script-failed`
 */
export async function diskSource(context: SourceContext): Promise<SourceResult> {
  const { medium } = context;
  if (!medium) {
    throw new Error('no disk was verified');
  }
  return fromDisk({ inputs: [medium.sha256], make: async () => medium.file }, context);
}

/** A disk that has a system on it. */
export interface SystemDisk {
  /** What decides its content: a part of the cache's key. */
  readonly inputs: readonly string[];
  /** Its path; called only when its files are not in the cache. */
  readonly make: () => Promise<string>;
}

/** The image's content from the files of a disk that has a system on it, with the definition's packages. */
export async function fromDisk(disk: SystemDisk, context: SourceContext): Promise<SourceResult> {
  const { system, loaded, timer, ports, cacheFolder, scratch, sourceDateEpoch, hostAccepted } = context;
  await hostAccepted();
  const base = await cachedTree(
    treeKey({ inputs: disk.inputs, facts: 'disk', epoch: undefined }),
    cacheFolder,
    scratch,
    async (root) => {
      const file = await disk.make();
      await timer.step('files of the disk', () => copyRoot(file, root, ports));
      return newestFile(path.join(root, system.traits.packageDatabase));
    },
  );
  const change = await timer.step('choose packages', () => system.change(base.root));
  const { packages, removed, repositories } = change;
  const inputs = [
    ...disk.inputs,
    ...packages.map(({ name, version, sha256 }) => `${name} ${version} ${sha256}`),
  ];
  const facts = { removed, filesystem: loaded.definition.disk.filesystem, change: change.facts };
  const key = treeKey({ inputs, facts, epoch: sourceDateEpoch });
  const tree = await cachedTree(key, cacheFolder, scratch, async (root) => {
    const newest = Math.max(base.epoch, await timer.step('fetch packages', change.fetch));
    const epoch = sourceDateEpoch ?? newest;
    await timer.step('change packages', async () => {
      await mkdir(path.dirname(root), { recursive: true });
      await copyTree(base.root, root, ports);
      await change.apply(root, epoch);
    });
    return epoch;
  });
  return {
    root: tree.root,
    key,
    epoch: tree.epoch,
    cacheHit: tree.hit,
    packages,
    complete: false,
    repositories,
  };
}

async function copyRoot(disk: string, target: string, ports: SourceContext['ports']): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  await withMountedRoot(disk, { writable: false }, ports, async (session) => {
    await copyTree(await session.hostPath('/'), target, ports);
  });
  const kept = await readdir(target);
  if (!kept.includes('usr') || !kept.includes('etc')) {
    throw new UserError('The root file system of the disk holds no system (no /usr and /etc)', {
      code: 'unreadable-disk',
      fix: "Pass a vendor's cloud image.",
    });
  }
  // The boot loaders of the new disk are made from the packages' files.
  await rm(path.join(target, 'boot/efi'), { recursive: true, force: true });
  await mkdir(path.join(target, 'boot/efi'), { recursive: true, mode: 0o755 });
}

async function copyTree(from: string, to: string, { exec }: Pick<Ports, 'exec'>): Promise<void> {
  const partial = `${to}.copy`;
  await exec(
    confined({
      command: 'cp',
      args: ['--archive', '--sparse=auto', '--no-target-directory', '--', from, partial],
    }),
  );
  await rename(partial, to);
}

/** In seconds: when the newest file of a folder was written. */
async function newestFile(folder: string): Promise<number> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new UserError("The disk has no package database of the definition's distribution", {
      code: 'unreadable-disk',
      fix: 'Correct `distribution` in the definition, or pass its cloud image.',
      cause,
    });
  });
  const times = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).mtimeMs));
  return Math.floor(Math.max(1000, ...times) / 1000);
}
