import { wholeSeconds } from '../state/plan.ts';
import type { Freshness, PackageUpdate, VersionRecord } from '../state/record.ts';
import type { Candidate } from './candidate.ts';
import { compareDebVersions } from './deb-version.ts';
import type { InstalledPackage } from './installed.ts';
import { compareRpmVersions } from './rpm-version.ts';

/** What is known about an image when it is judged; undefined stands for what could not be found out. */
export interface FreshnessFacts {
  readonly record: VersionRecord;
  readonly now: Date;
  readonly installed: readonly InstalledPackage[] | undefined;
  /** Undefined with the reason why the indices could not be read. */
  readonly candidates: ReadonlyMap<string, Candidate> | { readonly unknown: string };
  /** CVE numbers by package, for security updates. */
  readonly vulnerabilities: ReadonlyMap<string, readonly string[]>;
  /** In days; undefined: age does not matter. */
  readonly maxAge: number | undefined;
  /** ISO date, and where it comes from; undefined when nobody knows. */
  readonly endOfLife: { readonly date: string; readonly source: string } | undefined;
  /** SHA-256 of the medium that the image was built from, and of the one that the vendor has now. */
  readonly medium: { readonly built: string | undefined; readonly current: string | undefined };
}

/** An entry of the log holds this many updates; more are counted. */
const MAX_UPDATES = 120;
const DAY = 86_400_000;

/**
 * Whether an image must be built again, and why. Only what changes the content counts: updates, age, a changed medium.
 * A release at its end of life is told, and not rebuilt: a new build would be as old. What could not be found out is
 * `unknown`, which is never taken for "no".
 */
export function assessFreshness(facts: FreshnessFacts): Freshness {
  const updates = availableUpdates(facts);
  const security = updates.filter((update) => update.security);
  const other = updates.length - security.length;
  const vulnerabilities = new Set(security.flatMap((update) => update.vulnerabilities));
  const needed = [
    security.length > 0
      ? `${count(security.length, 'package')} with security updates${vulnerabilities.size > 0 ? `, which fix ${count(vulnerabilities.size, 'vulnerability', 'vulnerabilities')}` : ''}`
      : '',
    other > 0 ? `${count(other, 'package')} with other updates` : '',
    tooOld(facts),
    mediumChanged(facts),
  ].filter((reason) => reason !== '');
  const unknown = unknowns(facts);
  return {
    checkedAt: wholeSeconds(facts.now),
    rebuildNeeded: needed.length > 0 ? 'yes' : unknown.length > 0 ? 'unknown' : 'no',
    reasons: [...needed, ...endOfLifeReason(facts), ...unknown],
    securityUpdates: security.length,
    otherUpdates: other,
    updates: [...security, ...updates.filter((update) => !update.security)].slice(0, MAX_UPDATES),
  };
}

function availableUpdates({
  installed,
  candidates,
  vulnerabilities,
}: FreshnessFacts): readonly PackageUpdate[] {
  if (!installed || 'unknown' in candidates) {
    return [];
  }
  return installed.flatMap(({ name, version, kind }) => {
    const compare = kind === 'rpm' ? compareRpmVersions : compareDebVersions;
    const candidate = candidates.get(name);
    return candidate && compare(candidate.version, version) > 0
      ? [
          {
            package: name,
            installed: version,
            fixed: candidate.version,
            suite: candidate.suite,
            security: candidate.security,
            vulnerabilities: [...(vulnerabilities.get(name) ?? [])].slice(0, 100),
          },
        ]
      : [];
  });
}

function tooOld({ record, now, maxAge }: FreshnessFacts): string {
  const since = record.publishedAt ?? record.stateSince;
  const age = Math.floor((now.getTime() - Date.parse(since)) / DAY);
  return maxAge !== undefined && age > maxAge ? `it is ${age} days old, ${maxAge} are allowed` : '';
}

function mediumChanged({ medium }: FreshnessFacts): string {
  return medium.built && medium.current && medium.built !== medium.current
    ? `the vendor has another medium: sha256:${medium.current}, it was built from sha256:${medium.built}`
    : '';
}

function endOfLifeReason({ endOfLife, now }: FreshnessFacts): readonly string[] {
  return endOfLife && Date.parse(endOfLife.date) <= now.getTime()
    ? [
        `its release is past its end of life (${endOfLife.date}, ${endOfLife.source}): publish a successor of a newer release`,
      ]
    : [];
}

/** An end of life that nobody knows is none of them: it would not make a rebuild due. */
function unknowns({ installed, candidates, medium }: FreshnessFacts): readonly string[] {
  return [
    installed ? '' : 'the packages of the image are not known: it has no SBOM in SPDX form',
    'unknown' in candidates ? `the updates are not known: ${candidates.unknown}` : '',
    medium.current && !medium.built ? 'the medium that it was built from is not known' : '',
  ].filter((reason) => reason !== '');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
