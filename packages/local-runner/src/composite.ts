import { evaluateText, type Scope } from './expressions.ts';
import type { JsonObject } from './json.ts';
import { type Frame, type JobState, type StepContext, scopeOf } from './run-state.ts';
import type { ActionModel, CompositeRuns, StepModel } from './workflow-model.ts';

/** Composite actions within composite actions, at most this deep (as on GitHub). */
const DEEPEST = 10;

/**
 * Runs the steps of a composite action within one step.
 *
 * @param runSteps handed in, since steps may use composite actions again
 */
export async function runComposite(
  action: ActionModel,
  runs: CompositeRuns,
  inputs: JsonObject,
  step: StepContext,
  runSteps: (steps: readonly StepModel[], frame: Frame, job: JobState) => Promise<void>,
): Promise<boolean> {
  const { job } = step;
  const depth = step.frame.depth + 1;
  if (depth > DEEPEST) {
    throw new Error(`Composite actions are nested more than ${DEEPEST} deep`);
  }
  const frame: Frame = {
    kind: 'composite',
    depth,
    steps: {},
    inputs,
    env: step.env,
    github: { ...step.frame.github, action_path: action.folder },
    timeout: step.timeout,
    status: 'success',
    record: (report) => {
      step.output.annotations.push(...report.annotations);
      step.summary += report.summary;
    },
  };
  await runSteps(runs.steps, frame, job);
  const scope: Scope = scopeOf(job, frame);
  for (const output of action.outputs) {
    step.outputs[output.name] = evaluateText(output.value, scope) ?? '';
  }
  return frame.status === 'success';
}
