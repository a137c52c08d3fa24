import { mkdir, readdir, readFile, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { type ExecRequest, type ExecResult, type Ports, UserError } from '@golden-image/host';
import { pathInside } from './inside.ts';
import { type MountedFileSystem, mountImage } from './mount-image.ts';
import { type Namespace, withNamespace } from './namespace.ts';
import { type Sandbox, sandboxed } from './sandbox.ts';
import { DISK_TOOLS, EXT4_CHECKER } from './tools.ts';
import { type WorkingCopy, withWorkingCopy } from './working-copy.ts';

/** What a program may write into a throw-away layer, in bytes: it lies in memory. */
const LAYER_BYTES = 1024 * 1024 * 1024;

type SessionPorts = Pick<Ports, 'exec' | 'log' | 'tools' | 'signal'>;

/** The layer over one file system of the image, as this process reaches it while the program runs. */
export interface Layer {
  readonly target: string;
  /** What was written; a character device 0/0 hides a file of `lower` (overlayfs). */
  readonly upper: string;
  readonly lower: string;
}

export interface ThrowAway {
  /** Memory file systems that a booted system would have. */
  readonly tmpfs?: readonly { readonly target: string; readonly options: string }[];
  /** Called before the program starts. */
  readonly onReady?: (layers: readonly Layer[]) => void;
}

/** A program of the image, or one brought along by a bind. */
export interface InsideRequest
  extends Omit<ExecRequest, 'env' | 'cwd'>,
    Omit<Sandbox, 'root' | 'powers'>,
    Partial<Pick<Sandbox, 'powers'>> {
  /** Changes go to throw-away layers over the image. */
  readonly throwAway?: ThrowAway;
}

/** An image's root file system, mounted in namespaces of its own. */
export interface RootSession {
  /** The root first. */
  readonly fileSystems: readonly MountedFileSystem[];
  /** Runs a program with the image as its whole world: no host file system, network, `/sys` or kernel settings. */
  readonly run: (request: InsideRequest) => Promise<ExecResult>;
  /** Contents of a file of the image, links followed inside it; undefined when it is not there. At most `maxBytes`. */
  readonly readFile: (inner: string, maxBytes?: number) => Promise<Buffer | undefined>;
  /** Names in a folder of the image; empty when it is not there. */
  readonly list: (inner: string) => Promise<readonly string[]>;
  /** A path of the image as this process reaches it while the session is open; links are followed inside the image. */
  readonly hostPath: (inner: string, options?: { readonly followLast?: boolean }) => Promise<string>;
  /** Bytes free in the image's root file system. */
  readonly freeBytes: () => Promise<number>;
}

export interface MountOptions {
  readonly writable: boolean;
}

/**
 * Mounts the root of a working copy, with the file systems that its fstab adds, and gives it to `body`. Afterwards a
 * changed file system is trimmed, unmounted and checked.
 *
 * @throws UserError `unreadable-disk`, `encrypted-disk`, `damaged-file-system`
 */
export async function withMountedCopy<T>(
  copy: WorkingCopy,
  options: MountOptions,
  ports: SessionPorts,
  body: (session: RootSession) => Promise<T>,
): Promise<T> {
  const [result, mounted] = await withNamespace(ports, async (namespace) => {
    const base = path.join(copy.folder, 'mnt');
    await mkdir(path.join(base, 'root'), { recursive: true });
    await mkdir(path.join(base, 'layer'), { recursive: true });
    const fileSystems = await mountImage(copy, path.join(base, 'root'), options.writable, namespace, ports);
    const value = await body(createSession(namespace, base, fileSystems));
    if (options.writable) {
      for (const { target, type, save } of fileSystems) {
        await save();
        // Freed blocks become holes, so that the written image does not carry what was deleted.
        if (type !== 'vfat') {
          const args = [path.join(base, 'root', target)];
          await namespace.exec({ command: 'fstrim', args, okCodes: 'any' });
        }
      }
    }
    await namespace.exec({ command: 'umount', args: ['--recursive', path.join(base, 'root')] });
    return [value, fileSystems] as const;
  });
  if (options.writable) {
    await checkFileSystems(mounted, ports);
    for (const { volume } of mounted) {
      await volume.save();
    }
  }
  return result;
}

/** Opens a disk image, qcow2 or raw, read-only or for trying changes: the image itself is never written. */
export function withMountedRoot<T>(
  disk: string,
  options: MountOptions,
  ports: SessionPorts,
  body: (session: RootSession) => Promise<T>,
): Promise<T> {
  return ports.tools
    .ensure(DISK_TOOLS)
    .then(() => withWorkingCopy(disk, ports, (copy) => withMountedCopy(copy, options, ports, body)));
}

function createSession(
  namespace: Namespace,
  base: string,
  fileSystems: readonly MountedFileSystem[],
): RootSession {
  const root = path.join(base, 'root');
  const hostPath: RootSession['hostPath'] = (inner, options) =>
    pathInside(namespace.outside(root), inner, options);
  return {
    fileSystems,
    hostPath,
    run: (request) => runInside(request, namespace, base, fileSystems),
    readFile: async (inner, maxBytes = 1024 * 1024) => {
      const file = await hostPath(inner);
      const stats = await stat(file).catch(() => undefined);
      if (!stats?.isFile()) {
        return undefined;
      }
      if (stats.size > maxBytes) {
        throw new UserError(`${inner} in the image has ${stats.size} bytes, more than ${maxBytes}`, {
          code: 'file-too-large',
          fix: 'Look at the file: it is larger than any sound configuration file.',
        });
      }
      return readFile(file);
    },
    list: async (inner) => (await readdir(await hostPath(inner)).catch(() => [])).sort(),
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(namespace.outside(root));
      return bavail * bsize;
    },
  };
}

async function runInside(
  request: InsideRequest,
  namespace: Namespace,
  base: string,
  fileSystems: readonly MountedFileSystem[],
): Promise<ExecResult> {
  const { throwAway, powers = 'read', binds, emptyFolders, env, cwd, ...rest } = request;
  const layer = path.join(base, 'layer');
  const root = throwAway ? path.join(layer, 'root') : path.join(base, 'root');
  if (throwAway) {
    const layers = await mountLayer(namespace, path.join(base, 'root'), layer, fileSystems);
    throwAway.onReady?.(layers);
    await mountTmpfs(namespace, path.join(layer, 'root'), throwAway.tmpfs ?? []);
  }
  try {
    const [command, args] = sandboxed(
      {
        root,
        powers,
        ...(binds ? { binds } : {}),
        ...(emptyFolders ? { emptyFolders } : {}),
        ...(env ? { env } : {}),
        ...(cwd ? { cwd } : {}),
      },
      request.command,
      request.args ?? [],
    );
    return await namespace.exec({ ...rest, command, args });
  } finally {
    if (throwAway) {
      await namespace.exec({ command: 'umount', args: ['--recursive', layer], okCodes: 'any' });
    }
  }
}

/** A memory file system over each file system of the image: an overlay does not see what is mounted below its base. */
async function mountLayer(
  namespace: Namespace,
  lower: string,
  layer: string,
  fileSystems: readonly MountedFileSystem[],
): Promise<readonly Layer[]> {
  const mount = (...args: string[]) => namespace.exec({ command: 'mount', args });
  await mount('-t', 'tmpfs', '-o', `mode=0755,size=${LAYER_BYTES}`, 'layer', layer);
  const root = path.join(layer, 'root');
  await mkdir(namespace.outside(root));
  const layers: Layer[] = [];
  for (const [index, { target }] of fileSystems.entries()) {
    const upper = path.join(layer, `upper-${index}`);
    const work = path.join(layer, `work-${index}`);
    for (const folder of [upper, work]) {
      await mkdir(namespace.outside(folder));
    }
    const below = namespace.outside(path.join(lower, target));
    layers.push({ target, upper: namespace.outside(upper), lower: below });
    const options = `lowerdir=${path.join(lower, target)},upperdir=${upper},workdir=${work}`;
    await mount('-t', 'overlay', '-o', options, 'overlay', path.join(root, target));
  }
  return layers;
}

async function mountTmpfs(
  namespace: Namespace,
  root: string,
  tmpfs: readonly { readonly target: string; readonly options: string }[],
): Promise<void> {
  const outside = namespace.outside(root);
  for (const { target, options } of tmpfs) {
    const inside = await pathInside(outside, target);
    if ((await stat(inside).catch(() => undefined))?.isDirectory()) {
      const place = path.join(root, path.relative(outside, inside));
      await namespace.exec({ command: 'mount', args: ['-t', 'tmpfs', '-o', options, 'tmpfs', place] });
    }
  }
}

async function checkFileSystems(
  fileSystems: readonly MountedFileSystem[],
  ports: SessionPorts,
): Promise<void> {
  const seen = new Set<string>();
  for (const { type, volume, target } of fileSystems) {
    const place = `${volume.file}?offset=${volume.offset}`;
    // xfs_repair and btrfs check cannot be told where in a disk their file system lies; the kernel checks on mounting.
    if (type !== 'ext4' || seen.has(place)) {
      continue;
    }
    seen.add(place);
    await ports.tools.ensure([EXT4_CHECKER]);
    const { code, stdout } = await ports.exec({
      command: EXT4_CHECKER.command,
      args: ['-f', '-n', place],
      okCodes: 'any',
    });
    if (code !== 0) {
      throw new UserError(
        `The file system of ${target} is damaged after the change (e2fsck status ${code})`,
        {
          code: 'damaged-file-system',
          fix: 'Check the host: free space and I/O errors. The image was left as it was.',
          detail: stdout,
        },
      );
    }
  }
}
