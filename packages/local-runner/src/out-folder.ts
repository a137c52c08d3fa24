import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';

/** Tells a folder that a run made from any other. */
const MARKER = '.local-runner';

/**
 * Makes the folder for a run's results: the named one, emptied of what an earlier run left there, or a new one under
 * `out/`. Of folders right under `out/`, `out/latest` is a link to the newest.
 *
 * @param name the option `--out`
 * @param runId name of a new folder
 * @returns its absolute path
 * @throws UserError `out-not-ours` for a folder that holds something else
 */
export async function prepareOut(name: string | undefined, runId: string, cwd: string): Promise<string> {
  const parent = path.join(cwd, 'out');
  const out = name === undefined ? await newFolder(parent, runId) : path.resolve(cwd, name);
  await mkdir(out, { recursive: true });
  const content = await readdir(out);
  if (content.length > 0 && !content.includes(MARKER)) {
    throw new UserError(`The folder ${out} holds something that no earlier run put there`, {
      code: 'out-not-ours',
      fix: 'Name an empty or a new folder with --out.',
    });
  }
  await Promise.all(
    ['artifacts', 'work', 'summary.md', 'result.json'].map((entry) =>
      rm(path.join(out, entry), { recursive: true, force: true }),
    ),
  );
  await writeFile(
    path.join(out, MARKER),
    'Results of a local run: the next run into this folder replaces them.\n',
  );
  if (path.dirname(out) === parent) {
    await linkLatest(out);
  }
  return out;
}

/** Two runs may begin in the same second. */
async function newFolder(parent: string, runId: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (let number = 1; ; number += 1) {
    const folder = path.join(parent, number === 1 ? runId : `${runId}-${number}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
  }
}

async function linkLatest(out: string): Promise<void> {
  const latest = path.join(path.dirname(out), 'latest');
  const fresh = `${latest}.${process.pid}`;
  await rm(fresh, { force: true });
  await symlink(path.basename(out), fresh);
  await rename(fresh, latest);
}
