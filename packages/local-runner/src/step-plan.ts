import { describeError } from '@golden-image/host';
import { evaluateText, evaluateTexts, evaluateToken, holds, type Scope } from './expressions.ts';
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
    const own = evaluateText(model.name, scope);
    const minutes = model.timeoutMinutes && runs ? evaluateToken(model.timeoutMinutes, scope) : null;
    return {
      name: own ? firstLine(own) : runs ? nameOfScript(model, scope) : fallback.name,
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

/** The name that GitHub gives a step without one, where nothing can be evaluated. */
export function defaultName(model: StepModel): string {
  return model.work.kind === 'run' ? 'Run a script' : `Run ${shortReference(model.work.uses)}`;
}

function nameOfScript(model: StepModel, scope: Scope): string {
  return model.work.kind === 'run'
    ? `Run ${firstLine(evaluateText(model.work.script, scope) ?? '')}`
    : defaultName(model);
}

/** A full SHA as git abbreviates it. */
function shortReference(uses: string): string {
  return uses.replace(/@([0-9a-f]{7})[0-9a-f]{33}$/, '@$1');
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
