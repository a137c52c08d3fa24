import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Exec, type Ports, ToolError, UserError } from '@golden-image/host';

/** A private apt: nothing of the host's configuration, sources, keys or caches takes part. */
export interface PrivateApt {
  readonly folder: string;
  readonly run: (
    args: readonly string[],
    options?: { readonly network?: boolean; readonly cwd?: string },
  ) => ReturnType<Exec>;
  /** Replaces the sources: lines of sources.list(5). */
  readonly setSources: (lines: readonly string[]) => Promise<void>;
  /** The package indexes that the last update brought. */
  readonly indexes: () => Promise<readonly string[]>;
}

export interface AptOptions {
  readonly architecture: string;
  /** A snapshot's index is older than it says it is valid. */
  readonly ignoreValidUntil: boolean;
  /** The dpkg database that apt plans changes of; default: an empty one. */
  readonly status?: string;
}

export async function privateApt(
  folder: string,
  options: AptOptions,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<PrivateApt> {
  const { architecture } = options;
  const folders = [
    'etc/apt.conf.d',
    'etc/preferences.d',
    'etc/sources.list.d',
    'lists/partial',
    'cache/archives/partial',
    'log',
  ];
  await Promise.all(folders.map((name) => mkdir(path.join(folder, name), { recursive: true })));
  const empty = path.join(folder, 'status');
  await writeFile(empty, '');
  const configuration = path.join(folder, 'apt.conf');
  const settings: Readonly<Record<string, string>> = {
    Dir: `${folder}/`,
    'Dir::State': folder,
    'Dir::State::lists': path.join(folder, 'lists/'),
    'Dir::State::status': options.status ?? empty,
    'Dir::Cache': 'cache/',
    'Dir::Etc': 'etc/',
    'Dir::Log': 'log/',
    'APT::Architecture': architecture,
    'APT::Install-Recommends': 'false',
    'APT::Install-Suggests': 'false',
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::GzipIndexes': 'false',
    // What an earlier build saw binds no later one: `stable` becomes `oldstable` one day. Signatures are checked anyway.
    'Acquire::AllowReleaseInfoChange': 'true',
    'Acquire::Check-Valid-Until': String(!options.ignoreValidUntil),
    'Acquire::Retries': '3',
    'Acquire::http::Timeout': '30',
    'Acquire::https::Timeout': '30',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${quoted(value)};`);
  await writeFile(configuration, `${lines.join('\n')}\nAPT::Architectures { ${quoted(architecture)}; };\n`);
  const env = {
    PATH: process.env.PATH,
    LC_ALL: 'C.UTF-8',
    APT_CONFIG: configuration,
    DEBIAN_FRONTEND: 'noninteractive',
    ...proxies(),
  };
  return {
    folder,
    setSources: (sources) => writeFile(path.join(folder, 'etc/sources.list'), `${sources.join('\n')}\n`),
    indexes: async () => {
      const lists = path.join(folder, 'lists');
      const names = (await readdir(lists)).filter((name) => name.endsWith('_Packages')).sort();
      return Promise.all(names.map((name) => readFile(path.join(lists, name), 'utf8')));
    },
    run: (args, { network = false, cwd } = {}) =>
      ports.exec(
        confined(
          {
            command: 'apt-get',
            args: ['-q', '-y', ...args],
            env,
            ...(cwd === undefined ? {} : { cwd }),
            onLine: (line) => ports.log.debug(line),
          },
          { network },
        ),
      ),
  };
}

/** Of the runner's environment apt takes part only in how the network is reached. */
function proxies(): Readonly<Record<string, string | undefined>> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

function quoted(value: string): string {
  if (/["\n\\]/.test(value)) {
    throw new UserError(`The path ${JSON.stringify(value)} cannot be given to apt`, {
      code: 'unusable-path',
      fix: 'Use a folder whose name has no quotes or backslashes.',
    });
  }
  return `"${value}"`;
}

/** A source that fails is an error. */
const STRICT = ['-o', 'APT::Update::Error-Mode=any'];
/** What apt makes of the indexes it makes again when it plans; an unchanged plan needs nothing of it. */
const INDEXES_ONLY = ['-o', 'pkgCacheFile::Generate=false'];

/**
 * Reads the indexes of all sources; a signature that is missing or wrong is an error.
 *
 * @throws UserError `repository-unusable`
 */
export async function updateIndexes(apt: PrivateApt, network: boolean): Promise<void> {
  await apt.run([...STRICT, ...INDEXES_ONLY, 'update'], { network }).catch((error: unknown) => {
    if (!(error instanceof ToolError)) {
      throw error;
    }
    const detail = error.detail ?? '';
    const reason = /^[EW]: (.+)$/m.exec(detail)?.[1] ?? error.message;
    throw new UserError(`The package repository cannot be used: ${reason}`, {
      code: 'repository-unusable',
      fix: 'See the details; check the medium, or the network and the signing keys.',
      ...(detail ? { detail } : {}),
      cause: error,
    });
  });
}

/**
 * Lets apt choose what `install` with these arguments takes, without recommendations.
 *
 * @returns what `--print-uris` printed
 * @throws UserError `package-not-found`, `packages-conflict`
 */
export async function planInstall(apt: PrivateApt, names: readonly string[]): Promise<string> {
  const chosen = await apt
    .run(['install', '--print-uris', '-qq', '--no-install-recommends', ...names])
    .catch((error: unknown) => {
      throw notResolved(error);
    });
  return chosen.stdout;
}

/**
 * Lets apt plan a full upgrade together with these additions and removals (`name-`).
 *
 * @throws UserError `package-not-found`, `packages-conflict`
 */
export async function planUpgrade(
  apt: PrivateApt,
  names: readonly string[],
): Promise<{ readonly uris: string; readonly removed: readonly string[] }> {
  const run = (option: string) =>
    apt.run(['dist-upgrade', option, '-qq', '--no-install-recommends', ...names]).catch((error: unknown) => {
      throw notResolved(error);
    });
  const { stdout: uris } = await run('--print-uris');
  const { stdout: steps } = await run('--simulate');
  const removed = [...steps.matchAll(/^(?:Remv|Purg) (\S+)/gm)].map((match) => match[1] ?? '');
  return { uris, removed: removed.sort() };
}

function notResolved(error: unknown): unknown {
  if (!(error instanceof ToolError)) {
    return error;
  }
  const detail = error.detail ?? '';
  const missing = [...detail.matchAll(/(?:Unable to locate package|Package '?)\s*([a-z0-9+.-]+)/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== '');
  const fix = 'Correct `packages` in the definition, or take a medium that has them.';
  if (missing.length > 0) {
    const names = [...new Set(missing)].sort().join(', ');
    return new UserError(`Packages that are not in the repository: ${names}`, {
      code: 'package-not-found',
      fix,
      detail,
    });
  }
  return new UserError('The packages cannot be installed together', {
    code: 'packages-conflict',
    fix,
    detail,
    cause: error,
  });
}
