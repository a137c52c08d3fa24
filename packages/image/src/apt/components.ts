import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ResolvedPackage } from '../family/family.ts';
import type { Component } from '../sbom/component.ts';
import { licenceExpression, readCopyright } from '../sbom/licences.ts';
import { debPurl } from '../sbom/purl.ts';
import { parseDeb822, type Stanza, sourceOf } from './deb822.ts';
import { dependencies } from './relations.ts';

/**
 * What is installed in a tree, from its package database.
 *
 * @throws Error when `known` should be complete and differs from the database: then the tree is not what was asked for
 */
export async function installedComponents(
  tree: string,
  known: readonly ResolvedPackage[],
  complete: boolean,
  distribution: { readonly distribution: string; readonly release: string },
): Promise<readonly Component[]> {
  const status = parseDeb822(await readFile(path.join(tree, 'var/lib/dpkg/status'), 'utf8')).filter(
    (stanza) => stanza.get('status') === 'install ok installed',
  );
  const digests = new Map(known.map((entry) => [`${entry.name} ${entry.version}`, entry]));
  if (complete) {
    checkAll(status, known, digests);
  }
  const edges = dependencies(status.map((stanza) => ({ name: stanza.get('package') ?? '', stanza })));
  const components = await Promise.all(
    status.map(async (stanza): Promise<Component> => {
      const name = stanza.get('package') ?? '';
      const version = stanza.get('version') ?? '';
      const architecture = stanza.get('architecture') ?? '';
      const source = sourceOf(stanza);
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
        sha256: digests.get(`${name} ${version}`)?.sha256,
        dependsOn: edges.get(name) ?? [],
      };
    }),
  );
  return components.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function checkAll(
  status: readonly Stanza[],
  resolved: readonly ResolvedPackage[],
  digests: ReadonlyMap<string, ResolvedPackage>,
): void {
  const names = new Set(status.map((stanza) => stanza.get('package')));
  const strangers = status.filter(
    (stanza) => !digests.has(`${stanza.get('package')} ${stanza.get('version')}`),
  );
  if (strangers.length > 0 || status.length !== resolved.length) {
    const missing = resolved.filter((entry) => !names.has(entry.name)).map((entry) => entry.name);
    throw new Error(
      `the tree is not what was resolved: unexpected ${strangers.map((s) => s.get('package')).join(' ')}; missing ${missing.join(' ')}`,
    );
  }
}

function maintainer(field: string): Component['supplier'] {
  const match = /^\s*"?([^<"]*?)"?\s*<([^<>\s]+)>/.exec(field);
  return match ? { name: match[1] ?? '', email: match[2] } : { name: field.trim(), email: undefined };
}
