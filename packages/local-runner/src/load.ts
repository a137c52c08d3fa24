import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readAction } from './action-reader.ts';
import type { Refusals } from './refusal.ts';
import { replacedActions } from './replaced-actions.ts';
import { entries, textOf } from './template-walk.ts';
import { parseUses } from './use-reference.ts';
import type { ActionStep, JobModel, StepModel, WorkflowModel } from './workflow-model.ts';
import { readWorkflow } from './workflow-reader.ts';

/** Workflows that call workflows, at most this deep (as on GitHub). */
const DEEPEST_CALL = 10;

/** A workflow and those that it calls, by their path in the repository. */
export interface LoadedWorkflows {
  readonly main: WorkflowModel | undefined;
  readonly called: ReadonlyMap<string, WorkflowModel>;
}

/**
 * Reads a workflow with everything that it uses, and refuses what cannot be run here, before anything is run.
 *
 * @param file path of the workflow relative to `root`
 */
export async function loadWorkflows(
  root: string,
  repository: string,
  file: string,
  refusals: Refusals,
): Promise<LoadedWorkflows> {
  const called = new Map<string, WorkflowModel>();
  const loader = { root, repository, refusals, called, actions: new Set<string>() };
  const main = await loadWorkflow(loader, file, 0);
  return { main, called };
}

interface Loader {
  readonly root: string;
  readonly repository: string;
  readonly refusals: Refusals;
  readonly called: Map<string, WorkflowModel>;
  readonly actions: Set<string>;
}

async function loadWorkflow(loader: Loader, file: string, depth: number): Promise<WorkflowModel | undefined> {
  const content = await readFile(path.join(loader.root, file), 'utf8').catch(() => undefined);
  if (content === undefined) {
    loader.refusals.add({ file, line: 0 }, 'the workflow file cannot be read');
    return undefined;
  }
  const model = await readWorkflow(file, content, loader.refusals);
  for (const job of model?.jobs ?? []) {
    if (job.work.kind === 'steps') {
      await checkSteps(loader, job.work.steps, false);
    } else {
      await loadCalled(loader, job, job.work.uses, depth);
    }
  }
  return model;
}

async function loadCalled(loader: Loader, job: JobModel, uses: string, depth: number): Promise<void> {
  const reference = parseUses(uses, loader.repository, []);
  if (reference.kind !== 'local' && reference.kind !== 'own') {
    loader.refusals.add(
      job.position,
      `the workflow ${uses} is not in this repository: only local ones are called here`,
    );
    return;
  }
  const file = calledFile(uses, loader.repository);
  if (loader.called.has(file)) {
    return;
  }
  if (depth >= DEEPEST_CALL) {
    loader.refusals.add(job.position, `workflows call each other more than ${DEEPEST_CALL} deep`);
    return;
  }
  const model = await loadWorkflow(loader, file, depth + 1);
  if (model && !model.call) {
    loader.refusals.add(job.position, `${file} cannot be called: it has no \`on: workflow_call\``);
  }
  if (model) {
    loader.called.set(file, model);
  }
}

/** The path in the repository of a called workflow. */
export function calledFile(uses: string, repository: string): string {
  const reference = parseUses(uses, repository, []);
  return 'path' in reference ? path.posix.normalize(reference.path) : uses;
}

async function checkSteps(loader: Loader, steps: readonly StepModel[], nested: boolean): Promise<void> {
  for (const step of steps) {
    if (step.work.kind === 'uses') {
      await checkUses(loader, step, step.work, nested);
    }
  }
}

async function checkUses(loader: Loader, step: StepModel, work: ActionStep, nested: boolean): Promise<void> {
  const { refusals, repository, root } = loader;
  const reference = parseUses(work.uses, repository, Object.keys(replacedActions));
  if (reference.kind === 'unsupported') {
    refusals.add(step.position, `\`uses: ${work.uses}\` cannot be run: ${reference.reason}`);
    return;
  }
  if (reference.kind === 'replaced') {
    checkReplaced(loader, step, work, reference.name);
    return;
  }
  const folder = path.resolve(root, reference.path);
  if (path.relative(root, folder).startsWith('..')) {
    refusals.add(step.position, `\`uses: ${work.uses}\` leaves the repository`);
    return;
  }
  const action = await readAction(folder, path.relative(root, folder) || '.', step.position, refusals);
  if (
    action?.runs.kind === 'javascript' &&
    action.runs.pre !== undefined &&
    nested &&
    reference.kind === 'own'
  ) {
    refusals.add(
      step.position,
      '`pre` of an action within a composite action is not supported by the local runner',
    );
  }
  if (action?.runs.kind === 'composite' && !loader.actions.has(folder)) {
    loader.actions.add(folder);
    await checkSteps(loader, action.runs.steps, true);
  }
}

function checkReplaced(loader: Loader, step: StepModel, work: ActionStep, name: string): void {
  const replaced = replacedActions[name];
  for (const { key, keyToken, value } of entries(work.with)) {
    const position = { file: step.position.file, line: keyToken.range?.start.line ?? step.position.line };
    if (!replaced || !(replaced.inputs.includes(key) || replaced.ignored.includes(key))) {
      loader.refusals.add(position, `the input \`${key}\` of ${name} is not supported by the local runner`);
      continue;
    }
    const literal = textOf(value);
    const reason = literal === undefined ? undefined : replaced.refuse?.(key, literal);
    if (reason) {
      loader.refusals.add(position, `\`${key}: ${literal}\` of ${name}: ${reason}`);
    }
  }
}
