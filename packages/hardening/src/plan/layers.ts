import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { Layer } from '@golden-image/disk';

/** What lies at a path of the image; `removed`: something was there and is hidden now. */
export interface Entry {
  readonly kind: 'file' | 'folder' | 'link' | 'other' | 'removed';
  /** Permission bits, owner and group. */
  readonly access: string;
  readonly digest: string;
  /** Contents for showing a difference; undefined for what is large, not text, or secret. */
  readonly text: string | undefined;
}

/** Files beyond this are compared, not shown, in bytes. */
const MAX_TEXT = 256 * 1024;
/** Files beyond this are told apart by size and time, in bytes: a fix may fill a disk. */
const MAX_DIGEST = 64 * 1024 * 1024;
/** Password hashes and keys are not for a log. */
const SECRET = /^\/etc\/(g?shadow-?|ssh\/ssh_host_.*)$|\.key$/;

/** Everything that was written over the image so far, by path. */
export async function readLayers(layers: readonly Layer[]): Promise<ReadonlyMap<string, Entry>> {
  const found = new Map<string, Entry>();
  for (const { target, upper } of layers) {
    await visit(upper, '', target, found);
  }
  return found;
}

async function visit(upper: string, below: string, target: string, found: Map<string, Entry>): Promise<void> {
  for (const name of (await readdir(path.join(upper, below))).sort()) {
    const relative = path.join(below, name);
    const inner = path.join(target, relative);
    const entry = await describe(path.join(upper, relative), inner);
    if (entry) {
      found.set(inner, entry);
      if (entry.kind === 'folder') {
        await visit(upper, relative, target, found);
      }
    }
  }
}

/** What the image itself has at a path. */
export async function readLower(layers: readonly Layer[], inner: string): Promise<Entry | undefined> {
  const layer = layers
    .filter(({ target }) => inner.startsWith(target.endsWith('/') ? target : `${target}/`))
    .sort((a, b) => b.target.length - a.target.length)[0];
  return layer && describe(path.join(layer.lower, path.relative(layer.target, inner)), inner);
}

/** Links are never followed: the paths lead into a file system that others wrote. */
async function describe(file: string, inner: string): Promise<Entry | undefined> {
  const stats = await lstat(file).catch(() => undefined);
  if (!stats) {
    return undefined;
  }
  const access = `${(stats.mode & 0o7777).toString(8).padStart(4, '0')} ${stats.uid}:${stats.gid}`;
  if (stats.isCharacterDevice() && stats.rdev === 0) {
    // An overlay's way to say that the file below is gone.
    return { kind: 'removed', access: '', digest: '', text: undefined };
  }
  if (stats.isSymbolicLink()) {
    return { kind: 'link', access: '', digest: await readlink(file), text: undefined };
  }
  if (stats.isFile() && stats.size > MAX_DIGEST) {
    return { kind: 'file', access, digest: `${stats.size} bytes, ${stats.mtimeMs}`, text: undefined };
  }
  if (stats.isFile()) {
    const data = await readFile(file);
    const isText = data.length <= MAX_TEXT && !data.includes(0) && !SECRET.test(inner);
    const digest = createHash('sha256').update(data).digest('hex');
    return { kind: 'file', access, digest, text: isText ? data.toString('utf8') : undefined };
  }
  return { kind: stats.isDirectory() ? 'folder' : 'other', access, digest: '', text: undefined };
}
