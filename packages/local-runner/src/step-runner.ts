import { type PreparedActions, registerPost, within } from './action-phases.ts';
import { resolveAction } from './action-use.ts';
import { runComposite } from './composite.ts';
import { evaluateTexts } from './expressions.ts';
import { actionInputs, runJavaScript } from './javascript-action.ts';
import type { Json } from './json.ts';
import { perform } from './perform.ts';
import { replacedActions } from './replaced-actions.ts';
import type { Conclusion } from './report.ts';
import { runScript } from './run-script.ts';
import type { Frame, JobState, StepContext } from './run-state.ts';
import { planOf } from './step-plan.ts';
import { parseUses } from './use-reference.ts';
import type { ActionStep, StepModel } from './workflow-model.ts';

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
