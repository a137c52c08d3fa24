import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import type { Clock, Exec } from '@golden-image/host';
import type { Cancellation } from './cancellation.ts';
import { type Options, usage } from './cli.ts';
import { Console } from './console.ts';
import { githubContext, readRepository } from './github-context.ts';
import { resolveInputs } from './inputs.ts';
import type { Json, JsonObject } from './json.ts';
import { loadWorkflows } from './load.ts';
import { Masks } from './masks.ts';
import { Refusals } from './refusal.ts';
import { type Conclusion, type RunReport, summaryOf, tablesOf } from './report.ts';
import type { RunState } from './run-state.ts';
import { locateWorkflow } from './source.ts';
import { inheritedEnvironment } from './step-environment.ts';
import type { WorkflowModel } from './workflow-model.ts';
import { orderedJobs, runWorkflow } from './workflow-runner.ts';

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
  const { exec, clock } = machine;
  const { root, file } = await locateWorkflow(options.workflow, machine.cwd, exec);
  const facts = await readRepository(root, exec);
  const refusals = new Refusals();
  const { main, called } = await loadWorkflows(root, facts.repository, file, refusals);
  refusals.check();
  if (!main) {
    throw usage(`${file} is not a workflow`);
  }
  const masks = new Masks();
  const secrets = readSecrets(options.secrets, machine.environment);
  for (const value of Object.values(secrets)) {
    masks.add(value);
  }
  const payload = await readEvent(options.event, machine.cwd);
  const eventName = chooseEvent(options.eventName, main);
  const started = clock.now();
  const runId = started.toISOString().replace(/\D/g, '').slice(0, 14);
  const out = path.resolve(machine.cwd, options.out ?? path.join('out', runId));
  const console = new Console(machine.write, masks, machine.colours);
  const actor = userInfo().username;
  const github = githubContext(
    {
      ...facts,
      workflow: main.name,
      workflowFile: file,
      eventName,
      event: payload,
      eventPath: '',
      runId,
      actor,
      token: secrets.GITHUB_TOKEN ?? '',
    },
    machine.environment,
  );
  const given = { ...((payload.inputs as Record<string, Json> | undefined) ?? {}), ...options.inputs };
  const scope = {
    contexts: { github, vars: options.vars, inputs: {} },
    status: { success: true, failure: false, cancelled: false },
    hashFiles: () => '',
  };
  const inputs = resolveInputs(declaredInputs(main, eventName), given, scope);
  orderedJobs(main.jobs, options.jobs);
  const event = Object.keys(inputs).length > 0 ? { ...payload, inputs: asTexts(inputs) } : payload;
  const run: RunState = {
    root,
    repository: facts.repository,
    out,
    work: options.workspace ? path.resolve(machine.cwd, options.workspace) : path.join(out, 'work'),
    cache: path.join(
      machine.environment.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
      'golden-image-actions',
    ),
    keepWorkspace: options.keepWorkspace,
    debug: options.debug,
    exec,
    console,
    masks,
    cancellation: machine.cancellation,
    baseEnv: inheritedEnvironment(machine.environment, [
      ...options.secrets,
      ...options.secrets.map(variableOf),
    ]),
    github: { ...github, event },
    eventJson: JSON.stringify(event),
    vars: options.vars,
    downloaded: new Map(),
  };
  await mkdir(out, { recursive: true });
  if (options.out === undefined) {
    await linkLatest(out);
  }
  const result = await runWorkflow({
    run,
    workflow: main,
    called,
    inputs,
    secrets,
    callers: [],
    only: options.jobs,
    cancellation: machine.cancellation,
  });
  const report: RunReport = {
    workflow: main.name,
    file,
    event: eventName,
    startedAt: started.toISOString(),
    conclusion: machine.cancellation.reason === 'user' ? 'cancelled' : result.conclusion,
    seconds: (clock.now().getTime() - started.getTime()) / 1000,
    inputs,
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

function readSecrets(
  names: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const value = environment[name] ?? environment[variableOf(name)];
      if (value === undefined) {
        throw usage(`--secret ${name}: there is no environment variable ${name} (or ${variableOf(name)})`);
      }
      return [name, value];
    }),
  );
}

function variableOf(secret: string): string {
  return secret.toUpperCase().replaceAll('-', '_');
}

async function readEvent(file: string | undefined, cwd: string): Promise<JsonObject> {
  if (file === undefined) {
    return {};
  }
  try {
    return JSON.parse(await readFile(path.resolve(cwd, file), 'utf8')) as JsonObject;
  } catch (error) {
    throw usage(`--event ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function chooseEvent(asked: string | undefined, workflow: WorkflowModel): string {
  const { events } = workflow;
  if (asked !== undefined && !events.includes(asked)) {
    throw usage(`--event-name ${asked}: the workflow runs on ${events.join(', ')}`);
  }
  return (
    asked ?? (events.includes('workflow_dispatch') ? 'workflow_dispatch' : (events[0] ?? 'workflow_dispatch'))
  );
}

function declaredInputs(workflow: WorkflowModel, eventName: string) {
  if (eventName === 'workflow_dispatch') {
    return workflow.dispatch ?? [];
  }
  return eventName === 'workflow_call' ? (workflow.call?.inputs ?? []) : [];
}

function asTexts(inputs: Readonly<Record<string, Json>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
}

async function linkLatest(out: string): Promise<void> {
  const latest = path.join(path.dirname(out), 'latest');
  await rm(latest, { force: true });
  await symlink(path.basename(out), latest);
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
