import { resolveAction } from './action-use.ts';
import { evaluateTexts, holds } from './expressions.ts';
import { actionInputs, runJavaScript } from './javascript-action.ts';
import { perform } from './perform.ts';
import { replacedActions } from './replaced-actions.ts';
import { type ActionUse, type Frame, type JobState, type StepContext, scopeOf } from './run-state.ts';
import { defaultName } from './step-plan.ts';
import { parseUses } from './use-reference.ts';
import type { StepModel } from './workflow-model.ts';

/** Actions that ran `pre` at the job's start, by their step. */
export type PreparedActions = ReadonlyMap<StepModel, ActionUse>;

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

/** Has `post` of an action run at the job's end. */
export function registerPost(
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
export function within(step: StepContext, use: ActionUse, model: StepModel): StepContext {
  const github = { action: model.id ?? '', action_path: use.action.folder };
  const frame = { ...step.frame, github: { ...step.frame.github, ...github } };
  step.scope = scopeOf(step.job, frame, step.env);
  return step;
}
