import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDeb822, sourceOf } from '../source/deb822.ts';
import type { ResolvedPackage } from '../source/packages.ts';
import { licenceExpression, readCopyright } from './licences.ts';
import { debPurl } from './purl.ts';

/** One installed package, as both SBOM formats show it. */
export interface Component {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly purl: string;
  readonly source: { readonly name: string; readonly version: string; readonly purl: string };
  readonly supplier: { readonly name: string; readonly email: string | undefined };
  readonly homepage: string | undefined;
  readonly description: string;
  /** SPDX expression or `NOASSERTION`. */
  readonly licence: string;
  /** SHA-256 of the .deb file. */
  readonly sha256: string;
  /** Names of installed packages that it depends on. */
  readonly dependsOn: readonly string[];
}

/**
 * What is installed in a tree, from its package database.
 *
 * @throws Error when the database and the resolved packages differ: then the tree is not what was asked for
 */
export async function installedComponents(
  tree: string,
  resolved: readonly ResolvedPackage[],
  distribution: { readonly distribution: string; readonly release: string },
): Promise<readonly Component[]> {
  const status = parseDeb822(await readFile(path.join(tree, 'var/lib/dpkg/status'), 'utf8')).filter(
    (stanza) => stanza.get('status') === 'install ok installed',
  );
  const digests = new Map(resolved.map((entry) => [`${entry.name} ${entry.version}`, entry]));
  const names = new Set(status.map((stanza) => stanza.get('package') ?? ''));
  const strangers = status.filter(
    (stanza) => !digests.has(`${stanza.get('package')} ${stanza.get('version')}`),
  );
  if (strangers.length > 0 || status.length !== resolved.length) {
    const missing = resolved.filter((entry) => !names.has(entry.name)).map((entry) => entry.name);
    throw new Error(
      `the tree is not what was resolved: unexpected ${strangers.map((s) => s.get('package')).join(' ')}; missing ${missing.join(' ')}`,
    );
  }
  const provided = new Map<string, string>();
  for (const stanza of status) {
    for (const name of relations(stanza.get('provides'))) {
      provided.set(name, stanza.get('package') ?? '');
    }
  }
  const components = await Promise.all(
    status.map(async (stanza): Promise<Component> => {
      const name = stanza.get('package') ?? '';
      const version = stanza.get('version') ?? '';
      const architecture = stanza.get('architecture') ?? '';
      const source = sourceOf(stanza);
      const depends = [...relations(stanza.get('pre-depends')), ...relations(stanza.get('depends'))]
        .map((wanted) => (names.has(wanted) ? wanted : provided.get(wanted)))
        .filter((found): found is string => found !== undefined && found !== name);
      return {
        name,
        version,
        architecture,
        purl: debPurl({ ...distribution, name, version, architecture }),
        source: { ...source, purl: debPurl({ ...distribution, ...source, architecture: 'source' }) },
        supplier: maintainer(stanza.get('maintainer') ?? ''),
        homepage: /^https?:\/\/\S+$/.exec(stanza.get('homepage') ?? '')?.[0],
        description: (stanza.get('description') ?? '').split('\n')[0] ?? '',
        licence: licenceExpression((await readCopyright(tree, name)) ?? ''),
        sha256: digests.get(`${name} ${version}`)?.sha256 ?? '',
        dependsOn: [...new Set(depends)].sort(),
      };
    }),
  );
  return components.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The names in a relation field; of alternatives all. */
function relations(field: string | undefined): readonly string[] {
  return (field ?? '')
    .split(/[,|]/)
    .map((part) => /^\s*([a-z0-9][a-z0-9+.-]+)/.exec(part)?.[1])
    .filter((name): name is string => name !== undefined);
}

function maintainer(field: string): Component['supplier'] {
  const match = /^\s*"?([^<"]*?)"?\s*<([^<>\s]+)>/.exec(field);
  return match ? { name: match[1] ?? '', email: match[2] } : { name: field.trim(), email: undefined };
}
