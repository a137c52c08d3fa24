import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Exec, type Ports, ToolError, UserError } from '@golden-image/host';
import { matchPackages, type ResolvedPackage } from './packages.ts';

/** A private apt: nothing of the host's configuration, sources, keys or caches takes part. */
export interface PrivateApt {
  readonly folder: string;
  readonly archives: string;
  readonly run: (args: readonly string[], okCodes?: readonly number[]) => ReturnType<Exec>;
}

/**
 * @param options.sources lines of sources.list(5)
 * @param options.network false: apt runs without any network interface
 * @param options.archives where .deb files are kept
 */
export async function privateApt(
  folder: string,
  options: {
    readonly architecture: string;
    readonly sources: readonly string[];
    readonly network: boolean;
    readonly archives: string;
  },
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<PrivateApt> {
  const { architecture, archives } = options;
  for (const name of [
    'etc/apt.conf.d',
    'etc/preferences.d',
    'etc/sources.list.d',
    'state/lists/partial',
    'cache',
    'log',
  ]) {
    await mkdir(path.join(folder, name), { recursive: true });
  }
  await mkdir(path.join(archives, 'partial'), { recursive: true });
  await writeFile(path.join(folder, 'status'), '');
  await writeFile(path.join(folder, 'etc/sources.list'), `${options.sources.join('\n')}\n`);
  const configuration = path.join(folder, 'apt.conf');
  const settings: Readonly<Record<string, string>> = {
    Dir: `${folder}/`,
    'Dir::State': 'state/',
    'Dir::State::status': path.join(folder, 'status'),
    'Dir::Cache': 'cache/',
    'Dir::Cache::archives': `${archives}/`,
    'Dir::Etc': 'etc/',
    'Dir::Log': 'log/',
    'APT::Architecture': architecture,
    'APT::Install-Recommends': 'false',
    'APT::Install-Suggests': 'false',
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::GzipIndexes': 'false',
    'Acquire::Retries': '3',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${quoted(value)};`);
  await writeFile(configuration, `${lines.join('\n')}\nAPT::Architectures { ${quoted(architecture)}; };\n`);
  const env = {
    PATH: process.env.PATH,
    LC_ALL: 'C.UTF-8',
    APT_CONFIG: configuration,
    DEBIAN_FRONTEND: 'noninteractive',
  };
  return {
    folder,
    archives,
    run: (args, okCodes = [0]) =>
      ports.exec(
        confined(
          {
            command: 'apt-get',
            args: ['-q', '-y', ...args],
            env,
            okCodes,
            onLine: (line) => ports.log.debug(line),
          },
          { network: options.network },
        ),
      ),
  };
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

/**
 * Reads the indexes and lets apt choose: the essential packages, apt, and `wanted`, without recommendations.
 *
 * @throws UserError `package-not-found`, `packages-conflict`, `repository-unusable`
 */
export async function resolvePackages(
  apt: PrivateApt,
  wanted: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<readonly ResolvedPackage[]> {
  await apt.run(['-o', 'APT::Update::Error-Mode=any', 'update']).catch((error: unknown) => {
    throw unusable(error);
  });
  const names = [...wanted.add, ...wanted.remove.map((name) => `${name}-`)];
  const chosen = await apt
    .run(['install', '--print-uris', '-qq', '--no-install-recommends', '?essential', 'apt', ...names])
    .catch((error: unknown) => {
      throw notResolved(error);
    });
  const lists = path.join(apt.folder, 'state/lists');
  const indexes = (await readdir(lists)).filter((name) => name.endsWith('_Packages'));
  return matchPackages(
    chosen.stdout,
    await Promise.all(indexes.map((name) => readFile(path.join(lists, name), 'utf8'))),
  );
}

function unusable(error: unknown): unknown {
  if (!(error instanceof ToolError)) {
    return error;
  }
  return new UserError(`The package repository cannot be used: ${error.message}`, {
    code: 'repository-unusable',
    fix: 'See the details; check the medium, or the network and the signing keys.',
    ...(error.detail ? { detail: error.detail } : {}),
    cause: error,
  });
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
