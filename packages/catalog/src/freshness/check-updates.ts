import { readFile } from 'node:fs/promises';
import { statementSchema } from '@golden-image/evidence';
import { describeError, type Ports } from '@golden-image/host';
import { endOfLife } from '@golden-image/media';
import { type Catalog, sortedVersions } from '../state/catalog.ts';
import { effectiveStates } from '../state/effective.ts';
import type { Freshness, VersionRecord } from '../state/record.ts';
import type { Snapshot } from '../store/store.ts';
import { imageFolder } from '../streams/streams.ts';
import { APT_TOOLS, type PackageIndex, withAptIndex } from './apt-index.ts';
import { assessFreshness } from './assess.ts';
import type { Candidate } from './candidate.ts';
import { compareDebVersions } from './deb-version.ts';
import { type InstalledPackage, packagesOfSpdx } from './installed.ts';
import type { PackageSource } from './package-source.ts';
import { rpmUpdates } from './rpm-index.ts';

export interface CheckUpdatesRequest {
  /** Only this image, or all. */
  readonly image: string | undefined;
  /** Where the updates are; empty: the repositories that the image was built with. */
  readonly sources: readonly PackageSource[];
  /** Which end of maintenance counts. */
  readonly support: 'standard' | 'lts';
  /** In days. */
  readonly maxAge: number | undefined;
  /** SHA-256 of the vendor's current medium. */
  readonly medium: string | undefined;
}

export interface CheckedVersion {
  readonly record: VersionRecord;
  readonly freshness: Freshness;
}

/** Change logs are fetched for this many packages of an image at most. */
const MAX_CHANGELOGS = 60;

/** Judges the newest available version of each image (others are replaced by it already). */
export async function checkUpdates(
  catalog: Catalog,
  snapshot: Snapshot,
  request: CheckUpdatesRequest,
  ports: Pick<Ports, 'exec' | 'clock' | 'fetch' | 'log' | 'tools' | 'signal'>,
): Promise<readonly CheckedVersion[]> {
  const { states } = effectiveStates(catalog, ports.clock.now());
  const available = sortedVersions(catalog).filter(
    (record) =>
      states.get(`${record.image}/${record.version}`) === 'available' &&
      (request.image === undefined || record.image === request.image),
  );
  const newest = [...Map.groupBy(available, ({ image }) => image).values()].flatMap((records) =>
    records.slice(-1),
  );
  const checked: CheckedVersion[] = [];
  for (const record of newest) {
    ports.log.info(`Checking ${record.image} ${record.version} for updates`);
    checked.push({ record, freshness: await checkVersion(record, snapshot, request, ports) });
  }
  return checked;
}

async function checkVersion(
  record: VersionRecord,
  snapshot: Snapshot,
  request: CheckUpdatesRequest,
  ports: Pick<Ports, 'exec' | 'clock' | 'fetch' | 'log' | 'tools' | 'signal'>,
): Promise<Freshness> {
  const read = async (name: string): Promise<string | undefined> =>
    (await snapshot.read(`${imageFolder(record)}/${name}`))?.toString('utf8');
  const installed = packagesOfSpdx((await read('sbom.spdx.json')) ?? '');
  const sources = request.sources.length > 0 ? request.sources : await ownSources(record, read);
  const { candidates, vulnerabilities } = await updatesOf(record, installed, sources, ports);
  return assessFreshness({
    record,
    now: ports.clock.now(),
    installed,
    candidates,
    vulnerabilities,
    maxAge: request.maxAge,
    endOfLife: await endOfLife(record.distribution, record.release, undefined, request.support),
    medium: { built: await builtFrom(read), current: request.medium },
  });
}

interface Updates {
  readonly candidates: ReadonlyMap<string, Candidate> | { readonly unknown: string };
  readonly vulnerabilities: ReadonlyMap<string, readonly string[]>;
}

async function updatesOf(
  record: VersionRecord,
  installed: readonly InstalledPackage[] | undefined,
  sources: readonly PackageSource[],
  ports: Pick<Ports, 'exec' | 'clock' | 'fetch' | 'log' | 'tools' | 'signal'>,
): Promise<Updates> {
  const none = new Map<string, readonly string[]>();
  const kinds = new Set(installed?.flatMap(({ kind }) => kind ?? []));
  const kind = kinds.has('rpm') ? 'rpm' : 'deb';
  const foreign = [...kinds].filter((other) => other !== kind);
  if (foreign.length > 0) {
    return {
      candidates: { unknown: `packages of the kind ${foreign.join(', ')} are not looked for` },
      vulnerabilities: none,
    };
  }
  const fitting = sources.filter((source) => source.kind === kind);
  if (fitting.length === 0) {
    return {
      candidates: {
        unknown:
          sources.length === 0
            ? 'no package sources are given, and its provenance names none'
            : `none of the package sources has ${kind} packages`,
      },
      vulnerabilities: none,
    };
  }
  try {
    if (kind === 'rpm') {
      const repositories = fitting.filter((source) => source.kind === 'rpm');
      return await rpmUpdates(repositories, record.architecture, installed ?? [], ports);
    }
    await ports.tools.ensure(APT_TOOLS);
    const suites = fitting.filter((source) => source.kind === 'deb');
    return await withAptIndex(suites, record.architecture, ports, async (index) => ({
      candidates: index.candidates,
      vulnerabilities: await fixedBy(installed ?? [], index, ports),
    }));
  } catch (error) {
    ports.signal.throwIfAborted();
    const { message, detail } = describeError(error);
    ports.log.warning(message);
    ports.log.debug(detail ?? '');
    return { candidates: { unknown: message.slice(0, 300).replace(/\s+/g, ' ') }, vulnerabilities: none };
  }
}

/** What the security updates fix, by their own change logs. */
async function fixedBy(
  installed: readonly InstalledPackage[],
  index: PackageIndex,
  ports: Pick<Ports, 'log' | 'signal'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const due = installed.filter(({ name, version }) => {
    const candidate = index.candidates.get(name);
    return candidate?.security === true && compareDebVersions(candidate.version, version) > 0;
  });
  const found = new Map<string, readonly string[]>();
  for (const [done, { name, version }] of due.slice(0, MAX_CHANGELOGS).entries()) {
    ports.log.progress({ label: 'Reading change logs', done, total: due.length, unit: 'packages' });
    const fixed = await index.fixedSince(name, version).catch((error: unknown) => {
      ports.signal.throwIfAborted();
      ports.log.debug(`The change log of ${name} could not be read: ${describeError(error).message}`);
      return [];
    });
    found.set(name, fixed);
  }
  return found;
}

type Read = (name: string) => Promise<string | undefined>;

/** The statement in a bundle that came with the image; its signature was checked when the image was published. */
async function statement(read: Read, name: string) {
  const text = await read(`signatures/${name}.intoto.sigstore.json`);
  try {
    const bundle = JSON.parse(text ?? '') as { dsseEnvelope?: { payload?: string } };
    const payload = Buffer.from(bundle.dsseEnvelope?.payload ?? '', 'base64').toString('utf8');
    return statementSchema.parse(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

async function builtFrom(read: Read): Promise<string | undefined> {
  return (await statement(read, '10-media'))?.subject[0]?.digest.sha256;
}

/** The repositories that the image was left with, in the suites of its release. */
async function ownSources(record: VersionRecord, read: Read): Promise<readonly PackageSource[]> {
  const build = (await statement(read, '20-build'))?.predicate.buildDefinition as
    | { internalParameters?: { repositories?: unknown } }
    | undefined;
  const repositories = build?.internalParameters?.repositories;
  if (!Array.isArray(repositories)) {
    return [];
  }
  if (!['debian', 'ubuntu'].includes(record.distribution)) {
    return rpmSources(repositories);
  }
  const series = await seriesOf(record);
  if (series === undefined) {
    return [];
  }
  const uris = repositories.filter(
    (uri): uri is string => typeof uri === 'string' && /^https?:\/\/[\w.:/-]+$/.test(uri),
  );
  const signedBy = `/usr/share/keyrings/${record.distribution}-archive-keyring.gpg`;
  const components = record.distribution === 'ubuntu' ? ['main', 'universe'] : ['main'];
  return [...new Set(uris)].flatMap((uri) =>
    suitesOf(uri, series, record.distribution).map((suite) => ({
      kind: 'deb' as const,
      uri,
      suite,
      components,
      signedBy,
    })),
  );
}

/** RPM repositories that the image was left with; what is neither encrypted nor signed is not believed. */
function rpmSources(repositories: readonly unknown[]): readonly PackageSource[] {
  return repositories
    .filter((uri): uri is string => typeof uri === 'string' && /^https:\/\/[\w.:/~-]+$/.test(uri))
    .map((uri) => ({ kind: 'rpm', uri: uri.replace(/\/+$/, ''), signedBy: undefined }));
}

/** What a mirror has: Ubuntu's all have all three, and Debian's security archive is one of its own. */
function suitesOf(uri: string, series: string, distribution: string): readonly string[] {
  if (distribution === 'ubuntu') {
    return [series, `${series}-updates`, `${series}-security`];
  }
  return /debian-security/.test(uri) ? [`${series}-security`] : [series, `${series}-updates`];
}

/** The code name of a release, from distro-info-data. */
async function seriesOf({ distribution, release }: VersionRecord): Promise<string | undefined> {
  const text = await readFile(`/usr/share/distro-info/${distribution}.csv`, 'utf8').catch(() => '');
  const [head = '', ...rows] = text.trim().split('\n');
  const column = head.split(',').indexOf('series');
  return rows.map((row) => row.split(',')).find(([version]) => version?.split(' ')[0] === release)?.[column];
}
