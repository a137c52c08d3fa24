import { convertToIfCondition } from '@actions/workflow-parser/model/converter/if-condition';
import type { TemplateContext } from '@actions/workflow-parser/templates/template-context';
import type { Refusals } from './refusal.ts';
import { entries, find, items, positionOf, type Token, textOf } from './template-walk.ts';
import type { RunDefaults, StepModel } from './workflow-model.ts';

/** What the readers share while they read one file. */
export interface Reading {
  readonly file: string;
  readonly context: TemplateContext;
  readonly refusals: Refusals;
}

const STEP_KEYS = ['id', 'name', 'if', 'env', 'continue-on-error', 'timeout-minutes'];
const RUN_KEYS = [...STEP_KEYS, 'run', 'shell', 'working-directory'];
const USES_KEYS = [...STEP_KEYS, 'uses', 'with'];
const SHELLS = ['bash', 'sh'];

export function readSteps(token: Token | undefined, reading: Reading): StepModel[] {
  return items(token).flatMap((step) => {
    const model = readStep(step, reading);
    return model ? [model] : [];
  });
}

function readStep(token: Token, reading: Reading): StepModel | undefined {
  const position = positionOf(token, reading.file);
  const script = find(token, 'run');
  const uses = textOf(find(token, 'uses'));
  refuseOthers(token, uses === undefined ? RUN_KEYS : USES_KEYS, 'step', reading);
  const shared = {
    position,
    id: textOf(find(token, 'id')),
    name: find(token, 'name'),
    condition: readCondition(find(token, 'if'), reading),
    env: find(token, 'env'),
    continueOnError: find(token, 'continue-on-error'),
    timeoutMinutes: find(token, 'timeout-minutes'),
  };
  if (uses !== undefined) {
    const usesToken = find(token, 'uses') ?? token;
    return {
      ...shared,
      position: positionOf(usesToken, reading.file),
      work: { kind: 'uses', uses, with: find(token, 'with') },
    };
  }
  if (script) {
    const shell = find(token, 'shell');
    checkShell(shell, reading);
    return {
      ...shared,
      work: { kind: 'run', script, shell, workingDirectory: find(token, 'working-directory') },
    };
  }
  return undefined;
}

export function readDefaults(token: Token | undefined, reading: Reading): RunDefaults {
  const shell = find(token, 'run', 'shell');
  checkShell(shell, reading);
  return { shell, workingDirectory: find(token, 'run', 'working-directory') };
}

/** The condition with `success() && (…)` around it where it calls no status function. */
export function readCondition(token: Token | undefined, reading: Reading): string {
  return token ? (convertToIfCondition(reading.context, token)?.expression ?? 'success()') : 'success()';
}

/** Refuses by name every key of a mapping that is not in `known`. */
export function refuseOthers(token: Token, known: readonly string[], what: string, reading: Reading): void {
  for (const { key, keyToken } of entries(token)) {
    if (!known.includes(key)) {
      reading.refusals.add(
        positionOf(keyToken, reading.file),
        `\`${key}\` of a ${what} is not supported by the local runner`,
      );
    }
  }
}

function checkShell(token: Token | undefined, reading: Reading): void {
  if (!token) {
    return;
  }
  const shell = textOf(token);
  if (shell === undefined) {
    reading.refusals.add(
      positionOf(token, reading.file),
      'a `shell` from an expression is not supported by the local runner',
    );
  } else if (!SHELLS.includes(shell)) {
    reading.refusals.add(
      positionOf(token, reading.file),
      `the shell ${JSON.stringify(shell)} is not supported by the local runner, only ${SHELLS.join(' and ')}`,
    );
  }
}
