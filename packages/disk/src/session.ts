import { mkdir, readdir, readFile, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { type ExecRequest, type ExecResult, type Ports, UserError } from '@golden-image/host';
import { pathInside } from './inside.ts';
import { type MountedFileSystem, mountImage } from './mount-image.ts';
import { type Namespace, withNamespace } from './namespace.ts';
import { type Sandbox, sandboxed } from './sandbox.ts';
import { type MountedLayers, mountThrowAway, type ThrowAway } from './throw-away.ts';
import { DISK_TOOLS, EXT4_CHECKER } from './tools.ts';
import { type WorkingCopy, withWorkingCopy } from './working-copy.ts';

type SessionPorts = Pick<Ports, 'exec' | 'log' | 'tools' | 'signal'>;

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
  const image = path.join(base, 'root');
  try {
    const seen: MountedLayers = throwAway
      ? await mountThrowAway(throwAway, namespace, image, layer, fileSystems)
      : { root: image, binds: [] };
    const [command, args] = sandboxed(
      {
        root: seen.root,
        powers,
        binds: [...seen.binds, ...(binds ?? [])],
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
