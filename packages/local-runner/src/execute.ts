import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import { parseEnvironment, parsePairs, parsePath, SUMMARY_LIMIT } from './command-files.ts';
import type { StepContext } from './run-state.ts';
import { stepEnvironment } from './step-environment.ts';
import { runStepProcess } from './step-process.ts';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables of this program alone, e.g. `INPUT_*`. */
  readonly env: Readonly<Record<string, string>>;
  /** Where GITHUB_STATE goes. */
  readonly state?: Map<string, string>;
}

const FILES = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'] as const;
type CommandFile = (typeof FILES)[number];

/**
 * Runs a program of a step with command files of its own and takes over what it wrote there.
 *
 * @returns whether it succeeded
 * @throws UserError for a program that cannot be started, or an invalid command file
 */
export async function execute(program: Program, step: StepContext): Promise<boolean> {
  const { job } = step;
  if (!(await stat(program.cwd).catch(() => undefined))?.isDirectory()) {
    throw new UserError(`The working directory ${program.cwd} does not exist`, {
      code: 'no-working-directory',
      fix: 'Create it in an earlier step, or check its name.',
    });
  }
  job.counter += 1;
  const folder = path.join(job.temp, '_runner_file_commands', String(job.counter));
  await mkdir(folder, { recursive: true });
  const fileOf = (name: CommandFile): string => path.join(folder, name.toLowerCase());
  await Promise.all(FILES.map((name) => writeFile(fileOf(name), '')));
  const code = await runStepProcess({
    command: program.command,
    args: program.args,
    cwd: program.cwd,
    env: {
      ...stepEnvironment(step, program.env),
      ...Object.fromEntries(FILES.map((name) => [`GITHUB_${name}`, fileOf(name)])),
    },
    onLine: (line) => step.output.line(line),
    signal: step.signal,
    forceSignal: job.cancellation.forceSignal,
  });
  await takeOver(fileOf, program, step);
  await rm(folder, { recursive: true, force: true });
  if (code !== 0 && !step.signal.aborted) {
    step.output.annotate({ level: 'error', message: `Process completed with exit code ${code}.` });
  }
  return code === 0 && !step.output.failed;
}

/** Also after a failure: an `always()` step may need the outputs. */
async function takeOver(
  fileOf: (name: CommandFile) => string,
  program: Program,
  step: StepContext,
): Promise<void> {
  const { job } = step;
  const read = (name: CommandFile): Promise<string> => readFile(fileOf(name), 'utf8').catch(() => '');
  step.summary += await readSummary(fileOf('STEP_SUMMARY'), step);
  const variables = parseEnvironment(await read('ENV'));
  const outputs = parsePairs(await read('OUTPUT'), 'GITHUB_OUTPUT');
  const state = parsePairs(await read('STATE'), 'GITHUB_STATE');
  Object.assign(job.env, Object.fromEntries(variables));
  Object.assign(step.outputs, Object.fromEntries(outputs));
  for (const [name, value] of state) {
    program.state?.set(name, value);
  }
  job.path.unshift(...parsePath(await read('PATH')).reverse());
}

async function readSummary(file: string, step: StepContext): Promise<string> {
  const size = (await stat(file).catch(() => undefined))?.size ?? 0;
  if (size > SUMMARY_LIMIT) {
    step.output.annotate({
      level: 'error',
      message: `The step's summary is ${size} bytes long; GitHub takes ${SUMMARY_LIMIT} at most and drops it`,
    });
    return '';
  }
  return size === 0 ? '' : readFile(file, 'utf8');
}
