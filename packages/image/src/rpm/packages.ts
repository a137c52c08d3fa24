import { UserError } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';
import { rpmPurl } from '../sbom/purl.ts';
import type { RpmPackage } from './package-manager.ts';

/** A package as an index of a repository (`primary.xml`) describes it. */
export interface IndexedPackage {
  readonly name: string;
  readonly epoch: number;
  readonly version: string;
  readonly release: string;
  readonly architecture: string;
  readonly repository: string;
  readonly location: string;
  readonly size: number;
  readonly built: number;
  readonly digest: { readonly algorithm: string; readonly hex: string };
}

/** `1:7.76-3.el9`; the epoch 0 is not written. */
export function fullVersion(entry: {
  readonly epoch: number;
  readonly version: string;
  readonly release: string;
}): string {
  return `${entry.epoch === 0 ? '' : `${entry.epoch}:`}${entry.version}-${entry.release}`;
}

/**
 * Checks what an index says of a package before it becomes a path or an address.
 *
 * @throws UserError `repository-unusable` naming the package and the repository
 */
export function rpmPackage(
  entry: IndexedPackage,
  { distribution, release }: Pick<Definition, 'distribution' | 'release'>,
): RpmPackage {
  const { name, architecture, location, repository, digest, size, built } = entry;
  const plain = /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[A-Za-z0-9._+~^:@%/-]+\.rpm$/;
  const problem = !/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name)
    ? 'a name that is none'
    : !plain.test(location)
      ? `an unusable path ${JSON.stringify(location)}`
      : digest.algorithm !== 'sha256' || !/^[0-9a-f]{64}$/.test(digest.hex)
        ? `no SHA-256 (${digest.algorithm})`
        : undefined;
  if (problem !== undefined) {
    throw new UserError(
      `The package ${JSON.stringify(name)} of the repository ${repository} has ${problem} in its index`,
      {
        code: 'repository-unusable',
        fix: 'Take another mirror or medium, or tell who makes the repository.',
      },
    );
  }
  const version = fullVersion(entry);
  return {
    name,
    version,
    architecture,
    sha256: digest.hex,
    size,
    purl: rpmPurl({ ...entry, distribution, release, packageRelease: entry.release }),
    repository,
    location,
    // The same file name may lie in two repositories.
    file: `${digest.hex.slice(0, 16)}-${location.slice(location.lastIndexOf('/') + 1).replaceAll('%', '_')}`,
    built,
  };
}

export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
