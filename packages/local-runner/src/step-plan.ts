import { describeError } from '@golden-image/host';
import { evaluateText, evaluateTexts, evaluateToken, holds } from './expressions.ts';
import { type Frame, type JobState, scopeOf } from './run-state.ts';
import type { StepModel } from './workflow-model.ts';

/** What a step's own expressions say about it. */
export interface StepPlan {
  readonly name: string;
  readonly runs: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly continueOnError: boolean;
  readonly timeoutMinutes: number | undefined;
  /** An expression could not be evaluated: the step fails with it. */
  readonly error?: unknown;
}

export function planOf(model: StepModel, frame: Frame, job: JobState): StepPlan {
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

/** The name that GitHub gives a step without one. */
export function defaultName(model: StepModel): string {
  return model.work.kind === 'run'
    ? `Run ${String(model.work.script).trim().split('\n')[0] ?? ''}`
    : `Run ${model.work.uses}`;
}
