import path from 'node:path';
import { execute } from './execute.ts';
import { evaluateText, evaluateTexts, type Scope } from './expressions.ts';
import type { ActionUse, StepContext } from './run-state.ts';
import type { Token } from './template-walk.ts';
import type { ActionModel, JavaScriptRuns } from './workflow-model.ts';

/**
 * The inputs of an action: `with`, and the defaults of the others.
 *
 * @param warn told about inputs that the action does not have
 */
export function actionInputs(
  action: ActionModel,
  given: Token | undefined,
  scope: Scope,
  warn: (message: string) => void,
): Record<string, string> {
  const values: Record<string, string> = {};
  const texts = evaluateTexts(given, scope);
  for (const input of action.inputs) {
    const key = Object.keys(texts).find((name) => name.toLowerCase() === input.name.toLowerCase());
    values[input.name] = (key === undefined ? evaluateText(input.default, scope) : texts[key]) ?? '';
  }
  const known = new Set(action.inputs.map((input) => input.name.toLowerCase()));
  const unexpected = Object.keys(texts).filter((name) => !known.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    warn(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${[...known].join("', '")}']`);
  }
  return values;
}

/** Runs `pre`, `main` or `post` of a JavaScript action with the Node that runs this program. */
export function runJavaScript(
  use: ActionUse,
  script: string,
  inputs: Readonly<Record<string, string>>,
  step: StepContext,
): Promise<boolean> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(inputs)) {
    env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value;
  }
  for (const [name, value] of use.state) {
    env[`STATE_${name}`] = value;
  }
  return execute(
    {
      command: process.execPath,
      args: [path.resolve(use.action.folder, script)],
      cwd: step.job.workspace,
      env,
      state: use.state,
    },
    step,
  );
}

export function isJavaScript(action: ActionModel): action is ActionModel & { readonly runs: JavaScriptRuns } {
  return action.runs.kind === 'javascript';
}
