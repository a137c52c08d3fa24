import { convertWorkflowTemplate, isMapping } from '@actions/workflow-parser';
import type { Refusals } from './refusal.ts';
import { type Reading, readCondition, readDefaults, readSteps, refuseOthers } from './step-reader.ts';
import { parseTemplate, refuseErrors } from './template-file.ts';
import { entries, find, items, positionOf, type Token, textOf } from './template-walk.ts';
import type { CallModel, InputModel, JobModel, WorkflowModel } from './workflow-model.ts';

/** Accepted without effect: one machine, one run, no token of GitHub. */
const IGNORED_JOB_KEYS = ['runs-on', 'permissions', 'concurrency', 'cancel-timeout-minutes'];
const JOB_KEYS = [
  ...['name', 'needs', 'if', 'strategy', 'env', 'environment', 'outputs', 'defaults', 'steps'],
  ...['continue-on-error', 'timeout-minutes', ...IGNORED_JOB_KEYS],
];
const CALL_KEYS = [
  'name',
  'needs',
  'if',
  'strategy',
  'uses',
  'with',
  'secrets',
  'permissions',
  'concurrency',
];
const INPUT_TYPES: readonly InputModel['type'][] = ['string', 'boolean', 'number', 'choice', 'environment'];

/**
 * Parses a workflow with GitHub's own parser and schema. Faults and what is not supported go to `refusals`.
 *
 * @param file path relative to the repository, for messages
 */
export async function readWorkflow(
  file: string,
  content: string,
  refusals: Refusals,
): Promise<WorkflowModel | undefined> {
  const template = parseTemplate('workflow', file, content, refusals);
  if (!template) {
    return undefined;
  }
  const { context, root: value } = template;
  await convertWorkflowTemplate(context, value);
  refuseErrors(context, file, refusals);
  const reading: Reading = { file, context, refusals };
  const on = find(value, 'on');
  const events = on && isMapping(on) ? entries(on).map(({ key }) => key) : items(on).map(String);
  const call = find(value, 'on', 'workflow_call');
  return {
    file,
    name: textOf(find(value, 'name')) ?? file,
    events,
    dispatch: events.includes('workflow_dispatch')
      ? readInputs(find(value, 'on', 'workflow_dispatch', 'inputs'), reading)
      : undefined,
    call: events.includes('workflow_call') ? readCall(call, reading) : undefined,
    env: find(value, 'env'),
    defaults: readDefaults(find(value, 'defaults'), reading),
    jobs: entries(find(value, 'jobs')).map(({ key, keyToken, value: job }) =>
      readJob(key, keyToken, job, reading),
    ),
  };
}

function readJob(id: string, keyToken: Token, token: Token, reading: Reading): JobModel {
  const uses = textOf(find(token, 'uses'));
  refuseOthers(token, uses === undefined ? JOB_KEYS : CALL_KEYS, 'job', reading);
  const strategy = find(token, 'strategy');
  if (strategy) {
    refuseOthers(strategy, ['matrix', 'fail-fast', 'max-parallel'], 'strategy', reading);
  }
  const secrets = find(token, 'secrets');
  const usesToken = find(token, 'uses');
  return {
    position: positionOf(usesToken ?? keyToken, reading.file),
    id,
    name: find(token, 'name'),
    needs: items(find(token, 'needs')).map(String),
    condition: readCondition(find(token, 'if'), reading),
    strategy,
    continueOnError: find(token, 'continue-on-error'),
    timeoutMinutes: find(token, 'timeout-minutes'),
    env: find(token, 'env'),
    defaults: readDefaults(find(token, 'defaults'), reading),
    outputs: find(token, 'outputs'),
    environment: find(token, 'environment'),
    work:
      uses === undefined
        ? { kind: 'steps', steps: readSteps(find(token, 'steps'), reading) }
        : {
            kind: 'call',
            uses,
            with: find(token, 'with'),
            secrets: textOf(secrets) === 'inherit' ? 'inherit' : secrets,
          },
  };
}

function readCall(token: Token | undefined, reading: Reading): CallModel {
  return {
    inputs: readInputs(find(token, 'inputs'), reading),
    secrets: entries(find(token, 'secrets')).map(({ key, value }) => ({
      name: key,
      required: String(find(value, 'required') ?? 'false') === 'true',
    })),
    outputs: entries(find(token, 'outputs')).flatMap(({ key, value }) => {
      const output = find(value, 'value');
      return output
        ? [{ name: key, description: textOf(find(value, 'description')) ?? key, value: output }]
        : [];
    }),
  };
}

function readInputs(token: Token | undefined, reading: Reading): InputModel[] {
  return entries(token).map(({ key, keyToken, value }) => {
    const type = INPUT_TYPES.find((name) => name === (textOf(find(value, 'type')) ?? 'string'));
    if (!type) {
      reading.refusals.add(
        positionOf(keyToken, reading.file),
        `the type of the input \`${key}\` is not known`,
      );
    }
    return {
      name: key,
      type: type ?? 'string',
      required: String(find(value, 'required') ?? 'false') === 'true',
      default: find(value, 'default'),
      options: items(find(value, 'options')).map(String),
      description: textOf(find(value, 'description')) ?? '',
    };
  });
}
