import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Refusals } from './refusal.ts';
import { type Reading, readSteps } from './step-reader.ts';
import { parseTemplate, refuseErrors } from './template-file.ts';
import { entries, find, type Position, positionOf, type Token, textOf } from './template-walk.ts';
import type { ActionModel, CompositeRuns, JavaScriptRuns } from './workflow-model.ts';

/** The Node that runs the runner runs the actions too. */
const NODE = 'node24';

/**
 * Reads the action.yml (or action.yaml) of a folder; faults and what is not supported go to `refusals`.
 *
 * @param shown the folder's path as messages name it
 * @param user where the action is used
 */
export async function readAction(
  folder: string,
  shown: string,
  user: Position,
  refusals: Refusals,
): Promise<ActionModel | undefined> {
  for (const name of ['action.yml', 'action.yaml']) {
    const content = await readFile(path.join(folder, name), 'utf8').catch(() => undefined);
    if (content !== undefined) {
      return parse(folder, path.posix.join(shown, name), content, refusals);
    }
  }
  refusals.add(user, `there is no action.yml in ${shown}`);
  return undefined;
}

function parse(folder: string, file: string, content: string, refusals: Refusals): ActionModel | undefined {
  const template = parseTemplate('action', file, content, refusals);
  if (!template) {
    return undefined;
  }
  const { context, root: value } = template;
  const reading: Reading = { file, context, refusals };
  const runs = readRuns(find(value, 'runs'), reading);
  refuseErrors(context, file, refusals);
  if (!runs) {
    return undefined;
  }
  return {
    position: { file, line: 1 },
    folder,
    name: textOf(find(value, 'name')) ?? file,
    inputs: entries(find(value, 'inputs')).map(({ key, value: input }) => ({
      name: key,
      default: find(input, 'default'),
      required: String(find(input, 'required') ?? 'false') === 'true',
    })),
    outputs: entries(find(value, 'outputs')).map(({ key, value: output }) => ({
      name: key,
      value: find(output, 'value'),
    })),
    runs,
  };
}

function readRuns(token: Token | undefined, reading: Reading): JavaScriptRuns | CompositeRuns | undefined {
  const usingToken = find(token, 'using');
  const using = textOf(usingToken) ?? '';
  if (using === 'composite') {
    return { kind: 'composite', steps: readSteps(find(token, 'steps'), reading) };
  }
  if (using === NODE) {
    return {
      kind: 'javascript',
      main: textOf(find(token, 'main')) ?? '',
      pre: textOf(find(token, 'pre')),
      preCondition: conditionOf(find(token, 'pre-if')),
      post: textOf(find(token, 'post')),
      postCondition: conditionOf(find(token, 'post-if')),
    };
  }
  const position = usingToken ? positionOf(usingToken, reading.file) : { file: reading.file, line: 0 };
  reading.refusals.add(
    position,
    `an action with \`using: ${using}\` is not supported by the local runner, only ${NODE} and composite`,
  );
  return undefined;
}

/** `pre-if` and `post-if` are taken as they are; absent they always hold (actions/runner, ActionManifestManager.cs). */
function conditionOf(token: Token | undefined): string {
  const text = token ? String(token).trim() : '';
  return text === '' ? 'always()' : text.replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
}
