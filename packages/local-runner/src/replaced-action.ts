import type { StepContext } from './run-state.ts';

/** The local equivalent of an action of GitHub. */
export interface ReplacedAction {
  /** Inputs that it follows. */
  readonly inputs: readonly string[];
  /** Inputs without effect on one machine. */
  readonly ignored: readonly string[];
  /**
   * Why a literal value of an input cannot be followed; undefined when it can. Asked before anything runs, and
   * again with the evaluated value.
   */
  readonly refuse?: (input: string, value: string) => string | undefined;
  /** @returns whether it succeeded */
  readonly run: (inputs: Readonly<Record<string, string>>, step: StepContext) => Promise<boolean>;
}

/** A boolean input of an action, as @actions/core reads it. */
export function flag(value: string | undefined, fallback: boolean): boolean {
  return value === undefined || value === '' ? fallback : value.toLowerCase() === 'true';
}
