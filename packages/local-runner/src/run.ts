import { rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Clock, Exec } from '@golden-image/host';
import type { Cancellation } from './cancellation.ts';
import { type Options, usage } from './cli.ts';
import { Console } from './console.ts';
import { githubContext, type RepositoryFacts, readRepository } from './github-context.ts';
import { orderedJobs } from './job-order.ts';
import { loadWorkflows } from './load.ts';
import { Masks } from './masks.ts';
import { prepareOut } from './out-folder.ts';
import { Refusals } from './refusal.ts';
import { type Conclusion, type RunReport, summaryOf, tablesOf } from './report.ts';
import { type RunRequest, readRequest } from './request.ts';
import type { RunState } from './run-state.ts';
import { locateWorkflow } from './source.ts';
import { inheritedEnvironment } from './step-environment.ts';
import type { WorkflowModel } from './workflow-model.ts';
import { runWorkflow } from './workflow-runner.ts';

/** The machine as a run sees it. */
export interface Machine {
  readonly exec: Exec;
  readonly clock: Clock;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
  readonly colours: boolean;
  readonly cancellation: Cancellation;
}

/**
 * Runs a workflow file as the options say, shows what happens and leaves summary.md and result.json.
 *
 * @throws UserError for wrong usage, or what cannot be run here; nothing was run then
 */
export async function runFile(options: Options, machine: Machine): Promise<Conclusion> {
  const { exec } = machine;
  const { root, file } = await locateWorkflow(options.workflow, machine.cwd, exec);
  const facts = await readRepository(root, exec);
  const refusals = new Refusals();
  const { main, called } = await loadWorkflows(root, facts.repository, file, refusals);
  refusals.check();
  if (!main) {
    throw usage(`${file} is not a workflow`);
  }
  orderedJobs(main.jobs, options.jobs);
  const request = await readRequest(options, main, machine.cwd, machine.environment);
  const started = machine.clock.now();
  const run = await startRun(options, machine, { root, ...facts }, main, request, started);
  const result = await runWorkflow({
    run,
    workflow: main,
    called,
    inputs: request.inputs,
    secrets: request.secrets,
    callers: [],
    only: options.jobs,
    cancellation: machine.cancellation,
  });
  const report: RunReport = {
    workflow: main.name,
    file,
    event: request.eventName,
    startedAt: started.toISOString(),
    conclusion: machine.cancellation.reason === 'user' ? 'cancelled' : result.conclusion,
    seconds: (machine.clock.now().getTime() - started.getTime()) / 1000,
    inputs: request.inputs,
    jobs: result.jobs,
    outputs: (main.call?.outputs ?? []).map(({ name, description }) => ({
      name,
      description,
      value: result.outputs[name] ?? '',
    })),
  };
  await writeReport(report, run);
  return report.conclusion;
}

/** Makes the results' folder and what all jobs share. */
async function startRun(
  options: Options,
  machine: Machine,
  source: RepositoryFacts & { readonly root: string },
  workflow: WorkflowModel,
  request: RunRequest,
  started: Date,
): Promise<RunState> {
  const { environment, cwd } = machine;
  const masks = new Masks();
  for (const value of Object.values(request.secrets)) {
    masks.add(value);
  }
  const runId = started.toISOString().replace(/\D/g, '').slice(0, 14);
  const out = await prepareOut(options.out, runId, cwd);
  const cacheHome = environment.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return {
    root: source.root,
    repository: source.repository,
    out,
    // A folder of its own: it is removed at the end.
    // Spread: ncc takes a path that it can read in part for an asset and copies what it finds there.
    work: options.workspace
      ? path.resolve(...[cwd, options.workspace, `run-${runId}`])
      : path.join(out, 'work'),
    cache: path.join(cacheHome, 'golden-image-actions'),
    keepWorkspace: options.keepWorkspace,
    debug: options.debug,
    exec: machine.exec,
    console: new Console(machine.write, masks, machine.colours),
    masks,
    cancellation: machine.cancellation,
    baseEnv: inheritedEnvironment(environment, request.secretVariables),
    github: githubContext(
      {
        ...source,
        workflow: workflow.name,
        workflowFile: workflow.file,
        eventName: request.eventName,
        event: request.event,
        runId,
        actor: environment.USER || 'local',
        token: request.secrets.GITHUB_TOKEN ?? '',
      },
      environment,
    ),
    eventJson: JSON.stringify(request.event),
    vars: options.vars,
    downloaded: new Map(),
  };
}

async function writeReport(report: RunReport, run: RunState): Promise<void> {
  const { console, masks, out } = run;
  const hide = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? masks.apply(value) : value;
  const summary = path.join(out, 'summary.md');
  await writeFile(summary, masks.apply(summaryOf(report)));
  await writeFile(path.join(out, 'result.json'), `${JSON.stringify(report, hide, 2)}\n`);
  if (!run.keepWorkspace) {
    await rm(run.work, { recursive: true, force: true }).catch(() => {});
  }
  console.line('');
  for (const line of tablesOf(report)) {
    console.line(line);
  }
  console.line('');
  console.line(`${report.workflow}: ${report.conclusion} in ${report.seconds.toFixed(1)} s`);
  console.line(`Summaries: ${summary}`);
  console.line(`Results:   ${path.join(out, 'result.json')}`);
}
