import { z } from 'zod';

/** One input of an action: what `action.yml`, the README, parsing and validation need to know of it. */
export interface InputDeclaration<T = unknown> {
  readonly description: string;
  readonly required: boolean;
  /** As written in `action.yml`; undefined when there is none. */
  readonly default: string | undefined;
  /** A secret is masked before anything else happens. */
  readonly secret: boolean;
  /** What a value looks like, for messages: `a whole number`. */
  readonly form: string;
  /** From the trimmed text (never empty) to the value. */
  readonly schema: z.ZodType<T, string>;
}

interface Common {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

/** What an absent optional input without a default parses to depends on these three forms. */
export type Required<T> = InputDeclaration<T> & { readonly absent: 'error' };
export type Optional<T> = InputDeclaration<T> & { readonly absent: 'undefined' };

type Declared<T, C extends Common> = C extends { required: true } | { default: string }
  ? Required<T>
  : Optional<T>;

function declare<T, C extends Common>(
  options: C,
  form: string,
  schema: z.ZodType<T, string>,
  secretInput = false,
): Declared<T, C> {
  const given = options.required === true || options.default !== undefined;
  return {
    description: options.description,
    required: options.required ?? false,
    default: options.default,
    secret: secretInput,
    form,
    schema,
    absent: given ? 'error' : 'undefined',
  } as unknown as Declared<T, C>;
}

/** Any text without NUL bytes. */
export function text<const C extends Common & { readonly pattern?: RegExp; readonly form?: string }>(
  options: C,
) {
  const { pattern, form = 'text' } = options;
  const schema = z.string().refine((value) => !value.includes('\0') && (pattern?.test(value) ?? true));
  return declare<string, C>(options, form, schema);
}

/** A text that is masked in the log. */
export function secret<const C extends Common>(options: C) {
  return declare<string, C>(options, 'a secret', z.string(), true);
}

/** YAML 1.2 core booleans, as `core.getBooleanInput` takes them. */
export function flag<const C extends Common>(options: C) {
  const schema = z
    .enum(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'])
    .transform((value) => value.toLowerCase() === 'true');
  return declare<boolean, C>(options, '`true` or `false`', schema);
}

export function integer<const C extends Common & { readonly min?: number; readonly max?: number }>(
  options: C,
) {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
  const schema = z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);
  const range = options.max === undefined ? `from ${min}` : `${min} to ${max}`;
  return declare<number, C>(options, `a whole number, ${range}`, schema);
}

/** A time span such as `90`, `90s`, `5m` or `1h`, in seconds. */
export function seconds<const C extends Common>(options: C) {
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
  const schema = z
    .string()
    .regex(/^\d{1,7}[smh]?$/)
    .transform((value) => Number.parseInt(value, 10) * (units[value.at(-1) ?? 's'] ?? 1));
  return declare<number, C>(options, 'a time span such as `90s`, `5m` or `1h`', schema);
}

export function choice<const V extends readonly string[], const C extends Common>(values: V, options: C) {
  return declare<V[number], C>(
    options,
    `one of ${values.map((value) => `\`${value}\``).join(', ')}`,
    z.enum(values),
  );
}

/** Entries separated by line breaks or commas; `#` starts a comment line. */
export function list<const C extends Common & { readonly of?: readonly string[] }>(options: C) {
  const { of } = options;
  const schema = z
    .string()
    .transform((value) =>
      value
        .split(/[\n,]/)
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '' && !entry.startsWith('#')),
    )
    .refine((entries) => of === undefined || entries.every((entry) => of.includes(entry)));
  const form = of
    ? `a list of ${of.map((value) => `\`${value}\``).join(', ')}`
    : 'a list, one entry a line or separated by commas';
  return declare<readonly string[], C>(options, form, schema);
}
