import { Cancellation } from './cancellation.ts';
import { evaluateText, evaluateTexts, evaluateToken, holds, type Scope } from './expressions.ts';
import { resolveInputs } from './inputs.ts';
import { orderedJobs } from './job-order.ts';
import { jobName, runJob } from './job-runner.ts';
import { type JobResult, jobScope, type WorkflowRequest, workflowScope } from './job-scope.ts';
import { isObject, type JsonObject } from './json.ts';
import { calledFile } from './load.ts';
import { describeCombination, expandMatrix } from './matrix.ts';
import type { Conclusion, JobReport } from './report.ts';
import { find, showPosition } from './template-walk.ts';
import type { JobCall, JobModel } from './workflow-model.ts';

export interface WorkflowResult {
  readonly conclusion: Conclusion;
  readonly jobs: readonly JobReport[];
  /** Of `on.workflow_call.outputs`. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the jobs one after another, each after those that it needs. */
export async function runWorkflow(request: WorkflowRequest): Promise<WorkflowResult> {
  const results = new Map<string, JobResult>();
  for (const model of orderedJobs(request.workflow.jobs, request.only)) {
    results.set(model.id, await runModel(model, request, results));
  }
  return {
    conclusion: overall([...results.values()].map(({ result }) => result)),
    jobs: [...results.values()].flatMap(({ reports }) => reports),
    outputs: workflowOutputs(request, results),
  };
}

async function runModel(
  model: JobModel,
  request: WorkflowRequest,
  results: ReadonlyMap<string, JobResult>,
): Promise<JobResult> {
  const scope = jobScope(model, request, results);
  if (request.cancellation.reason !== undefined) {
    return notRun(model, request, 'cancelled');
  }
  try {
    if (!holds(model.condition, scope)) {
      return notRun(model, request, 'skipped');
    }
    return await runCombinations(model, request, scope);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    request.run.console.annotation('error', `${showPosition(model.position)}: ${message}`);
    return notRun(model, request, 'failure');
  }
}

function notRun(model: JobModel, request: WorkflowRequest, result: Conclusion): JobResult {
  const names = [...request.callers.map((caller) => caller.name), model.id];
  const ids = [...request.callers.map((caller) => caller.id), model.id];
  request.run.console.job(`${names.join(' / ')}: ${result}`);
  const report = {
    id: ids.join('/'),
    name: names.join(' / '),
    conclusion: result,
    seconds: 0,
    outputs: {},
    steps: [],
  };
  return { result, outputs: {}, reports: [report] };
}

async function runCombinations(model: JobModel, request: WorkflowRequest, scope: Scope): Promise<JobResult> {
  const matrix = find(model.strategy, 'matrix');
  const combinations = matrix ? expandMatrix(evaluateToken(matrix, scope)) : [undefined];
  const failFastToken = find(model.strategy, 'fail-fast');
  const failFast = failFastToken ? evaluateToken(failFastToken, scope) !== false : true;
  const parallel = find(model.strategy, 'max-parallel');
  const cancellation = new Cancellation(request.cancellation);
  const results: JobResult[] = [];
  for (const [index, combination] of combinations.entries()) {
    const strategy = {
      'fail-fast': failFast,
      'job-index': index,
      'job-total': combinations.length,
      'max-parallel': parallel ? evaluateToken(parallel, scope) : combinations.length,
    };
    const own: Scope = {
      ...scope,
      contexts: { ...scope.contexts, matrix: combination ?? null, strategy },
    };
    const result = await runOne(model, request, own, combination, cancellation);
    results.push(result);
    if (failFast && combination && result.result === 'failure') {
      cancellation.cancel('fail-fast');
    }
  }
  return {
    result: overall(results.map(({ result }) => result)),
    outputs: mergeOutputs(results),
    reports: results.flatMap(({ reports }) => reports),
  };
}

async function runOne(
  model: JobModel,
  request: WorkflowRequest,
  scope: Scope,
  combination: JsonObject | undefined,
  cancellation: Cancellation,
): Promise<JobResult> {
  const values = combination ? describeCombination(combination) : '';
  const id = combination ? `${model.id} (${values})` : model.id;
  const name = jobName(model, scope, combination, values);
  if (cancellation.reason !== undefined) {
    return notRun({ ...model, id: name }, request, 'cancelled');
  }
  if (model.work.kind === 'call') {
    return callWorkflow(model.work, request, scope, { id, name }, cancellation);
  }
  const report = await runJob({
    run: request.run,
    workflow: request.workflow,
    model,
    work: model.work,
    id: [...request.callers.map((caller) => caller.id), id].join('/'),
    name: [...request.callers.map((caller) => caller.name), name].join(' / '),
    scope,
    cancellation,
  });
  const allowed = model.continueOnError ? evaluateToken(model.continueOnError, scope) === true : false;
  const result = report.conclusion === 'failure' && allowed ? 'success' : report.conclusion;
  return { result, outputs: report.outputs, reports: [report] };
}

async function callWorkflow(
  call: JobCall,
  request: WorkflowRequest,
  scope: Scope,
  caller: { readonly id: string; readonly name: string },
  cancellation: Cancellation,
): Promise<JobResult> {
  const workflow = request.called.get(calledFile(call.uses, request.run.repository));
  if (!workflow?.call) {
    throw new Error(`${call.uses} cannot be called`);
  }
  const given = call.with ? evaluateToken(call.with, scope) : {};
  const inputs = resolveInputs(workflow.call.inputs, isObject(given) ? given : {}, scope);
  const secrets = call.secrets === 'inherit' ? request.secrets : evaluateTexts(call.secrets, scope);
  for (const { name, required } of workflow.call.secrets) {
    if (required && !secrets[name]) {
      throw new Error(`the secret ${name} of ${workflow.file} is required`);
    }
  }
  const result = await runWorkflow({
    ...request,
    workflow,
    inputs,
    secrets,
    callers: [...request.callers, caller],
    only: undefined,
    cancellation,
  });
  return { result: result.conclusion, outputs: result.outputs, reports: result.jobs };
}

function workflowOutputs(
  request: WorkflowRequest,
  results: ReadonlyMap<string, JobResult>,
): Record<string, string> {
  const jobs = [...results].map(([id, { result, outputs }]) => [id, { result, outputs }]);
  const scope = workflowScope(request);
  const contexts = { ...scope.contexts, jobs: Object.fromEntries(jobs) as JsonObject };
  const declared = request.workflow.call?.outputs ?? [];
  return Object.fromEntries(
    declared.map((output) => [output.name, evaluateText(output.value, { ...scope, contexts }) ?? '']),
  );
}

/** Of a matrix the last job that gave a value wins. */
function mergeOutputs(results: readonly JobResult[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const { outputs } of results) {
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== '' || !(name in merged)) {
        merged[name] = value;
      }
    }
  }
  return merged;
}

function overall(results: readonly Conclusion[]): Conclusion {
  const worst = (['failure', 'cancelled', 'success'] as const).find((result) => results.includes(result));
  return worst ?? 'skipped';
}
