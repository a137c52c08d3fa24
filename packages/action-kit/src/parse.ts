import { UserError } from '@golden-image/host';
import type { ActionDefinition, InputsOf } from './definition.ts';

/**
 * Reads a definition's inputs from the runner's environment (`INPUT_<NAME>`, spaces to underscores, upper case).
 *
 * @throws UserError `invalid-input` naming every input that is missing or malformed; never shows a secret's value
 */
export function parseInputs<D extends ActionDefinition>(
  definition: D,
  env: Readonly<Record<string, string | undefined>>,
): InputsOf<D> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries(definition.inputs)) {
    const raw = inputText(env, name) || declaration.default || '';
    if (raw === '') {
      if (declaration.required) {
        problems.push(`${name} is required: ${firstSentence(declaration.description)}`);
      }
      values[name] = undefined;
      continue;
    }
    const parsed = declaration.schema.safeParse(raw);
    if (parsed.success) {
      values[name] = parsed.data;
    } else {
      const shown = declaration.secret ? '***' : JSON.stringify(raw.slice(0, 80));
      problems.push(`${name} is ${shown}, expected ${declaration.form}`);
    }
  }
  if (problems.length > 0) {
    throw new UserError(`Invalid input: ${problems.join('; ')}`, {
      code: 'invalid-input',
      fix: `See the inputs in actions/${definition.name}/README.md.`,
    });
  }
  return values as InputsOf<D>;
}

/** The trimmed text of one input; empty when it is not set. */
export function inputText(env: Readonly<Record<string, string | undefined>>, name: string): string {
  return (env[inputName(name)] ?? '').trim();
}

/** The variable in which the runner passes an input. */
export function inputName(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

function firstSentence(description: string): string {
  return description.split(/\.\s/)[0]?.replace(/\.$/, '') ?? description;
}
