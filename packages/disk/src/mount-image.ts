import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import { maskOf, openEsp } from './esp.ts';
import { noRoot, ROOT_TYPES } from './file-system.ts';
import { type FstabEntry, isNamedBy, readFstab } from './fstab.ts';
import { pathInside } from './inside.ts';
import type { Namespace } from './namespace.ts';
import { unreadable } from './partitions.ts';
import { readVolumes, type Volume } from './volumes.ts';
import type { WorkingCopy } from './working-copy.ts';

/** A file system of the image and where it is mounted in it. */
export interface MountedFileSystem {
  readonly target: string;
  readonly type: string;
  readonly volume: Volume;
  /** Writes back what does not lie in the working copy itself; called while it is mounted. */
  readonly save: () => Promise<void>;
}

type MountPorts = Pick<Ports, 'exec' | 'log' | 'tools'>;

/** Where btrfs keeps the root when it is not in the default subvolume: openSUSE's, Ubuntu's, Fedora's names. */
const ROOT_SUBVOLUMES = ['@', 'root', '@rootfs'];

/**
 * Finds the root file system (by partition type, then by an os-release in it), mounts it at `root`, and below it what
 * the image's own fstab mounts from the same disk.
 *
 * @throws UserError `encrypted-disk`, `unreadable-disk`
 */
export async function mountImage(
  copy: WorkingCopy,
  root: string,
  writable: boolean,
  namespace: Namespace,
  ports: MountPorts,
): Promise<readonly MountedFileSystem[]> {
  const volumes = await readVolumes(copy, ports);
  const mount: Mount = (volume, target, extra) => mountOne(volume, target, writable, extra, namespace);
  const rootVolume = await mountRoot(volumes, root, mount, namespace);
  const mounted: MountedFileSystem[] = [describe(rootVolume, '/')];
  for (const entry of otherEntries(await readFstab(namespace.outside(root)))) {
    const volume = volumes.find((candidate) => isNamed(entry, candidate));
    if (volume && [...ROOT_TYPES, 'vfat'].includes(volume.fileSystem.type ?? '')) {
      const outside = await pathInside(namespace.outside(root), entry.target);
      if (!(await stat(outside).catch(() => undefined))?.isDirectory()) {
        await mkdir(outside, { recursive: true });
      }
      const inner = path.relative(namespace.outside(root), outside);
      const target = path.join(root, inner);
      const place = { copy, target, writable, namespace };
      mounted.push({
        ...describe(volume, `/${inner}`),
        ...(await mountOther(volume, entry, place, mount, ports)),
      });
    }
  }
  return mounted;
}

type Mount = (volume: Volume, target: string, extra: readonly string[]) => Promise<void>;

function isNamed(entry: FstabEntry, { uuid, name, paths, fileSystem }: Volume): boolean {
  const names = {
    uuid: fileSystem.uuid,
    label: fileSystem.label,
    partitionUuid: uuid,
    partitionName: name,
  };
  return isNamedBy(entry.source, names) || paths.includes(entry.source);
}

/** Not every kernel knows vfat: an ESP that cannot be mounted is copied out by mtools, and back if it changes. */
async function mountOther(
  volume: Volume,
  entry: FstabEntry,
  place: {
    readonly copy: WorkingCopy;
    readonly target: string;
    readonly writable: boolean;
    readonly namespace: Namespace;
  },
  mount: Mount,
  ports: MountPorts,
): Promise<Partial<MountedFileSystem>> {
  const { copy, target, writable, namespace } = place;
  const failure = await mount(volume, target, mountOptions(entry, volume)).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (failure === undefined) {
    return {};
  }
  if (volume.fileSystem.type !== 'vfat') {
    throw unreadable(`the file system of ${volume.title} cannot be mounted`, failure);
  }
  const folder = path.join(copy.folder, `esp-${volume.offset}`);
  const esp = await openEsp(`${volume.file}@@${volume.offset}`, folder, maskOf(entry.options), ports);
  await namespace.exec({ command: 'mount', args: ['--bind', folder, target] });
  if (!writable) {
    await namespace.exec({ command: 'mount', args: ['-o', 'remount,bind,ro', target] });
  }
  return { save: esp.save };
}

async function mountRoot(
  volumes: readonly Volume[],
  root: string,
  mount: Mount,
  namespace: Namespace,
): Promise<Volume> {
  const order = ['root', 'linux', 'other'];
  const usable = volumes
    .filter(({ role, fileSystem }) => order.includes(role) && ROOT_TYPES.includes(fileSystem.type ?? ''))
    .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || b.size - a.size);
  for (const volume of usable) {
    const btrfs = volume.fileSystem.type === 'btrfs';
    for (const extra of [[], ...(btrfs ? ROOT_SUBVOLUMES.map((name) => [`subvol=${name}`]) : [])]) {
      const error = await mount(volume, root, extra).catch((cause: unknown) => cause);
      if (error !== undefined && extra.length === 0) {
        throw unreadable(`the file system of ${volume.title} cannot be mounted`, error);
      }
      if (error === undefined) {
        if (await holdsSystem(namespace.outside(root))) {
          return volume;
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
    : noRoot(volumes);
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
function otherEntries(entries: readonly FstabEntry[]): readonly FstabEntry[] {
  return entries
    .filter(({ target }) => target.startsWith('/') && target !== '/')
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** Of the image's own options those that decide what is seen: the subvolume, and permissions where FAT has none. */
function mountOptions({ options }: FstabEntry, { fileSystem }: Volume): readonly string[] {
  const wanted = fileSystem.type === 'vfat' ? /^[ufd]mask=[0-7]{1,4}$/ : /^subvol(id)?=[\w@./-]+$/;
  return options.filter((option) => wanted.test(option));
}

/**
 * The loop device clears itself when its mount goes, also with the namespace. A file system that was not unmounted
 * cleanly (an image taken from a running machine) cannot be mounted read-only: its journal is replayed in the working
 * copy first.
 */
async function mountOne(
  { file, offset, size, fileSystem }: Volume,
  target: string,
  writable: boolean,
  extra: readonly string[],
  namespace: Namespace,
): Promise<void> {
  const type = fileSystem.type ?? 'auto';
  const own = type === 'xfs' ? ['nouuid'] : [];
  const mount = (access: 'rw' | 'ro') => {
    const options = [access, 'nodev', 'loop', `offset=${offset}`, `sizelimit=${size}`, ...extra, ...own];
    return namespace.exec({ command: 'mount', args: ['-t', type, '-o', options.join(','), file, target] });
  };
  if (writable) {
    await mount('rw');
    return;
  }
  const clean = await mount('ro').catch((cause: unknown) => cause);
  if (clean instanceof Error) {
    await mount('rw').catch(() => {
      throw clean;
    });
    await namespace.exec({ command: 'mount', args: ['-o', 'remount,bind,ro,nodev', target] });
  }
}

function describe(volume: Volume, target: string): MountedFileSystem {
  return { target, type: volume.fileSystem.type ?? '', volume, save: async () => {} };
}
