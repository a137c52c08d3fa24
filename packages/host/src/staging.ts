import { randomBytes } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from './errors.ts';

const PARTIAL = /^\.(.+)\.partial-(\d+)-[0-9a-f]{8}$/;

/**
 * Produces a file or folder at `target` all at once: `produce` fills a partial path beside it, which
 * is renamed when it returns and removed when it throws. An existing target is replaced only then.
 * Partials left by processes that were killed are removed first.
 *
 * @throws UserError `output-not-writable` when the folder of `target` cannot be written
 */
export async function publishAtomically<T>(
  target: string,
  produce: (partial: string) => Promise<T>,
): Promise<T> {
  const absolute = path.resolve(target);
  const folder = path.dirname(absolute);
  try {
    await mkdir(folder, { recursive: true });
    await removeStalePartials(folder);
  } catch (error) {
    throw notWritable(folder, error);
  }
  const partial = partialPath(absolute);
  try {
    const result = await produce(partial);
    await replace(partial, absolute);
    // Renaming one name of a file onto another name of the same file does nothing (rename(2)).
    await rm(partial, { recursive: true, force: true });
    return result;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw isPermissionError(error) ? notWritable(folder, error) : error;
  }
}

/** A path beside `target` that no other process takes, and that `removeStalePartials` knows when this one is gone. */
export function partialPath(target: string): string {
  const suffix = `partial-${process.pid}-${randomBytes(4).toString('hex')}`;
  return path.join(path.dirname(target), `.${path.basename(target)}.${suffix}`);
}

/** A folder cannot be renamed over one that has content: the old one steps aside first. */
async function replace(partial: string, target: string): Promise<void> {
  try {
    await rename(partial, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') {
      throw error;
    }
    const aside = `${partial}.old`;
    await rename(target, aside);
    try {
      await rename(partial, target);
    } catch (failure) {
      await rename(aside, target);
      throw failure;
    }
    await rm(aside, { recursive: true, force: true });
  }
}

/**
 * Removes what killed processes left of `publishAtomically` in `folder`; those of live ones stay. A target that was
 * put aside and not yet replaced when its process was killed comes back.
 */
export async function removeStalePartials(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const match = PARTIAL.exec(name.replace(/\.old$/, ''));
    if (!match || isAlive(Number(match[2]))) {
      continue;
    }
    const target = path.join(folder, match[1] ?? '');
    if (name.endsWith('.old') && !(await exists(target))) {
      await rename(path.join(folder, name), target);
    } else {
      await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isPermissionError(error: unknown): boolean {
  return ['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

function notWritable(folder: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError(`The folder ${folder} cannot be written: ${reason}`, {
    code: 'output-not-writable',
    fix: 'Choose an output folder that the job may write, and check that the disk is not full or read-only.',
    cause,
  });
}

/** A private folder (0700) that is gone when `body` ends, however it ends. */
export async function withTemporaryFolder<T>(
  label: string,
  body: (folder: string) => Promise<T>,
  parent: string = process.env.RUNNER_TEMP ?? tmpdir(),
): Promise<T> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, `${label}-`));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * `relative` below `folder`, refusing to leave it by `..` or an absolute path.
 * Symbolic links are not followed: the caller opens with O_NOFOLLOW where others can write.
 *
 * @throws UserError `path-escapes`
 */
export function resolveInside(folder: string, relative: string): string {
  const resolved = path.resolve(folder, relative);
  const back = path.relative(folder, resolved);
  if (
    relative.includes('\0') ||
    path.isAbsolute(relative) ||
    back === '' ||
    back.split(path.sep)[0] === '..'
  ) {
    throw new UserError(`The path ${JSON.stringify(relative)} leaves its folder`, {
      code: 'path-escapes',
      fix: 'Use a path inside the folder, without "..".',
    });
  }
  return resolved;
}
