import type { ResolvedPackage } from '../family/family.ts';
import type { Component } from '../sbom/component.ts';
import { rpmPurl } from '../sbom/purl.ts';
import { rpmLicence } from '../sbom/rpm-licences.ts';
import type { InstalledPackage } from './database.ts';
import { byName, fullVersion } from './packages.ts';

/**
 * What is installed, as the SBOM shows it.
 *
 * @throws Error when `known` should be complete and differs from the database: then the tree is not what was asked for
 */
export function rpmComponents(
  installed: readonly InstalledPackage[],
  known: readonly ResolvedPackage[],
  complete: boolean,
  distribution: { readonly distribution: string; readonly release: string },
): readonly Component[] {
  // Imported keys are no packages; kernels may be there in several versions.
  const packages = installed.filter(({ name }) => name !== 'gpg-pubkey');
  const digests = new Map(known.map((entry) => [identity(entry), entry.sha256]));
  if (complete) {
    checkAll(packages, known, digests);
  }
  const providers = providersOf(packages);
  return packages
    .map((entry): Component => {
      const { name, epoch, architecture } = entry;
      const version = fullVersion(entry);
      const purl = (part: typeof entry) =>
        rpmPurl({
          ...part,
          distribution: distribution.distribution,
          release: distribution.release,
          packageRelease: part.release,
        });
      const source = sourceOf(entry);
      return {
        name,
        version,
        architecture,
        purl: purl(entry),
        source: {
          name: source.name,
          version: fullVersion({ epoch, ...source }),
          purl: purl({ ...entry, ...source, architecture: 'src' }),
        },
        supplier: supplierOf(entry),
        homepage: /^https?:\/\/\S+$/.exec(entry.url)?.[0],
        description: entry.summary.split('\n')[0] ?? '',
        licence: rpmLicence(entry.licence),
        sha256: digests.get(identity({ name, version, architecture })),
        dependsOn: [
          ...new Set(
            entry.requires.flatMap((wanted) => {
              const provider = providers.get(wanted);
              return provider === undefined || provider === name ? [] : [provider];
            }),
          ),
        ].sort(),
      };
    })
    .sort(byName);
}

function identity(entry: {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}): string {
  return `${entry.name} ${entry.version} ${entry.architecture}`;
}

function checkAll(
  installed: readonly InstalledPackage[],
  known: readonly ResolvedPackage[],
  digests: ReadonlyMap<string, string>,
): void {
  const found = new Set(installed.map((entry) => identity({ ...entry, version: fullVersion(entry) })));
  const strangers = [...found].filter((one) => !digests.has(one));
  const missing = known.filter((entry) => !found.has(identity(entry)));
  if (strangers.length > 0 || missing.length > 0) {
    throw new Error(
      `the tree is not what was resolved: unexpected ${strangers.join(', ')}; missing ${missing.map(({ name }) => name).join(' ')}`,
    );
  }
}

/** Who provides what, files included; a package of the name itself comes first. */
function providersOf(packages: readonly InstalledPackage[]): ReadonlyMap<string, string> {
  const providers = new Map<string, string>();
  for (const { name, provides, files } of packages) {
    for (const one of [...provides, ...files]) {
      if (!providers.has(one)) {
        providers.set(one, name);
      }
    }
  }
  for (const { name } of packages) {
    providers.set(name, name);
  }
  return providers;
}

/** `bash-5.1.8-9.el9.src.rpm`; a package without one was made from nothing else. */
function sourceOf({ name, version, release, sourceRpm }: InstalledPackage) {
  const match = /^(.+)-([^-]+)-([^-]+)\.(?:no)?src\.rpm$/.exec(sourceRpm);
  return match
    ? { name: match[1] ?? name, version: match[2] ?? version, release: match[3] ?? release }
    : { name, version, release };
}

/** The vendor, or else who packaged it; an address only where it is one. */
function supplierOf({ vendor, packager }: InstalledPackage): Component['supplier'] {
  const parsed = (text: string) => {
    const match = /^\s*([^<]*?)\s*(?:<([^<>\s]+)>)?\s*$/.exec(text);
    const address = match?.[2];
    return {
      name: match?.[1] ?? text.trim(),
      email: address !== undefined && /^[^@/]+@[^@/]+$/.test(address) ? address : undefined,
    };
  };
  return parsed(vendor !== '' ? vendor : packager);
}
