import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exists, MediumError, run } from './host.ts';

/** One binary package, authenticated: its digest comes from an index that apt verified. */
export interface Package {
  readonly name: string;
  /** The stanza of the archive's Packages index. */
  readonly stanza: string;
  /** Path in the archive, e.g. `pool/main/a/apt/apt_3.0.3_amd64.deb`. */
  readonly filename: string;
  /** The downloaded file. */
  readonly file: string;
}

export interface Archive {
  /** Fields of the suite's verified Release file. */
  readonly release: Readonly<Record<string, string>>;
  /** Sorted by name. */
  readonly packages: readonly Package[];
}

export interface ArchiveRequest {
  readonly suite: string;
  readonly architecture: string;
  /** Groups of names; those of one group can be installed together, two groups may conflict. */
  readonly groups: readonly (readonly string[])[];
  /** OpenPGP keys of the archive; apt trusts nothing else. */
  readonly keyring: string;
  /** One-line apt sources; default: the mirrors that mmdebstrap knows. */
  readonly sources?: string;
  /** Downloads are kept here between runs. */
  readonly cache: string;
  /** A folder of this run. */
  readonly work: string;
  readonly say: (text: string) => void;
}

/** Fetches packages with all they depend on, as a fresh installation of them would need; apt authenticates them. */
export async function fetchArchive(request: ArchiveRequest): Promise<Archive> {
  const { cache, work, say } = request;
  const lists = path.join(work, 'state/lists');
  const archives = path.join(work, 'cache/archives');
  await mkdir(path.join(lists, 'partial'), { recursive: true });
  await mkdir(path.join(archives, 'partial'), { recursive: true });
  await linkAll(path.join(cache, 'lists'), lists);
  await linkAll(path.join(cache, 'archives'), archives);

  const env = await configure(request);
  say('Reading the package lists');
  await run('apt-get', ['update', '-q'], { env });
  const plan = new Map<string, Planned>();
  for (const group of request.groups) {
    const install = ['install', '-q', '-y', '?essential', '?priority(required)', ...group];
    const planned = parsePlan(await run('apt-get', [...install, '--simulate'], { env }));
    say(`Fetching ${planned.length} packages`);
    await run('apt-get', [...install, '--download-only'], { env });
    for (const item of planned) {
      plan.set(`${item.name}=${item.version}`, item);
    }
  }
  const stanzas = await run('apt-cache', ['show', ...plan.keys()], { env });
  const packages = await collect([...plan.values()], stanzas, archives);
  const release = await readRelease(lists, request.suite);
  await keep(lists, path.join(cache, 'lists'));
  await keep(archives, path.join(cache, 'archives'));
  return { release, packages };
}

/** A private apt: no state, source or key of the host takes part. */
async function configure(request: ArchiveRequest): Promise<Record<string, string>> {
  const { work } = request;
  await writeFile(path.join(work, 'status'), '');
  const sources = parseSources(request.sources ?? (await defaultSources(request)));
  await writeFile(
    path.join(work, 'sources.list'),
    sources
      .map(
        ({ uri, rest }) => `deb [arch=${request.architecture} signed-by=${request.keyring}] ${uri} ${rest}\n`,
      )
      .join(''),
  );
  const settings = [
    `APT::Architecture "${request.architecture}";`,
    `APT::Architectures "${request.architecture}";`,
    'APT::Sandbox::User "";',
    'APT::Install-Recommends "false";',
    'APT::Update::Error-Mode "any";',
    'Acquire::Languages "none";',
    'Acquire::Retries "3";',
    `Dir::State "${path.join(work, 'state')}";`,
    `Dir::State::status "${path.join(work, 'status')}";`,
    `Dir::Cache "${path.join(work, 'cache')}";`,
    `Dir::Etc::sourcelist "${path.join(work, 'sources.list')}";`,
    'Dir::Etc::sourceparts "/dev/null";',
    'Dir::Etc::preferencesparts "/dev/null";',
    'Dir::Etc::preferences "/dev/null";',
    'Dir::Etc::parts "/dev/null";',
    'Dir::Etc::main "/dev/null";',
    'Dir::Etc::trusted "/dev/null";',
    'Dir::Etc::trustedparts "/dev/null";',
  ];
  const file = path.join(work, 'apt.conf');
  await writeFile(file, `${settings.join('\n')}\n`);
  return { APT_CONFIG: file };
}

/** The sources that mmdebstrap writes for a suite, updates and security included; it is stopped before it fetches. */
async function defaultSources(request: ArchiveRequest): Promise<string> {
  const copy = path.join(request.work, 'default.list');
  const hook = `cp "$1/etc/apt/sources.list" "$SOURCES_COPY" && exit 3`;
  const args = ['--variant=custom', '--mode=chrootless', '--quiet', `--setup-hook=${hook}`];
  const root = path.join(request.work, 'default-root');
  const env = { SOURCES_COPY: copy };
  const failure = await run('mmdebstrap', [...args, request.suite, root], { env }).then(
    () => new MediumError('mmdebstrap did not stop'),
    (error: unknown) => error,
  );
  await rm(root, { recursive: true, force: true });
  return readFile(copy, 'utf8').catch(() => {
    throw failure;
  });
}

function parseSources(text: string): readonly { readonly uri: string; readonly rest: string }[] {
  const lines = [...text.matchAll(/^deb\s+(?:\[[^\]\n]*\]\s+)?(\S+)\s+(\S+(?:[ \t]+\S+)*)[ \t]*$/gm)];
  if (lines.length === 0) {
    throw new MediumError('No "deb" line in the apt sources');
  }
  return lines.map(([, uri = '', rest = '']) => ({ uri, rest }));
}

interface Planned {
  readonly name: string;
  readonly version: string;
}

/** Lines of a simulated installation: `Inst apt (3.0.3 Debian:13.2/stable [amd64])`. */
function parsePlan(text: string): readonly Planned[] {
  const plan = [...text.matchAll(/^Inst (\S+) \((\S+) /gm)].map(([, name = '', version = '']) => ({
    name,
    version,
  }));
  if (plan.length === 0) {
    throw new MediumError('apt found nothing to install');
  }
  return plan;
}

async function collect(
  plan: readonly Planned[],
  stanzas: string,
  archives: string,
): Promise<readonly Package[]> {
  const known = new Map<string, string>();
  for (const stanza of stanzas.split(/\n\n+/).map((text) => text.trim())) {
    known.set(`${field(stanza, 'Package')}=${field(stanza, 'Version')}`, stanza);
  }
  const packages = await Promise.all(
    plan.map(async ({ name, version }) => {
      const stanza = known.get(`${name}=${version}`) ?? '';
      const architecture = field(stanza, 'Architecture');
      const filename = field(stanza, 'Filename');
      const file = path.join(archives, `${name}_${version.replaceAll(':', '%3a')}_${architecture}.deb`);
      // apt trusts a file that is already in its cache by its size alone.
      const actual = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
      if (actual !== field(stanza, 'SHA256')) {
        await rm(file, { force: true });
        throw new MediumError(`${path.basename(file)} is damaged in the cache; remove the cache folder`);
      }
      return { name, stanza, filename, file };
    }),
  );
  return packages.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One field of a deb822 paragraph; empty when it is not there. */
export function field(paragraph: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1] ?? '';
}

async function readRelease(lists: string, suite: string): Promise<Readonly<Record<string, string>>> {
  const name = (await readdir(lists)).find((file) => file.endsWith(`_dists_${suite}_InRelease`));
  if (!name) {
    throw new MediumError(`The archive of ${suite} has no InRelease file`);
  }
  const text = await readFile(path.join(lists, name), 'utf8');
  const names = ['Origin', 'Label', 'Suite', 'Version', 'Codename', 'Date', 'Description'];
  return Object.fromEntries(names.map((key) => [key, field(text, key)]));
}

/** Hard links (or copies) of the files of a folder that may not be there. */
async function linkAll(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((item) => item.isFile() && item.name !== 'lock')) {
    const target = path.join(to, entry.name);
    await link(path.join(from, entry.name), target).catch(() =>
      copyFile(path.join(from, entry.name), target),
    );
  }
}

/** Replaces `to` by what `from` holds now, so that the cache never outgrows the last run. */
async function keep(from: string, to: string): Promise<void> {
  const fresh = `${to}.new-${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await linkAll(from, fresh);
  if (await exists(to)) {
    await rename(to, `${fresh}.old`);
  }
  await rename(fresh, to).catch(() => rm(fresh, { recursive: true, force: true }));
  await rm(`${fresh}.old`, { recursive: true, force: true });
}
