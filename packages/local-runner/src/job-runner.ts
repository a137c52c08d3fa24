import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError } from '@golden-image/host';
import { runPostSteps, runPreSteps } from './action-phases.ts';
import { Cancellation } from './cancellation.ts';
import { evaluateText, evaluateTexts, evaluateToken, type Scope } from './expressions.ts';
import type { JsonObject } from './json.ts';
import { endOrphans } from './orphans.ts';
import type { Conclusion, JobReport, StepReport } from './report.ts';
import { type Frame, type JobState, type RunState, scopeOf, toolCache } from './run-state.ts';
import { runSteps } from './step-runner.ts';
import type { JobModel, JobSteps, WorkflowModel } from './workflow-model.ts';

/** GitHub's default, in minutes. */
const JOB_MINUTES = 360;

/** One job to run: of a matrix, one combination. */
export interface JobRequest {
  readonly run: RunState;
  readonly workflow: WorkflowModel;
  readonly model: JobModel;
  readonly work: JobSteps;
  /** With those of calling jobs. */
  readonly id: string;
  readonly name: string;
  /** What the job's own expressions see. */
  readonly scope: Scope;
  readonly cancellation: Cancellation;
}

/** Runs a job from its set-up to the end of the processes that it leaves. */
export async function runJob(request: JobRequest): Promise<JobReport> {
  const { run, model, name } = request;
  const started = performance.now();
  run.console.job(name);
  if (model.environment) {
    run.console.note('environment: an approval is not asked for locally');
  }
  const cancellation = new Cancellation(request.cancellation);
  const steps: StepReport[] = [];
  let outcome: { conclusion: Conclusion; outputs: Record<string, string> } = {
    conclusion: 'failure',
    outputs: {},
  };
  let job: JobState | undefined;
  try {
    job = await prepare(request, cancellation, steps);
    outcome = await runPrepared(request, job);
  } catch (error) {
    run.console.annotation('error', describeError(error).message);
  }
  if (job) {
    await cleanUp(job);
  }
  return {
    id: request.id,
    name,
    conclusion: outcome.conclusion,
    outputs: outcome.outputs,
    seconds: (performance.now() - started) / 1000,
    steps,
  };
}

async function prepare(
  request: JobRequest,
  cancellation: Cancellation,
  reports: StepReport[],
): Promise<JobState> {
  const { run, workflow, model, scope } = request;
  const folder = path.join(run.work, folderName(request.id));
  const repository = path.basename(run.repository);
  const job: JobState = {
    run,
    id: model.id,
    folder,
    workspace: path.join(folder, repository),
    temp: path.join(folder, '_temp'),
    trackingId: `local_${randomUUID()}`,
    cancellation,
    contexts: scope.contexts,
    env: {},
    path: [],
    defaults: {
      shell: model.defaults.shell ?? workflow.defaults.shell,
      workingDirectory: model.defaults.workingDirectory ?? workflow.defaults.workingDirectory,
    },
    posts: [],
    reports,
    counter: 0,
  };
  await rm(folder, { recursive: true, force: true });
  await mkdir(job.workspace, { recursive: true });
  await mkdir(job.temp, { recursive: true });
  await mkdir(toolCache(run), { recursive: true });
  await writeFile(path.join(job.temp, 'event.json'), run.eventJson);
  Object.assign(job.env, evaluateTexts(workflow.env, scope));
  Object.assign(job.env, evaluateTexts(model.env, scope));
  return job;
}

function folderName(id: string): string {
  return id.replace(/[^\w.-]+/g, '_');
}

async function runPrepared(
  request: JobRequest,
  job: JobState,
): Promise<{ conclusion: Conclusion; outputs: Record<string, string> }> {
  const { model, work, scope } = request;
  const frame: Frame = {
    kind: 'job',
    depth: 0,
    steps: {},
    inputs: undefined,
    env: {},
    github: { job: model.id, event_path: path.join(job.temp, 'event.json') },
    timeout: undefined,
    status: 'success',
    record: (report) => job.reports.push(report),
  };
  const minutes = model.timeoutMinutes ? evaluateToken(model.timeoutMinutes, scope) : JOB_MINUTES;
  const limit = typeof minutes === 'number' && minutes > 0 ? minutes : JOB_MINUTES;
  const timer = setTimeout(() => {
    job.run.console.annotation('error', `The job did not end within its time of ${limit} minutes.`);
    job.cancellation.cancel('timeout');
  }, limit * 60_000);
  try {
    const prepared = await runPreSteps(work.steps, frame, job);
    await runSteps(work.steps, frame, job, prepared);
    await runPostSteps(frame, job);
  } finally {
    clearTimeout(timer);
  }
  const conclusion = job.cancellation.reason === undefined ? frame.status : 'cancelled';
  return { conclusion, outputs: jobOutputs(request, job, frame) };
}

/** As on GitHub, an output that holds a secret is not handed on. */
function jobOutputs(request: JobRequest, job: JobState, frame: Frame): Record<string, string> {
  const { run } = job;
  const scope = scopeOf(job, frame);
  const outputs: Record<string, string> = {};
  for (const [name, value] of Object.entries(evaluateTexts(request.model.outputs, scope))) {
    if (run.masks.hides(value)) {
      run.console.annotation('warning', `Skip output '${name}' since it may contain secret.`);
    } else {
      outputs[name] = value;
    }
  }
  return outputs;
}

async function cleanUp(job: JobState): Promise<void> {
  for (const { pid, name } of await endOrphans(job.trackingId)) {
    job.run.console.note(`Ended the process ${name} (${pid}) that the job left behind`);
  }
  if (!job.run.keepWorkspace) {
    await removeTree(job);
  }
}

/** A step that became root leaves files that only root can remove. */
async function removeTree(job: JobState): Promise<void> {
  try {
    await rm(job.folder, { recursive: true, force: true });
  } catch {
    await job.run
      .exec({ command: 'sudo', args: ['-n', 'rm', '-rf', '--one-file-system', '--', job.folder] })
      .catch(() => {
        job.run.console.annotation('warning', `${job.folder} could not be removed`);
      });
  }
}

/** The name that people see. */
export function jobName(
  model: JobModel,
  scope: Scope,
  combination: JsonObject | undefined,
  values: string,
): string {
  const own = evaluateText(model.name, scope)?.trim();
  return own || (combination ? `${model.id} (${values})` : model.id);
}
