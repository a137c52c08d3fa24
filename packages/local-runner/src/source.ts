import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Exec } from '@golden-image/host';
import { usage } from './cli.ts';

/** A workflow file within its repository. */
export interface WorkflowSource {
  /** Absolute path of the repository. */
  readonly root: string;
  /** Path of the workflow relative to it. */
  readonly file: string;
}

/**
 * Finds the repository that a workflow file belongs to.
 *
 * @throws UserError `usage` when there is no such file
 */
export async function locateWorkflow(name: string, cwd: string, exec: Exec): Promise<WorkflowSource> {
  const workflow = await realpath(path.resolve(cwd, name)).catch(() => {
    throw usage(`There is no workflow file ${name}`);
  });
  const root = await repositoryRoot(path.dirname(workflow), exec);
  return { root, file: path.relative(root, workflow) };
}

async function repositoryRoot(folder: string, exec: Exec): Promise<string> {
  const result = await exec({
    command: 'git',
    args: ['-c', 'safe.directory=*', '-C', folder, 'rev-parse', '--show-toplevel'],
    okCodes: 'any',
  }).catch(() => undefined);
  if (result?.code === 0) {
    return realpath(result.stdout.trim());
  }
  // Without git: .github/workflows/<file> tells the root, else the file's own folder is it.
  const marker = `${path.sep}.github${path.sep}workflows`;
  return folder.endsWith(marker) ? folder.slice(0, -marker.length) : folder;
}
