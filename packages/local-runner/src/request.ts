import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Options, usage } from './cli.ts';
import { resolveInputs } from './inputs.ts';
import type { Json, JsonObject } from './json.ts';
import type { InputModel, WorkflowModel } from './workflow-model.ts';

/** What the user asked for, checked against the workflow. */
export interface RunRequest {
  readonly secrets: Readonly<Record<string, string>>;
  /** Variables that hold secrets; steps do not inherit them. */
  readonly secretVariables: readonly string[];
  readonly eventName: string;
  /** The payload, with the inputs as a form gives them. */
  readonly event: JsonObject;
  readonly inputs: Readonly<Record<string, Json>>;
}

/**
 * Reads secrets, event and inputs.
 *
 * @throws UserError `usage` or `input-invalid`
 */
export async function readRequest(
  options: Options,
  workflow: WorkflowModel,
  cwd: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RunRequest> {
  const eventName = chooseEvent(options.eventName, workflow);
  const payload = await readEvent(options.event, cwd);
  const declared = declaredInputs(workflow, eventName);
  const sent = declared ? (payload.inputs as Record<string, Json> | undefined) : undefined;
  const inputs = resolveInputs(
    declared ?? [],
    { ...sent, ...options.inputs },
    {
      contexts: { github: { event_name: eventName }, vars: options.vars, inputs: {} },
      status: { success: true, failure: false, cancelled: false },
      hashFiles: () => '',
    },
  );
  return {
    secrets: readSecrets(options.secrets, environment),
    secretVariables: options.secrets.flatMap((name) => [name, variableOf(name)]),
    eventName,
    event: declared ? { ...payload, inputs: asTexts(inputs) } : payload,
    inputs,
  };
}

function readSecrets(
  names: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const value = environment[name] ?? environment[variableOf(name)];
      if (value === undefined) {
        throw usage(`--secret ${name}: there is no environment variable ${name} (or ${variableOf(name)})`);
      }
      return [name, value];
    }),
  );
}

function variableOf(secret: string): string {
  return secret.toUpperCase().replaceAll('-', '_');
}

async function readEvent(file: string | undefined, cwd: string): Promise<JsonObject> {
  if (file === undefined) {
    return {};
  }
  try {
    return JSON.parse(await readFile(path.resolve(cwd, file), 'utf8')) as JsonObject;
  } catch (error) {
    throw usage(`--event ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function chooseEvent(asked: string | undefined, workflow: WorkflowModel): string {
  const { events } = workflow;
  if (asked !== undefined && !events.includes(asked)) {
    throw usage(`--event-name ${asked}: the workflow runs on ${events.join(', ')}`);
  }
  return (
    asked ?? (events.includes('workflow_dispatch') ? 'workflow_dispatch' : (events[0] ?? 'workflow_dispatch'))
  );
}

/** Undefined: the event has no inputs. */
function declaredInputs(workflow: WorkflowModel, eventName: string): readonly InputModel[] | undefined {
  if (eventName === 'workflow_dispatch') {
    return workflow.dispatch ?? [];
  }
  return eventName === 'workflow_call' ? (workflow.call?.inputs ?? []) : undefined;
}

function asTexts(inputs: Readonly<Record<string, Json>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
}
