import { describeError } from '@golden-image/host';
import { resolveAction } from './action-use.ts';
import { runComposite } from './composite.ts';
import { evaluateText, evaluateTexts, evaluateToken, holds } from './expressions.ts';
import { actionInputs, runJavaScript } from './javascript-action.ts';
import type { Json } from './json.ts';
import { perform } from './perform.ts';
import { replacedActions } from './replaced-actions.ts';
import type { Conclusion } from './report.ts';
import { runScript } from './run-script.ts';
import { type ActionUse, type Frame, type JobState, type StepContext, scopeOf } from './run-state.ts';
import { parseUses } from './use-reference.ts';
import type { ActionStep, StepModel } from './workflow-model.ts';

/** Actions that ran `pre` at the job's start, by their step. */
export type PreparedActions = ReadonlyMap<StepModel, ActionUse>;

/** Runs steps in their order; each decides by its condition whether it runs. */
export async function runSteps(
  steps: readonly StepModel[],
  frame: Frame,
  job: JobState,
  prepared: PreparedActions = new Map(),
): Promise<void> {
  for (const model of steps) {
    if (frame.timeout?.aborted) {
      return;
    }
    await runStep(model, frame, job, prepared);
  }
}

async function runStep(
  model: StepModel,
  frame: Frame,
  job: JobState,
  prepared: PreparedActions,
): Promise<void> {
  const plan = planOf(model, frame, job);
  if (!plan.runs) {
    job.run.console.skipped(plan.name);
    remember(model, frame, 'skipped', 'skipped', {});
    frame.record({
      name: plan.name,
      phase: 'main',
      outcome: 'skipped',
      conclusion: 'skipped',
      seconds: 0,
      outputs: {},
      annotations: [],
      summary: '',
    });
    return;
  }
  const report = await perform(
    {
      ...plan,
      phase: 'main',
      body: (step) => {
        if (plan.error !== undefined) {
          throw plan.error;
        }
        return model.work.kind === 'run'
          ? runScript(model.work, step)
          : runUses(model.work, model, step, prepared);
      },
    },
    frame,
    job,
  );
  remember(model, frame, report.outcome, report.conclusion, report.outputs);
}

interface StepPlan {
  readonly name: string;
  readonly runs: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly continueOnError: boolean;
  readonly timeoutMinutes: number | undefined;
  /** An expression could not be evaluated: the step fails with it. */
  readonly error?: unknown;
}

function planOf(model: StepModel, frame: Frame, job: JobState): StepPlan {
  const fallback = { name: defaultName(model), runs: true, env: {}, continueOnError: false };
  try {
    const outer = scopeOf(job, frame);
    const runs = holds(model.condition, outer);
    const env = runs ? evaluateTexts(model.env, outer) : {};
    const scope = scopeOf(job, frame, env);
    const minutes = model.timeoutMinutes && runs ? evaluateToken(model.timeoutMinutes, scope) : null;
    return {
      name: (evaluateText(model.name, scope) || fallback.name).split('\n')[0] ?? '',
      runs,
      env,
      continueOnError:
        runs && model.continueOnError !== undefined && evaluateToken(model.continueOnError, scope) === true,
      timeoutMinutes: typeof minutes === 'number' ? minutes : undefined,
    };
  } catch (error) {
    const { message } = describeError(error);
    return { ...fallback, timeoutMinutes: undefined, error: new Error(message, { cause: error }) };
  }
}

function defaultName(model: StepModel): string {
  return model.work.kind === 'run'
    ? `Run ${String(model.work.script).trim().split('\n')[0] ?? ''}`
    : `Run ${model.work.uses}`;
}

function remember(
  model: StepModel,
  frame: Frame,
  outcome: Conclusion,
  conclusion: Conclusion,
  outputs: Readonly<Record<string, string>>,
): void {
  if (model.id !== undefined) {
    frame.steps[model.id] = { outputs: outputs as Record<string, Json>, outcome, conclusion };
  }
}

async function runUses(
  work: ActionStep,
  model: StepModel,
  step: StepContext,
  prepared: PreparedActions,
): Promise<boolean> {
  const { job, frame, scope } = step;
  const reference = parseUses(work.uses, job.run.repository, Object.keys(replacedActions));
  const warn = (message: string): void => step.output.annotate({ level: 'warning', message });
  if (reference.kind === 'replaced') {
    const replaced = replacedActions[reference.name];
    return replaced ? replaced.run(evaluateTexts(work.with, scope), step) : false;
  }
  const use = prepared.get(model) ?? {
    action: await resolveAction(reference, model.position, job),
    state: new Map<string, string>(),
  };
  const inputs = actionInputs(use.action, work.with, scope, warn);
  const { runs } = use.action;
  if (runs.kind === 'composite') {
    return runComposite(use.action, runs, inputs, step, runSteps);
  }
  if (runs.pre !== undefined && !prepared.has(model)) {
    warn(`\`pre\` execution is not supported for local action from '${work.uses}'`);
  }
  if (!prepared.has(model)) {
    registerPost(use, inputs, step.name, step.env, frame, job);
  }
  return runJavaScript(use, runs.main, inputs, within(step, use, model));
}

/** Runs `pre` of the actions that have one and are named as others name them, as GitHub does before the first step. */
export async function runPreSteps(
  steps: readonly StepModel[],
  frame: Frame,
  job: JobState,
): Promise<PreparedActions> {
  const prepared = new Map<StepModel, ActionUse>();
  for (const model of steps) {
    if (model.work.kind !== 'uses') {
      continue;
    }
    const { work } = model;
    const reference = parseUses(work.uses, job.run.repository, Object.keys(replacedActions));
    if (reference.kind !== 'own') {
      continue;
    }
    const action = await resolveAction(reference, model.position, job);
    const { runs } = action;
    if (runs.kind !== 'javascript' || runs.pre === undefined) {
      continue;
    }
    const use: ActionUse = { action, state: new Map() };
    const { pre, preCondition } = runs;
    const plan = {
      name: defaultName(model),
      phase: 'pre',
      continueOnError: false,
      timeoutMinutes: undefined,
    } as const;
    if (!holds(preCondition, scopeOf(job, frame))) {
      continue;
    }
    prepared.set(model, use);
    const env = evaluateTexts(model.env, scopeOf(job, frame));
    await perform(
      {
        ...plan,
        env,
        body: (step) => {
          const inputs = actionInputs(action, work.with, step.scope, () => {});
          registerPost(use, inputs, plan.name, env, frame, job);
          return runJavaScript(use, pre, inputs, within(step, use, model));
        },
      },
      frame,
      job,
    );
  }
  return prepared;
}

/** Runs what actions registered for the job's end, the latest first. */
export async function runPostSteps(frame: Frame, job: JobState): Promise<void> {
  for (const post of job.posts.reverse()) {
    // Nested actions see the steps around them, and the job's status.
    const postFrame: Frame = {
      ...post.frame,
      status: frame.status,
      record: frame.record,
      timeout: undefined,
    };
    if (!holds(post.condition, scopeOf(job, postFrame))) {
      continue;
    }
    await perform(
      {
        name: post.name,
        phase: 'post',
        env: post.env,
        continueOnError: false,
        timeoutMinutes: undefined,
        body: post.body,
      },
      postFrame,
      job,
    );
    frame.status = postFrame.status;
  }
}

function registerPost(
  use: ActionUse,
  inputs: Readonly<Record<string, string>>,
  name: string,
  env: Readonly<Record<string, string>>,
  frame: Frame,
  job: JobState,
): void {
  const { runs } = use.action;
  if (runs.kind === 'javascript' && runs.post !== undefined) {
    const { post, postCondition } = runs;
    job.posts.push({
      name,
      condition: postCondition,
      frame,
      env,
      body: (step) => runJavaScript(use, post, inputs, step),
    });
  }
}

/** The step sees `github.action` and `github.action_path` of its action. */
function within(step: StepContext, use: ActionUse, model: StepModel): StepContext {
  const github = { action: model.id ?? '', action_path: use.action.folder };
  const frame = { ...step.frame, github: { ...step.frame.github, ...github } };
  step.scope = scopeOf(step.job, frame, step.env);
  return step;
}
