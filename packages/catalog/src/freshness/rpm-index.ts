import type { Ports } from '@golden-image/host';
import type { Candidate } from './candidate.ts';
import type { InstalledPackage } from './installed.ts';
import type { RpmSource } from './package-source.ts';
import { type Advisory, type Repodata, readRepodata } from './repodata.ts';
import { compareRpmVersions } from './rpm-version.ts';

/** What RPM calls an architecture. */
const ARCHITECTURES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

export interface RpmUpdates {
  readonly candidates: ReadonlyMap<string, Candidate>;
  /** CVE numbers by package. */
  readonly vulnerabilities: ReadonlyMap<string, readonly string[]>;
}

/** The newest version of each installed package in RPM repositories, and what their advisories say that it fixes. */
export async function rpmUpdates(
  sources: readonly RpmSource[],
  architecture: string,
  installed: readonly InstalledPackage[],
  ports: Pick<Ports, 'fetch' | 'clock' | 'signal' | 'log'>,
): Promise<RpmUpdates> {
  const candidates = new Map<string, Candidate>();
  const vulnerabilities = new Map<string, readonly string[]>();
  const wanted = new Map(installed.map(({ name, version }) => [name, version]));
  const fits = [ARCHITECTURES[architecture] ?? architecture, 'noarch'];
  const advisories: Advisory[] = [];
  for (const source of sources) {
    const data: Repodata = await readRepodata(source, ports);
    ports.log.debug(
      `${source.uri}: ${data.packages.length} packages, ${data.advisories.length} security advisories`,
    );
    advisories.push(...data.advisories);
    for (const { name, version, architecture: built } of data.packages) {
      const known = candidates.get(name);
      if (
        wanted.has(name) &&
        fits.includes(built) &&
        (!known || compareRpmVersions(version, known.version) > 0)
      ) {
        candidates.set(name, { version, suite: source.uri, security: false });
      }
    }
  }
  for (const { packages, vulnerabilities: fixed } of advisories) {
    for (const { name, version } of packages) {
      const has = wanted.get(name);
      const candidate = candidates.get(name);
      // An advisory counts when it is of a later version than the installed one and what it fixes can be had.
      if (
        has !== undefined &&
        candidate &&
        compareRpmVersions(version, has) > 0 &&
        compareRpmVersions(version, candidate.version) <= 0
      ) {
        candidates.set(name, { ...candidate, security: true });
        vulnerabilities.set(name, [...new Set([...(vulnerabilities.get(name) ?? []), ...fixed])].sort());
      }
    }
  }
  return { candidates, vulnerabilities };
}
