import { lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { resolveInside } from '@golden-image/host';
import { copyEntry } from './copy-tree.ts';
import type { ReplacedAction } from './replaced-action.ts';
import type { RunState, StepContext } from './run-state.ts';

/** Not copied where git cannot tell what belongs to the sources. */
const NEVER = ['.git', 'node_modules'];

/** The working tree as it is, uncommitted changes included, as a copy: a run never changes the user's files. */
export const checkout: ReplacedAction = {
  inputs: ['path', 'repository', 'ref'],
  ignored: [
    ...['persist-credentials', 'fetch-depth', 'fetch-tags', 'clean', 'token', 'show-progress', 'lfs'],
    ...['set-safe-directory', 'filter'],
  ],
  refuse: (input, value) =>
    (input === 'repository' || input === 'ref') && value !== ''
      ? 'the local runner checks out the working tree as it is, nothing else'
      : undefined,
  run: async (inputs, step) => {
    const { run, workspace } = step.job;
    const target = inputs.path ? resolveInside(workspace, inputs.path) : workspace;
    await cloneHistory(run, target, step);
    const files = await sourceFiles(run);
    for (const file of files) {
      const source = path.join(run.root, file);
      // A tracked file may have been deleted in the working tree.
      if (lstatSync(source, { throwIfNoEntry: false })) {
        await copyEntry(run.exec, source, path.join(target, file));
      }
    }
    step.outputs.commit = String(run.github.sha);
    step.outputs.ref = String(run.github.ref);
    step.output.line(`Copied ${files.length} files of the working tree ${run.root}`);
    return true;
  },
};

/**
 * Gives the copy a `.git` with the history (objects are shared, nothing is copied) and no remote, so that nothing
 * reaches the user's repository from it.
 */
async function cloneHistory(run: RunState, target: string, step: StepContext): Promise<void> {
  const git = (...args: string[]) =>
    run.exec({ command: 'git', args: ['-c', 'safe.directory=*', ...args], okCodes: 'any' });
  const clone = await git('clone', '--quiet', '--shared', '--no-checkout', '--', run.root, target).catch(
    () => undefined,
  );
  if (clone?.code !== 0) {
    step.output.line('The copy has no git history: the sources are not a git repository.');
    return;
  }
  await git('-C', target, 'remote', 'remove', 'origin');
  await git('-C', target, 'reset', '--quiet');
}

/** Tracked files and untracked ones that are not ignored, relative to the repository; without the run's own folders. */
async function sourceFiles(run: RunState): Promise<string[]> {
  const listed = await run
    .exec({
      command: 'git',
      args: [
        ...['-c', 'safe.directory=*', '-C', run.root],
        ...['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
      ],
      okCodes: 'any',
    })
    .catch(() => undefined);
  const all =
    listed?.code === 0
      ? listed.stdout.split('\0').filter((name) => name !== '')
      : await walk(run.root, run.root);
  return all.filter((file) => {
    const absolute = path.join(run.root, file);
    return ![run.out, run.work].some((own) => absolute.startsWith(`${own}/`));
  });
}

async function walk(folder: string, root: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => !NEVER.includes(entry.name))
      .map(async (entry) => {
        const file = path.join(folder, entry.name);
        return entry.isDirectory() ? walk(file, root) : [path.relative(root, file)];
      }),
  );
  return found.flat();
}
