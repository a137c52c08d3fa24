import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readFstab } from './fstab.ts';
import { pathInside } from './inside.ts';
import type { MountedFileSystem } from './mount-image.ts';
import type { Namespace } from './namespace.ts';
import type { Bind } from './sandbox.ts';

/** What a program may write into a throw-away layer, in bytes: it lies in memory. */
const LAYER_BYTES = 1024 * 1024 * 1024;

/** Mount options of fstab that take something away. */
const RESTRICTIONS = ['nodev', 'nosuid', 'noexec'];

interface Tmpfs {
  readonly target: string;
  readonly options: string;
}

/** The layer over one file system of the image, as this process reaches it while the program runs. */
export interface Layer {
  readonly target: string;
  /** What was written; a character device 0/0 hides a file of `lower` (overlayfs). */
  readonly upper: string;
  readonly lower: string;
}

export interface ThrowAway {
  /** Memory file systems that a booted system would have. */
  readonly tmpfs?: readonly Tmpfs[];
  /** Called before the program starts. */
  readonly onReady?: (layers: readonly Layer[]) => void;
}

/** What a program sees in place of the image. */
export interface MountedLayers {
  /** The folder that becomes its root. */
  readonly root: string;
  /** What goes into the sandbox's own `/dev`. */
  readonly binds: readonly Bind[];
}

/** Mounts throw-away layers over the image, all below `layer`. */
export async function mountThrowAway(
  { tmpfs = [], onReady }: ThrowAway,
  namespace: Namespace,
  lower: string,
  layer: string,
  fileSystems: readonly MountedFileSystem[],
): Promise<MountedLayers> {
  const root = path.join(layer, 'root');
  const layers = await mountLayer(namespace, lower, layer, fileSystems);
  onReady?.(layers);
  await mountTmpfs(
    namespace,
    root,
    tmpfs.filter(({ target }) => !isInDev(target)),
  );
  const binds = await mountInDev(
    namespace,
    layer,
    tmpfs.filter(({ target }) => isInDev(target)),
  );
  return { root, binds };
}

/**
 * A memory file system over each file system of the image, since an overlay does not see what is mounted below its
 * base; with the restrictions that fstab has now, which fixes change.
 */
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
  const fstab = await readFstab(namespace.outside(lower));
  for (const [index, { target }] of fileSystems.entries()) {
    const upper = path.join(layer, `upper-${index}`);
    const work = path.join(layer, `work-${index}`);
    for (const folder of [upper, work]) {
      await mkdir(namespace.outside(folder));
    }
    const below = namespace.outside(path.join(lower, target));
    layers.push({ target, upper: namespace.outside(upper), lower: below });
    const options = [`lowerdir=${path.join(lower, target)}`, `upperdir=${upper}`, `workdir=${work}`];
    const entry = fstab.find((candidate) => candidate.target === target);
    const restrictions = (entry?.options ?? []).filter((option) => RESTRICTIONS.includes(option));
    await mount(
      '-t',
      'overlay',
      '-o',
      [...restrictions, ...options].join(','),
      'overlay',
      path.join(root, target),
    );
  }
  return layers;
}

async function mountTmpfs(namespace: Namespace, root: string, tmpfs: readonly Tmpfs[]): Promise<void> {
  const outside = namespace.outside(root);
  for (const { target, options } of tmpfs) {
    const inside = await pathInside(outside, target);
    if ((await stat(inside).catch(() => undefined))?.isDirectory()) {
      const place = path.join(root, path.relative(outside, inside));
      await namespace.exec({ command: 'mount', args: ['-t', 'tmpfs', '-o', options, 'tmpfs', place] });
    }
  }
}

function isInDev(target: string): boolean {
  return target.startsWith('/dev/');
}

/** The sandbox has a `/dev` of its own, which hides what lies there in the root: these are bound into it. */
async function mountInDev(
  namespace: Namespace,
  layer: string,
  tmpfs: readonly Tmpfs[],
): Promise<readonly Bind[]> {
  const binds: Bind[] = [];
  for (const [index, { target, options }] of tmpfs.entries()) {
    const source = path.join(layer, `dev-${index}`);
    await mkdir(namespace.outside(source));
    await namespace.exec({ command: 'mount', args: ['-t', 'tmpfs', '-o', options, 'tmpfs', source] });
    binds.push({ source, target, writable: true });
  }
  return binds;
}
