import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import { execute } from './execute.ts';
import { evaluateText } from './expressions.ts';
import type { StepContext } from './run-state.ts';
import type { ScriptStep } from './workflow-model.ts';

/** How GitHub calls the shells: without `shell:`, bash without pipefail. */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  '': ['bash', '-e'],
  bash: ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail'],
  sh: ['sh', '-e'],
};

/**
 * Runs a `run` step: the script goes into a file, which the shell runs.
 *
 * @throws UserError `shell-not-supported`
 */
export async function runScript(work: ScriptStep, step: StepContext): Promise<boolean> {
  const { job, frame, scope } = step;
  const defaults = frame.kind === 'job' ? job.defaults : undefined;
  const shell = evaluateText(work.shell ?? defaults?.shell, scope) ?? '';
  const [command = 'bash', ...args] = SHELLS[shell] ?? refuseShell(shell);
  const folder = evaluateText(work.workingDirectory ?? defaults?.workingDirectory, scope) ?? '';
  job.counter += 1;
  const file = path.join(job.temp, `${job.counter}.sh`);
  await writeFile(file, `${evaluateText(work.script, scope) ?? ''}\n`);
  return execute({ command, args: [...args, file], cwd: path.resolve(job.workspace, folder), env: {} }, step);
}

function refuseShell(shell: string): never {
  throw new UserError(`The shell ${JSON.stringify(shell)} is not supported by the local runner`, {
    code: 'shell-not-supported',
    fix: 'Use bash or sh.',
  });
}
