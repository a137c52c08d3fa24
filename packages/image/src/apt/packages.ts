import { UserError } from '@golden-image/host';
import type { ResolvedPackage } from '../family/family.ts';
import { debPurl } from '../sbom/purl.ts';
import { type Stanza, sourceOf, stanzasOf } from './deb822.ts';

/** A package that apt chose, as its index describes it. */
export interface DebPackage extends ResolvedPackage {
  readonly source: { readonly name: string; readonly version: string };
  /** As the index names it: a path below the repository. */
  readonly filename: string;
  /** Where apt takes it from. */
  readonly uri: string;
  /** File name of its own in a flat repository. */
  readonly file: string;
  readonly stanza: Stanza;
}

/**
 * Matches the output of `apt-get install --print-uris` with the indexes apt used.
 *
 * @throws Error for a package that no index describes with a SHA-256
 */
export function matchPackages(
  printed: string,
  indexes: readonly string[],
  distribution: { readonly distribution: string; readonly release: string },
): readonly DebPackage[] {
  // The same version may lie in two repositories, at different paths: the medium's and the security one's.
  const known = new Map<string, Stanza[]>();
  const names = new Set([...printed.matchAll(/^'[^']+' ([^_\s]+)_/gm)].map(([, name = '']) => name));
  for (const stanza of indexes.flatMap((index) => stanzasOf(index, names))) {
    const key = identity(stanza.get('package'), stanza.get('version'), stanza.get('architecture'));
    known.set(key, [...(known.get(key) ?? []), stanza]);
  }
  return printed
    .split('\n')
    .filter((line) => line.startsWith("'"))
    .map((line) => {
      const match = /^'([^']+)' (\S+)_(\S+)_(\S+)\.deb (\d+)/.exec(line);
      const [, uri = '', name = '', version = '', architecture = ''] = match ?? [];
      const address = decoded(uri, name, uri);
      const candidates = known.get(identity(name, decoded(version, name, uri), architecture)) ?? [];
      const stanza = candidates.find((one) => isAt([uri, address], one.get('filename')));
      const sha256 = stanza?.get('sha256') ?? '';
      if (!stanza || !/^[0-9a-f]{64}$/.test(sha256)) {
        throw new Error(`no index describes what apt chose: ${line}`);
      }
      const fullVersion = stanza.get('version') ?? '';
      return {
        name,
        version: fullVersion,
        architecture,
        source: sourceOf(stanza),
        sha256,
        purl: debPurl({ ...distribution, name, version: fullVersion, architecture }),
        size: Number(stanza.get('size')),
        filename: stanza.get('filename') ?? '',
        uri,
        file: `${name}_${version}_${architecture}.deb`,
        stanza,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Whether an address that apt prints ends in an index's path; apt escapes some of its characters, `%` too. */
function isAt(addresses: readonly string[], filename: string | undefined): boolean {
  return filename !== undefined && addresses.some((address) => address.endsWith(`/${filename}`));
}

/**
 * Percent-decodes what apt printed, which comes from the repository's index.
 *
 * @throws UserError `repository-unusable` naming the package and the repository
 */
function decoded(text: string, name: string, uri: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    const repository = /^(.*?)\/pool\//.exec(uri)?.[1] ?? uri;
    throw new UserError(
      `The package ${name} of the repository ${repository} has a path with a broken % escape in its index: ${JSON.stringify(uri)}`,
      { code: 'repository-unusable', fix: 'Take another mirror, or tell who makes the repository.', cause },
    );
  }
}

function identity(name?: string, version?: string, architecture?: string): string {
  return `${name} ${version} ${architecture}`;
}

/** When the newest of these packages was made, in seconds; from the time stamp inside each .deb (ar(5)). */
export function newestMember(heads: readonly Uint8Array[]): number {
  const times = heads.map((head) => {
    const text = Buffer.from(head).toString('latin1');
    return text.startsWith('!<arch>\ndebian-binary') ? Number(text.slice(24, 36).trim()) : Number.NaN;
  });
  const newest = Math.max(...times);
  if (!Number.isSafeInteger(newest) || newest <= 0) {
    throw new Error('a package is not a Debian archive with a time stamp');
  }
  return newest;
}
