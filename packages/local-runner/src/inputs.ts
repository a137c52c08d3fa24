import { UserError } from '@golden-image/host';
import { evaluateToken, type Scope } from './expressions.ts';
import { asText, type Json } from './json.ts';
import type { InputModel } from './workflow-model.ts';

/**
 * The values of a workflow's inputs: given ones checked against their declaration, the others' defaults.
 *
 * @param given texts of `--input` or values of a caller's `with`
 * @param scope what defaults may refer to
 * @throws UserError `input-invalid`, naming every fault
 */
export function resolveInputs(
  declared: readonly InputModel[],
  given: Readonly<Record<string, Json>>,
  scope: Scope,
): Record<string, Json> {
  const faults: string[] = [];
  const names = new Map(declared.map((input) => [input.name.toLowerCase(), input]));
  for (const name of Object.keys(given)) {
    if (!names.has(name.toLowerCase())) {
      const known = declared.map((input) => input.name).join(', ');
      faults.push(
        `There is no input ${JSON.stringify(name)}; ${known ? `there are ${known}` : 'there are none'}.`,
      );
    }
  }
  const values: Record<string, Json> = {};
  for (const input of declared) {
    const key = Object.keys(given).find((name) => name.toLowerCase() === input.name.toLowerCase());
    const value = key === undefined ? undefined : (given[key] ?? null);
    if (value === undefined || (value === '' && input.default === undefined)) {
      if (input.required && input.default === undefined) {
        faults.push(
          `The input ${input.name} is required${input.description ? ` (${input.description})` : ''}.`,
        );
      }
      values[input.name] = defaultOf(input, scope);
      continue;
    }
    const typed = typedValue(input, value);
    if (typed.fault) {
      faults.push(typed.fault);
    } else {
      values[input.name] = typed.value;
    }
  }
  if (faults.length > 0) {
    throw new UserError(faults.join('\n'), {
      code: 'input-invalid',
      fix: 'Give inputs as --input name=value.',
    });
  }
  return values;
}

function defaultOf(input: InputModel, scope: Scope): Json {
  if (input.default) {
    const value = evaluateToken(input.default, scope);
    return input.type === 'boolean' || input.type === 'number'
      ? typedValue(input, value).value
      : asText(value);
  }
  const empty: Readonly<Record<InputModel['type'], Json>> = {
    string: '',
    boolean: false,
    number: 0,
    choice: input.options[0] ?? '',
    environment: '',
  };
  return empty[input.type];
}

function typedValue(input: InputModel, value: Json): { readonly value: Json; readonly fault?: string } {
  const text = asText(value);
  const shown = JSON.stringify(text);
  switch (input.type) {
    case 'boolean':
      return text === 'true' || text === 'false'
        ? { value: text === 'true' }
        : { value: false, fault: `The input ${input.name} is true or false, not ${shown}.` };
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text))
        ? { value: Number(text) }
        : { value: 0, fault: `The input ${input.name} is a number, not ${shown}.` };
    case 'choice':
      return input.options.includes(text)
        ? { value: text }
        : {
            value: '',
            fault: `The input ${input.name} is one of ${input.options.join(', ')}, not ${shown}.`,
          };
    default:
      return { value: text };
  }
}
