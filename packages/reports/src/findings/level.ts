/** Levels that count; `none` does not. */
export type Level = 'error' | 'warning' | 'note';

export const levels: readonly Level[] = ['error', 'warning', 'note'];

/** How many findings there are of each level. */
export type ByLevel = Readonly<Record<Level, number>>;

interface Rule {
  readonly id?: unknown;
  readonly defaultConfiguration?: { readonly level?: unknown; readonly enabled?: unknown };
}
interface Component {
  readonly name?: unknown;
  readonly guid?: unknown;
  readonly rules?: readonly Rule[];
}

/** The parts of a run's `tool` that decide about levels. */
export interface Tool {
  readonly driver?: Component;
  readonly extensions?: readonly Component[];
}

/** Where a result's rule is described (SARIF 2.1.0, 3.27.5 to 3.27.7 and 3.52). */
export interface RuleReference {
  readonly id?: string | undefined;
  readonly index?: number | undefined;
  /** Index of the extension; absent: the driver. */
  readonly component?: number | undefined;
}

/** The level of a result that names none: its rule's default, else `warning` (SARIF 2.1.0, 3.27.10). */
export function defaultLevel(tool: Tool | undefined, reference: RuleReference): Level | 'none' {
  const component =
    reference.component === undefined ? tool?.driver : tool?.extensions?.[reference.component];
  const rules = Array.isArray(component?.rules) ? component.rules : [];
  const rule =
    (reference.index === undefined ? undefined : rules[reference.index]) ?? named(rules, reference.id);
  return asLevel(rule?.defaultConfiguration?.level) ?? 'warning';
}

export function asLevel(value: unknown): Level | 'none' | undefined {
  return value === 'none' ? 'none' : levels.find((level) => level === value);
}

/** `CA1000/1` is a sub-case of the rule `CA1000`. */
function named(rules: readonly Rule[], id: string | undefined): Rule | undefined {
  if (id === undefined) {
    return undefined;
  }
  for (let name = id; ; name = name.slice(0, name.lastIndexOf('/'))) {
    const rule = rules.find((entry) => entry.id === name);
    if (rule || !name.includes('/')) {
      return rule;
    }
  }
}
