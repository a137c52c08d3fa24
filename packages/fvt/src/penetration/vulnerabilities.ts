import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Ports, UserError } from '@golden-image/host';
import { z } from 'zod';
import { compareDebianVersions } from './debian-version.ts';

/** Debian's whole tracker has 70 MB. */
const MAX_BYTES = 512 * 2 ** 20;
/** New advisories come every day: what is older says nothing of today. */
const MAX_AGE_DAYS = 7;
const DAY_MS = 86_400_000;

/** Versions in which faults of a package are fixed, by the package's name. */
export interface VulnerabilityDatabase {
  readonly name: string;
  /** `source`: names and versions are those of source packages. */
  readonly by: 'source' | 'binary';
  /** For a release by its code name: what is fixed in which version. */
  readonly fixes: (
    release: string,
    packageName: string,
  ) => readonly { readonly id: string; readonly version: string }[];
  /** Whether it knows the package at all, in any release. */
  readonly knows: (packageName: string) => boolean;
}

/** A package that is older than the version that fixes a known fault. */
export interface VulnerablePackage {
  readonly name: string;
  readonly installed: string;
  readonly fixedIn: string;
  /** `CVE-…`, or the repository that has the fix. */
  readonly ids: readonly string[];
}

/** How the installed packages came out against a database. */
export interface VulnerabilityReport {
  readonly database: string;
  readonly installed: number;
  /** Installed packages of which the database knows something: without any, it is the wrong one. */
  readonly known: number;
  readonly vulnerable: readonly VulnerablePackage[];
}

/**
 * Reads Debian's security tracker (`tracker/data/json`) or the `Packages` index of a security repository, plain or
 * compressed with gzip.
 *
 * @throws UserError `vulnerabilities-unreadable`, `vulnerabilities-stale`
 */
export async function readVulnerabilities(
  { clock }: Pick<Ports, 'clock'>,
  file: string,
): Promise<VulnerabilityDatabase> {
  const about = await stat(file).catch((cause: unknown) => {
    throw unreadable(file, 'it is not there', cause);
  });
  const days = (clock.now().getTime() - about.mtimeMs) / DAY_MS;
  if (days > MAX_AGE_DAYS) {
    throw new UserError(`The vulnerabilities ${file} are ${Math.floor(days)} days old`, {
      code: 'vulnerabilities-stale',
      fix: `Fetch them anew: what is older than ${MAX_AGE_DAYS} days does not know what was found since.`,
    });
  }
  if (about.size > MAX_BYTES) {
    throw unreadable(file, `it has more than ${MAX_BYTES} bytes`);
  }
  const text = await readText(file);
  const name = path.basename(file);
  return text.trimStart().startsWith('{') ? tracker(name, text, file) : securityIndex(name, text, file);
}

/** Compares what is installed, one `binary package, version, source package, source version` a line, tabs between. */
export function matchVulnerabilities(
  database: VulnerabilityDatabase,
  release: string,
  installedLines: readonly string[],
): VulnerabilityReport {
  const column = database.by === 'source' ? 2 : 0;
  const versions = new Map<string, string>();
  for (const line of installedLines) {
    const fields = line.split('\t');
    const [name = '', version = ''] = fields.slice(column, column + 2);
    const before = versions.get(name);
    // Several binary packages of one source: the oldest tells.
    if (before === undefined || compareDebianVersions(version, before) < 0) {
      versions.set(name, version);
    }
  }
  const vulnerable: VulnerablePackage[] = [];
  for (const [name, installed] of versions) {
    const open = database
      .fixes(release, name)
      .filter(({ version }) => compareDebianVersions(installed, version) < 0);
    if (open.length > 0) {
      const newest = open.reduce((a, b) => (compareDebianVersions(a.version, b.version) < 0 ? b : a));
      const ids = [...new Set(open.map(({ id }) => id))].sort();
      vulnerable.push({ name, installed, fixedIn: newest.version, ids });
    }
  }
  return {
    database: database.name,
    installed: versions.size,
    known: [...versions.keys()].filter((name) => database.knows(name)).length,
    vulnerable: vulnerable.sort((a, b) => a.name.localeCompare(b.name)),
  };
}

const trackerSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      releases: z
        .record(z.string(), z.object({ status: z.string(), fixed_version: z.string().optional() }))
        .default({}),
    }),
  ),
);

/** Only what is fixed counts: `fixed_version` is 0 where a release was never affected. */
function tracker(name: string, text: string, file: string): VulnerabilityDatabase {
  let packages: z.infer<typeof trackerSchema>;
  try {
    packages = trackerSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw unreadable(file, 'it is not the JSON of the Debian security tracker', cause);
  }
  const known = new Map(Object.entries(packages));
  if (known.size === 0) {
    throw unreadable(file, 'it names no package');
  }
  return {
    ...{ name, by: 'source' },
    knows: (packageName) => known.has(packageName),
    fixes: (release, packageName) =>
      Object.entries(known.get(packageName) ?? {}).flatMap(([id, { releases }]) => {
        const state = Object.hasOwn(releases, release) ? releases[release] : undefined;
        const version = state?.status === 'resolved' ? state.fixed_version : undefined;
        return version === undefined || version === '0' ? [] : [{ id, version }];
      }),
  };
}

/** What a security repository offers is a fix; it is for one release. */
function securityIndex(name: string, text: string, file: string): VulnerabilityDatabase {
  const newest = new Map<string, string>();
  for (const stanza of text.split(/\n\n+/)) {
    const packageName = /^Package: *(\S+)$/m.exec(stanza)?.[1];
    const version = /^Version: *(\S+)$/m.exec(stanza)?.[1];
    const before = newest.get(packageName ?? '');
    if (packageName && version && (before === undefined || compareDebianVersions(before, version) < 0)) {
      newest.set(packageName, version);
    }
  }
  if (newest.size === 0) {
    throw unreadable(file, 'it is neither the JSON of a security tracker nor an index of packages');
  }
  return {
    ...{ name, by: 'binary' },
    knows: (packageName) => newest.has(packageName),
    fixes: (_release, packageName) => {
      const version = newest.get(packageName);
      return version === undefined ? [] : [{ id: `in ${name}`, version }];
    },
  };
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    const plain = zipped ? await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
    return plain.toString('utf8');
  } catch (cause) {
    throw unreadable(file, 'it cannot be expanded', cause);
  }
}

function unreadable(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`The vulnerabilities ${file} cannot be used: ${why}`, {
    code: 'vulnerabilities-unreadable',
    fix: 'Give the JSON of the Debian security tracker, or the Packages index of a security repository.',
    ...(cause === undefined ? {} : { cause }),
  });
}
