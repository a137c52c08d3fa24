import type { GitHubApi } from '../api.ts';

/** One line of a plan, like a diff's. */
export interface Line {
  readonly sign: '+' | '-' | ' ';
  readonly text: string;
}

/** Something to change on GitHub. */
export interface Change {
  /** `ruleset golden-image: branches`, `environment production`. */
  readonly target: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly lines: readonly Line[];
  /** Carries it out; may be repeated. */
  readonly apply: (api: GitHubApi) => Promise<void>;
}

/** A thing as it is, or as it is to be, as `path: value` pairs. */
export type Settings = ReadonlyMap<string, string>;

/** Lists every leaf of a JSON value under its path; lists of objects are told apart by `keyOf`. */
export function settingsOf(value: unknown, path = ''): Settings {
  const settings = new Map<string, string>();
  walk(value, path, settings);
  return settings;
}

function walk(value: unknown, path: string, settings: Map<string, string>): void {
  if (Array.isArray(value)) {
    for (const entry of value) {
      const key = keyOf(entry);
      walk(typeof entry === 'object' ? entry : true, `${path}[${key}]`, settings);
    }
    return;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    if (entries.length === 0) {
      settings.set(path, 'yes');
    }
    for (const [key, entry] of entries) {
      walk(entry, path === '' ? key : `${path}.${key}`, settings);
    }
    return;
  }
  settings.set(path, value === true ? 'yes' : value === false ? 'no' : String(value));
}

/** What tells entries of a list apart: a rule's type, a check's name, an actor. */
function keyOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) {
    return String(entry);
  }
  const { type, context, name, id, actor_type, actor_id } = entry as Record<string, unknown>;
  const actor = actor_type === undefined ? undefined : [actor_type, actor_id ?? ''].join(' ').trim();
  return String(
    actor ?? context ?? ([type, name ?? id].filter((part) => part !== undefined).join(' ') || '?'),
  );
}

/** The difference of two states, sorted by path. */
export function difference(before: Settings, after: Settings): readonly Line[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path): Line[] => {
    const old = before.get(path);
    const wanted = after.get(path);
    if (old === wanted) {
      return [];
    }
    return [
      ...(old === undefined ? [] : [{ sign: '-' as const, text: `${path}: ${old}` }]),
      ...(wanted === undefined ? [] : [{ sign: '+' as const, text: `${path}: ${wanted}` }]),
    ];
  });
}

/** The difference in sentences: what is, and what the policy says. */
export function sentences(lines: readonly Line[]): readonly string[] {
  const parts = lines.map(({ sign, text }) => {
    const [path = '', value = ''] = text.split(/: (.*)/s);
    return { sign, path, value };
  });
  return parts.flatMap(({ sign, path, value }) => {
    const other = parts.find((entry) => entry.path === path && entry.sign !== sign);
    if (other) {
      return sign === '-' ? [`${path} is ${value}, the policy says ${other.value}`] : [];
    }
    return sign === '-' ? [`it has ${path}, the policy does not`] : [`it lacks ${path}`];
  });
}
