import * as core from '@actions/core';
import { createExec, describeError, neutralise, type Ports, systemClock } from '@golden-image/host';
import { actionsLog } from './actions-log.ts';
import type { ActionDefinition, ActionOutcome, InputsOf } from './definition.ts';
import { aptTools } from './host-tools.ts';
import { parseInputs } from './parse.ts';
import { runAsRoot } from './root.ts';
import { forbidCoreDumps, forgetSecrets, maskSecrets } from './secrets.ts';

/**
 * The skeleton of every action: mask secrets, read inputs, make the ports, call the domain, write outputs and
 * summary, turn an error into one annotation with the detail in a group. Sets the exit status; never rejects.
 */
export async function runAction<D extends ActionDefinition>(
  definition: D,
  body: (inputs: InputsOf<D>, ports: Ports) => Promise<ActionOutcome<Extract<keyof D['outputs'], string>>>,
): Promise<void> {
  const log = actionsLog(systemClock);
  const cancel = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    cancel.abort(new Cancelled(`${definition.name} was cancelled by ${signal}`));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    maskSecrets(definition, log.mask);
    if (definition.root && process.getuid?.() !== 0) {
      process.exitCode = await runAsRoot(cancel.signal);
      return;
    }
    // Programs of the sbin folders are not on every user's PATH.
    process.env.PATH = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;
    const inputs = parseInputs(definition, process.env);
    forgetSecrets(definition);
    if (!(await forbidCoreDumps(definition))) {
      log.debug('prlimit could not forbid core dumps');
    }
    const install = (inputs as Record<string, unknown>)['install-tools'] !== false;
    const outcome = await body(inputs, {
      exec: createExec({ signal: cancel.signal }),
      clock: systemClock,
      log,
      tools: aptTools({ install, log }),
      fetch: globalThis.fetch,
      signal: cancel.signal,
    });
    await writeOutcome(definition, outcome);
  } catch (error) {
    // What a step makes of a program that was ended under it is no finding.
    report(definition, cancel.signal.aborted ? cancel.signal.reason : error);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

class Cancelled extends Error {}

async function writeOutcome(definition: ActionDefinition, outcome: ActionOutcome): Promise<void> {
  for (const name of Object.keys(definition.outputs)) {
    core.setOutput(name, outcome.outputs[name] ?? '');
  }
  if (process.env.GITHUB_STEP_SUMMARY) {
    await core.summary.addRaw(outcome.summary, true).write();
  }
  if (outcome.failure !== undefined) {
    core.error(neutralise(oneLine(outcome.failure)), { title: definition.title });
    process.exitCode = 1;
  }
}

function report(definition: ActionDefinition, error: unknown): void {
  if (error instanceof Cancelled) {
    core.warning(neutralise(error.message));
    process.exitCode = 130;
    return;
  }
  const { message, fix, detail, code } = describeError(error);
  if (detail) {
    core.startGroup(`${definition.title}: details of the failure (${neutralise(code)})`);
    core.info(neutralise(detail));
    core.endGroup();
  }
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
  core.error(neutralise(oneLine([sentence, fix].filter(Boolean).join(' '))), { title: definition.title });
  process.exitCode = 1;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 1_000);
}
