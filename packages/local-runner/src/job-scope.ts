import type { Cancellation } from './cancellation.ts';
import type { Scope } from './expressions.ts';
import { hashFiles } from './hash-files.ts';
import { ancestorsOf } from './job-order.ts';
import type { Json, JsonObject } from './json.ts';
import type { Conclusion, JobReport } from './report.ts';
import type { RunState } from './run-state.ts';
import type { JobModel, WorkflowModel } from './workflow-model.ts';

/** A workflow to run, the main one or a called one. */
export interface WorkflowRequest {
  readonly run: RunState;
  readonly workflow: WorkflowModel;
  readonly called: ReadonlyMap<string, WorkflowModel>;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Ids and names of the calling jobs. */
  readonly callers: readonly { readonly id: string; readonly name: string }[];
  /** Jobs to run with those that they need; undefined: all. */
  readonly only: readonly string[] | undefined;
  readonly cancellation: Cancellation;
}

/** What became of a job, with all its combinations. */
export interface JobResult {
  /** After `continue-on-error`: what other jobs see. */
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  readonly reports: readonly JobReport[];
}

/** What the expressions of a job (`if`, `strategy`, `with`, …) see before it runs. */
export function jobScope(
  model: JobModel,
  request: WorkflowRequest,
  results: ReadonlyMap<string, JobResult>,
): Scope {
  const needs = model.needs.map((id) => {
    const need = results.get(id);
    return [id, { result: need?.result ?? 'skipped', outputs: need?.outputs ?? {} }];
  });
  const ancestors = ancestorsOf(model, request.workflow.jobs).map((id) => results.get(id)?.result);
  const cancelled = request.cancellation.reason !== undefined;
  return {
    ...workflowScope(request),
    contexts: {
      ...workflowScope(request).contexts,
      needs: Object.fromEntries(needs) as JsonObject,
      matrix: null,
      strategy: null,
    },
    status: {
      success: !cancelled && ancestors.every((result) => result === 'success'),
      failure: ancestors.includes('failure'),
      cancelled,
    },
  };
}

/** What the expressions of a workflow see. */
export function workflowScope(request: WorkflowRequest): Scope {
  const { run, workflow } = request;
  return {
    contexts: {
      github: run.github,
      inputs: request.inputs,
      vars: run.vars,
      secrets: request.secrets,
      env: {},
      jobs: {},
      job: {},
      runner: {},
      steps: {},
      needs: {},
      matrix: null,
      strategy: null,
      workflow: workflow.name,
    },
    status: { success: true, failure: false, cancelled: false },
    hashFiles: (patterns) => hashFiles(run.root, patterns),
  };
}
