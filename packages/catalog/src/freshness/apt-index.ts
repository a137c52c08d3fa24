import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type HostTool, type Ports, UserError, withTemporaryFolder } from '@golden-image/host';
import type { Candidate } from './candidate.ts';
import { compareDebVersions } from './deb-version.ts';
import { stanzas } from './installed.ts';
import type { AptSource } from './package-source.ts';

export const APT_TOOLS: readonly HostTool[] = [
  { command: 'apt-get', package: 'apt' },
  { command: 'dpkg-deb', package: 'dpkg' },
];

export interface PackageIndex {
  readonly candidates: ReadonlyMap<string, Candidate>;
  /** Vulnerabilities that the change log of this package's newest version says are fixed since `installed`. */
  fixedSince(name: string, installed: string): Promise<readonly string[]>;
}

/**
 * Reads the package indices of the sources with apt, which authenticates them, in a state of its own: the machine's
 * sources and lists stay as they are.
 *
 * @throws UserError `indices-unavailable`
 */
export function withAptIndex<T>(
  sources: readonly AptSource[],
  architecture: string,
  ports: Pick<Ports, 'exec' | 'signal'>,
  body: (index: PackageIndex) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder('apt-index', async (folder) => {
    const options = await privateApt(folder, sources, architecture);
    const apt = (args: readonly string[], cwd: string = folder) =>
      ports.exec({
        command: 'apt-get',
        args: [...options, ...args],
        cwd,
        timeoutMs: 300_000,
        signal: ports.signal,
      });
    await apt(['update', '--error-on=any', '-q']).catch((cause: unknown) => {
      throw new UserError(
        `The package indices of ${sources.map(({ suite }) => suite).join(', ')} cannot be read`,
        {
          code: 'indices-unavailable',
          fix: 'Check the sources, the network, and that the keys which sign them are on this machine (signed-by).',
          cause,
        },
      );
    });
    const candidates = await readLists(path.join(folder, 'state/lists'));
    return body({
      candidates,
      fixedSince: async (name, installed) => {
        const target = path.join(folder, 'packages', name);
        await mkdir(target, { recursive: true });
        await apt(['download', '-q', name], target);
        const archive = (await readdir(target)).find((file) => file.endsWith('.deb'));
        return archive ? vulnerabilitiesIn(path.join(target, archive), name, installed, ports) : [];
      },
    });
  });
}

async function privateApt(
  folder: string,
  sources: readonly AptSource[],
  architecture: string,
): Promise<readonly string[]> {
  const lines = sources.map(({ uri, suite, components, signedBy }) => {
    const signed = signedBy ? `[signed-by=${signedBy}] ` : '';
    return `deb ${signed}${uri} ${suite} ${components.join(' ')}\n`;
  });
  await mkdir(path.join(folder, 'state/lists/partial'), { recursive: true });
  await mkdir(path.join(folder, 'cache/archives/partial'), { recursive: true });
  await writeFile(path.join(folder, 'status'), '');
  await writeFile(path.join(folder, 'sources.list'), lines.join(''));
  const settings: Readonly<Record<string, string>> = {
    'Dir::State': path.join(folder, 'state'),
    'Dir::State::status': path.join(folder, 'status'),
    'Dir::Cache': path.join(folder, 'cache'),
    'Dir::Etc::sourcelist': path.join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::Etc::preferences': '-',
    'Dir::Etc::preferencesparts': '-',
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
    'APT::Sandbox::User': '',
    'APT::Get::AllowUnauthenticated': 'false',
    'Acquire::AllowInsecureRepositories': 'false',
    'Acquire::Languages': 'none',
    'Acquire::GzipIndexes': 'false',
    'Acquire::Retries': '3',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** The newest version of each package in the lists that apt fetched. */
async function readLists(folder: string): Promise<ReadonlyMap<string, Candidate>> {
  const names = await readdir(folder);
  const found = new Map<string, Candidate>();
  for (const name of names.filter((entry) => entry.endsWith('_Packages')).sort()) {
    const release = await releaseOf(folder, names, name);
    let key = '';
    // Line by line: a suite has tens of thousands of packages, of which two fields count.
    for await (const line of createInterface({ input: createReadStream(path.join(folder, name)) })) {
      key = line.startsWith('Package: ') ? line.slice(9).trim() : key;
      const version = line.startsWith('Version: ') ? line.slice(9).trim() : undefined;
      const old = found.get(key);
      if (key !== '' && version && (!old || compareDebVersions(version, old.version) > 0)) {
        found.set(key, { version, ...release });
      }
    }
  }
  return found;
}

/** The suite that a list belongs to, from its release file. */
async function releaseOf(
  folder: string,
  names: readonly string[],
  list: string,
): Promise<{ readonly suite: string; readonly security: boolean }> {
  const release = names.find(
    (name) => /_(In)?Release$/.test(name) && list.startsWith(name.replace(/(In)?Release$/, '')),
  );
  const [fields] = release
    ? stanzas(
        (await readFile(path.join(folder, release), 'utf8')).replace(
          /^-----BEGIN[^\n]*\nHash:[^\n]*\n\n/,
          '',
        ),
      )
    : [];
  const suite = fields?.get('suite') ?? '';
  const codename = fields?.get('codename') ?? '';
  const label = fields?.get('label') ?? '';
  return {
    suite: codename || suite || 'unknown',
    security: /-security$/.test(suite) || /-security$/.test(codename) || /security/i.test(label),
  };
}

/** The change log of a package, from its newest entry down to the installed version, names what was fixed. */
async function vulnerabilitiesIn(
  archive: string,
  name: string,
  installed: string,
  ports: Pick<Ports, 'exec'>,
): Promise<readonly string[]> {
  const folder = `${archive}.content`;
  await ports.exec({ command: 'dpkg-deb', args: ['--extract', archive, folder], timeoutMs: 120_000 });
  const docs = path.join(folder, 'usr/share/doc', name);
  const file =
    (await readdir(docs).catch(() => [])).find(
      (entry) => /^changelog(\.Debian)?(\.gz)?$/.test(entry) && entry.includes('Debian'),
    ) ?? (await readdir(docs).catch(() => [])).find((entry) => /^changelog\.gz$/.test(entry));
  if (!file) {
    return [];
  }
  const { stdout } = await ports.exec({
    command: 'gzip',
    args: ['--decompress', '--stdout', '--force', path.join(docs, file)],
    keepBytes: 64 * 1024 * 1024,
    timeoutMs: 60_000,
  });
  return fixedVulnerabilities(stdout, installed);
}

/** CVE numbers in the entries of a change log that are later than a version. Source: deb-changelog(5). */
export function fixedVulnerabilities(changelog: string, installed: string): readonly string[] {
  const found = new Set<string>();
  for (const line of changelog.split('\n')) {
    const head = /^\S+ \(([^()\s]+)\) /.exec(line);
    if (head && compareDebVersions(head[1] ?? '', installed) <= 0) {
      break;
    }
    for (const [id] of line.matchAll(/\bCVE-\d{4}-\d{4,7}\b/g)) {
      found.add(id);
    }
  }
  return [...found].sort();
}
