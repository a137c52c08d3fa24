import type { Stanza } from './deb822.ts';

/** A package with its control fields. */
interface Described {
  readonly name: string;
  readonly stanza: Stanza;
}

/** The names in a relation field, `a (>= 1), b | c`; of alternatives all. Source: Debian policy 7.1. */
export function relations(field: string | undefined): readonly string[] {
  return (field ?? '')
    .split(/[,|]/)
    .map((part) => /^\s*([a-z0-9][a-z0-9+.-]+)/.exec(part)?.[1])
    .filter((name): name is string => name !== undefined);
}

/** What each package depends on, by the names of those that are there: provided names are resolved. */
export function dependencies(packages: readonly Described[]): ReadonlyMap<string, readonly string[]> {
  const names = new Set(packages.map(({ name }) => name));
  const provided = new Map<string, string>();
  for (const { name, stanza } of packages) {
    for (const virtual of relations(stanza.get('provides'))) {
      provided.set(virtual, name);
    }
  }
  return new Map(
    packages.map(({ name, stanza }) => {
      const wanted = [...relations(stanza.get('pre-depends')), ...relations(stanza.get('depends'))];
      const found = wanted
        .map((one) => (names.has(one) ? one : provided.get(one)))
        .filter((one): one is string => one !== undefined && one !== name);
      return [name, [...new Set(found)].sort()];
    }),
  );
}

/** The named packages and all that they depend on, in the order given. */
export function withDependencies<T extends Described>(
  packages: readonly T[],
  names: readonly string[],
): readonly T[] {
  const edges = dependencies(packages);
  const reached = new Set<string>();
  const pending = [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (!reached.has(name)) {
      reached.add(name);
      pending.push(...(edges.get(name) ?? []));
    }
  }
  return packages.filter(({ name }) => reached.has(name));
}
