import { lstat, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';

/** A thing in use is younger than this. */
const IN_USE_MS = 60 * 60 * 1000;

/**
 * Who may write the cache decides what the image holds: only this user.
 *
 * @throws UserError `cache-not-private`
 */
export async function checkOwner(entry: string): Promise<void> {
  const found = await lstat(entry);
  const whole = found.isDirectory() || found.isFile();
  if (!whole || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new UserError(`What is cached in ${entry} can be written by others`, {
      code: 'cache-not-private',
      fix: 'Remove the cache folder, and keep it where only this user may write; or set cache: false.',
    });
  }
}

/** Marks what `witness` stands for as used now. */
export async function touch(witness: string): Promise<void> {
  const now = new Date();
  await utimes(witness, now, now);
}

/**
 * Removes entries of the cache that were used least recently, but nothing that may be in use.
 *
 * @param names which entries are meant
 * @param witness of an entry, its modification time says when it was used
 * @param keep so many stay
 */
export async function prune(
  cacheFolder: string,
  names: RegExp,
  witness: (entry: string) => string,
  keep: number,
): Promise<void> {
  const entries = (await readdir(cacheFolder)).filter((name) => names.test(name));
  const aged = await Promise.all(
    entries.map(async (name) => {
      const entry = path.join(cacheFolder, name);
      const used = await stat(witness(entry)).then(
        (found) => found.mtimeMs,
        () => 0,
      );
      return { entry, used };
    }),
  );
  const old = aged.sort((a, b) => b.used - a.used).slice(keep);
  for (const { entry, used } of old) {
    if (Date.now() - used > IN_USE_MS) {
      await rm(entry, { recursive: true, force: true });
    }
  }
}
