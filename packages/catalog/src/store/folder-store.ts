import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestFile } from '@golden-image/evidence';
import { type Exec, removeStalePartials, resolveInside } from '@golden-image/host';
import { compare } from '../state/catalog.ts';
import { withLock } from './lock.ts';
import type { Change, Snapshot, Store } from './store.ts';

/** The file whose bytes tell the states of a catalog apart: every change makes a new checkpoint. */
const REVISION_FILE = 'log/checkpoint';

interface Journal {
  readonly write: readonly { readonly path: string; readonly staged: string }[];
  readonly remove: readonly string[];
}

/**
 * A catalog in a folder. A change is staged beside it, becomes certain when its journal is renamed to `commit`, and is
 * then moved in file by file, the checkpoint last; whoever comes after a crash in between finishes it. One writer at a
 * time, by a lock of the kernel's that dies with its holder.
 */
export function folderStore(folder: string, ports: { readonly exec: Exec }): Store {
  const root = path.resolve(folder);
  const beside = (suffix: string): string =>
    path.join(path.dirname(root), `.${path.basename(root)}.${suffix}`);
  const journal = beside('journal');
  const locked = <T>(body: () => Promise<T>): Promise<T> => withLock(beside('lock'), ports.exec, body);
  return {
    name: root,
    holdsDisks: true,
    inTurn: (body) => withLock(beside('writers'), ports.exec, body),
    snapshot: () =>
      locked(async () => {
        await recover(root, journal);
        return readFolder(root);
      }),
    commit: (expected, change) =>
      locked(async () => {
        await recover(root, journal);
        if ((await revisionOf(root)) !== expected) {
          return false;
        }
        await write(root, journal, change);
        return true;
      }),
    stage: async (name) => {
      const parent = path.dirname(root);
      await mkdir(parent, { recursive: true });
      await removeStalePartials(parent);
      const suffix = `partial-${process.pid}-${randomBytes(4).toString('hex')}`;
      return path.join(parent, `.${path.basename(name)}.${suffix}`);
    },
  };
}

async function revisionOf(root: string): Promise<string | undefined> {
  const data = await readOptional(path.join(root, REVISION_FILE));
  return data && createHash('sha256').update(data).digest('hex');
}

async function readFolder(root: string): Promise<Snapshot> {
  return {
    revision: await revisionOf(root),
    read: (name) => readOptional(resolveInside(root, name)),
    matches: async (name, content) =>
      (await readOptional(resolveInside(root, name)))?.equals(content) ?? false,
    digest: async (name) => {
      const file = resolveInside(root, name);
      const found = await lstat(file).catch(() => undefined);
      return found?.isFile() ? (await digestFile(file, ['sha256'])).hex.sha256 : undefined;
    },
    list: async () => (await walk(root, '')).sort(compare),
  };
}

/** Symbolic links are listed and never followed: a catalog has none. */
async function walk(root: string, below: string): Promise<string[]> {
  const entries = await readdir(path.join(root, below), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return [];
      }
      throw error;
    },
  );
  const found = await Promise.all(
    entries.map((entry) => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? walk(root, name) : [name];
    }),
  );
  return found.flat();
}

async function readOptional(file: string): Promise<Buffer | undefined> {
  const found = await lstat(file).catch(() => undefined);
  return found?.isFile() ? readFile(file) : undefined;
}

async function write(root: string, journal: string, change: Change): Promise<void> {
  const preparing = `${journal}.preparing`;
  await rm(preparing, { recursive: true, force: true });
  await mkdir(preparing, { recursive: true });
  const writes: { path: string; staged: string }[] = [];
  // The checkpoint last: readers see the new state when all else of it is there.
  const order = [...change.write].sort(
    ([a], [b]) => Number(a === REVISION_FILE) - Number(b === REVISION_FILE),
  );
  for (const [index, [name, content]] of order.entries()) {
    resolveInside(root, name);
    const staged = path.join(preparing, String(index));
    if ('file' in content) {
      await rename(content.file, staged);
    } else {
      await writeFile(staged, content);
    }
    writes.push({ path: name, staged: String(index) });
  }
  const plan: Journal = { write: writes, remove: change.remove };
  await writeFile(path.join(preparing, 'plan.json'), JSON.stringify(plan));
  await syncFile(path.join(preparing, 'plan.json'));
  await rename(preparing, journal);
  await recover(root, journal);
}

/** Finishes a change that is certain; without one there is nothing to do. */
async function recover(root: string, journal: string): Promise<void> {
  const text = await readOptional(path.join(journal, 'plan.json'));
  if (!text) {
    return;
  }
  const plan = JSON.parse(text.toString('utf8')) as Journal;
  for (const { path: name, staged } of plan.write) {
    const source = path.join(journal, staged);
    // What is not there any more was moved before the crash.
    if (await lstat(source).catch(() => undefined)) {
      const target = resolveInside(root, name);
      await mkdir(path.dirname(target), { recursive: true });
      await rename(source, target);
    }
  }
  for (const name of plan.remove) {
    await rm(resolveInside(root, name), { force: true });
  }
  await rm(journal, { recursive: true, force: true });
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}
