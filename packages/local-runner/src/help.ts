import { USAGE } from './cli.ts';
import { readRepository } from './github-context.ts';
import { loadWorkflows } from './load.ts';
import { Refusals } from './refusal.ts';
import type { Machine } from './run.ts';
import { locateWorkflow } from './source.ts';
import type { InputModel } from './workflow-model.ts';

/** The usage, and the inputs of the workflow when one is named. */
export async function showHelp(
  workflow: string | undefined,
  machine: Pick<Machine, 'cwd' | 'exec'>,
): Promise<string> {
  if (workflow === undefined) {
    return USAGE;
  }
  const { root, file } = await locateWorkflow(workflow, machine.cwd, machine.exec);
  const { repository } = await readRepository(root, machine.exec);
  const { main } = await loadWorkflows(root, repository, file, new Refusals());
  const inputs = main?.dispatch ?? main?.call?.inputs ?? [];
  const lines = inputs.map((input) => `  ${input.name}\n      ${describe(input)}`);
  return inputs.length === 0 ? USAGE : `${USAGE}\nInputs of ${file}:\n\n${lines.join('\n')}\n`;
}

function describe(input: InputModel): string {
  const facts = [
    input.type === 'string' ? '' : input.type,
    input.options.length > 0 ? `one of ${input.options.join(', ')}` : '',
    input.required ? 'required' : '',
    input.default ? `default ${String(input.default)}` : '',
  ].filter((fact) => fact !== '');
  return `${input.description}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`.trim();
}
