import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import { type FileSystem, noRoot, probeFileSystem, ROOT_TYPES } from './file-system.ts';
import { type FstabEntry, isNamedBy, parseFstab } from './fstab.ts';
import { pathInside } from './inside.ts';
import type { Namespace } from './namespace.ts';
import { type Partition, readPartitions, unreadable } from './partitions.ts';
import type { WorkingCopy } from './working-copy.ts';

/** A file system of the image and where it is mounted in it. */
export interface MountedFileSystem {
  readonly target: string;
  readonly type: string;
  readonly partition: Partition;
  readonly uuid: string | undefined;
}

interface Candidate {
  readonly partition: Partition;
  readonly fileSystem: FileSystem;
}

/** Where btrfs keeps the root when it is not in the default subvolume: openSUSE's, Ubuntu's, Fedora's names. */
const ROOT_SUBVOLUMES = ['@', 'root', '@rootfs'];

/**
 * Finds the root file system (by partition type, then by an os-release in it), mounts it at `root`, and below it what
 * the image's own fstab mounts from the same disk.
 *
 * @throws UserError `encrypted-disk`, `unsupported-disk`, `unreadable-disk`
 */
export async function mountImage(
  copy: WorkingCopy,
  root: string,
  writable: boolean,
  namespace: Namespace,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<readonly MountedFileSystem[]> {
  const partitions = await readPartitions(copy.file, copy.virtualSize, ports);
  const candidates = await Promise.all(
    partitions.map(async (partition) => ({
      partition,
      fileSystem: await probeFileSystem(copy.file, partition, ports),
    })),
  );
  const mount = (candidate: Candidate, target: string, extra: readonly string[]): Promise<void> =>
    mountOne(copy.file, candidate, target, [writable ? 'rw' : 'ro', ...extra], namespace);
  const rootCandidate = await mountRoot(candidates, root, mount, namespace);
  const mounted: MountedFileSystem[] = [describe(rootCandidate, '/')];
  for (const entry of await otherEntries(namespace.outside(root))) {
    const found = candidates.find(({ partition, fileSystem }) =>
      isNamedBy(entry.source, {
        uuid: fileSystem.uuid,
        label: fileSystem.label,
        partitionUuid: partition.uuid,
        partitionName: partition.name,
      }),
    );
    if (found && [...ROOT_TYPES, 'vfat'].includes(found.fileSystem.type ?? '')) {
      const outside = await pathInside(namespace.outside(root), entry.target);
      if (!(await stat(outside).catch(() => undefined))?.isDirectory()) {
        await mkdir(outside, { recursive: true });
      }
      const inner = path.relative(namespace.outside(root), outside);
      if (
        await mountOther(() => mount(found, path.join(root, inner), subvolume(entry.options)), found, ports)
      ) {
        mounted.push(describe(found, `/${inner}`));
      }
    }
  }
  return mounted;
}

/** An ESP may stay closed (not every kernel knows vfat); anything else of the image must open. */
async function mountOther(
  mount: () => Promise<void>,
  { partition, fileSystem }: Candidate,
  ports: Pick<Ports, 'log'>,
): Promise<boolean> {
  try {
    await mount();
    return true;
  } catch (cause) {
    if (fileSystem.type !== 'vfat') {
      throw unreadable(`the file system of partition ${partition.number} cannot be mounted`, cause);
    }
    ports.log.info(
      `The EFI system partition (${partition.number}) cannot be mounted here and is left as it is.`,
    );
    return false;
  }
}

async function mountRoot(
  candidates: readonly Candidate[],
  root: string,
  mount: (candidate: Candidate, target: string, extra: readonly string[]) => Promise<void>,
  namespace: Namespace,
): Promise<Candidate> {
  const order = ['root', 'linux', 'other'];
  const usable = candidates
    .filter(({ partition, fileSystem }) => {
      return order.includes(partition.role) && ROOT_TYPES.includes(fileSystem.type ?? '');
    })
    .sort(
      (a, b) =>
        order.indexOf(a.partition.role) - order.indexOf(b.partition.role) ||
        b.partition.size - a.partition.size,
    );
  for (const candidate of usable) {
    const btrfs = candidate.fileSystem.type === 'btrfs';
    for (const extra of [[], ...(btrfs ? ROOT_SUBVOLUMES.map((name) => [`subvol=${name}`]) : [])]) {
      const error = await mount(candidate, root, extra).catch((cause: unknown) => cause);
      if (error !== undefined && extra.length === 0) {
        throw unreadable(
          `the file system of partition ${candidate.partition.number} cannot be mounted`,
          error,
        );
      }
      if (error === undefined) {
        if (await holdsSystem(namespace.outside(root))) {
          return candidate;
        }
        await namespace.exec({ command: 'umount', args: [root] });
      }
    }
  }
  throw usable.length > 0
    ? new UserError('No file system of the disk holds a Linux system (no os-release)', {
        code: 'unreadable-disk',
        fix: 'Pass the disk of an installed system.',
      })
    : noRoot(candidates);
}

async function holdsSystem(root: string): Promise<boolean> {
  for (const file of ['/etc/os-release', '/usr/lib/os-release']) {
    const found = await stat(await pathInside(root, file)).catch(() => undefined);
    if (found?.isFile()) {
      return true;
    }
  }
  return false;
}

/** What fstab mounts beside the root, parents first. */
async function otherEntries(root: string): Promise<readonly FstabEntry[]> {
  const text = await readFile(await pathInside(root, '/etc/fstab'), 'utf8').catch(() => '');
  return parseFstab(text)
    .filter(({ target }) => target.startsWith('/') && target !== '/')
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}

function subvolume(options: readonly string[]): readonly string[] {
  return options.filter((option) => /^subvol(id)?=[\w@./-]+$/.test(option));
}

/** The loop device clears itself when its mount goes, also with the namespace. */
async function mountOne(
  disk: string,
  { partition, fileSystem }: Candidate,
  target: string,
  options: readonly string[],
  namespace: Namespace,
): Promise<void> {
  const all = [
    ...options,
    'nodev',
    'loop',
    `offset=${partition.offset}`,
    `sizelimit=${partition.size}`,
    ...(fileSystem.type === 'xfs' ? ['nouuid'] : []),
  ];
  await namespace.exec({
    command: 'mount',
    args: ['-t', fileSystem.type ?? 'auto', '-o', all.join(','), disk, target],
  });
}

function describe({ partition, fileSystem }: Candidate, target: string): MountedFileSystem {
  return { target, type: fileSystem.type ?? '', partition, uuid: fileSystem.uuid };
}
