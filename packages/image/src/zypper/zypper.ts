import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type ExecResult, type Ports, UserError } from '@golden-image/host';
import { placeFile } from '../rpm/files.ts';
import type { PackageManager, Plan, PlanRequest, RpmPackage, RpmRepository } from '../rpm/package-manager.ts';
import { byName, fullVersion, type IndexedPackage, rpmPackage } from '../rpm/packages.ts';
import { planEnvironment } from '../rpm/plan-environment.ts';
import { neededOnDisk, neededPackages } from './base-packages.ts';
import { readPrimary } from './primary.ts';
import { parseSummary, type Solvable } from './summary.ts';

/** SLES and openSUSE Leap. */
export const ZYPPER: PackageManager = {
  tools: [
    { command: 'zypper', package: 'zypper' },
    { command: 'rpmkeys', package: 'rpm' },
  ],
  neededPackages,
  neededOnDisk,
  plan,
  fetch,
};

type ZypperPorts = Pick<Ports, 'exec' | 'log'>;

interface Private {
  readonly run: (...args: readonly string[]) => Promise<ExecResult>;
  /** Where zypper keeps the indexes that it read. */
  readonly raw: string;
  /** Where it puts packages that it fetched. */
  readonly fetched: string;
}

async function plan(request: PlanRequest, ports: ZypperPorts): Promise<Plan> {
  const zypper = await privateZypper(request, ports);
  const refreshed = await zypper.run('refresh', '--force');
  if (refreshed.code !== 0) {
    const [reason] = reportedErrors(refreshed.stdout);
    throw new UserError(`The package repository cannot be used: ${reason ?? 'zypper refused it'}`, {
      code: 'repository-unusable',
      fix: 'See the details; check the medium, or the network and the signing keys.',
      detail: messages(refreshed),
    });
  }
  const chosen = await zypper.run('install', '--dry-run', ...INSTALL, ...request.install);
  if (chosen.code !== 0) {
    throw notResolved(reportedErrors(chosen.stdout), messages(chosen));
  }
  const summary = parseSummary(chosen.stdout);
  const wanted = new Set(summary.packages.map(({ name }) => name));
  const indexed: IndexedPackage[] = [];
  for (const { id } of request.repositories) {
    indexed.push(...(await readPrimary(path.join(zypper.raw, id), id, wanted)));
  }
  return {
    packages: summary.packages
      .map((entry) => rpmPackage(describedBy(entry, indexed), request.definition))
      .sort(byName),
    removed: [],
    indexes: request.repositories.map(({ id }) => ({
      id,
      file: path.join(zypper.raw, id, 'repodata/repomd.xml'),
    })),
  };
}

const INSTALL = ['--no-recommends', '--auto-agree-with-licenses', '--no-force-resolution', '--'] as const;

async function fetch(
  request: PlanRequest,
  packages: readonly RpmPackage[],
  target: string,
  ports: ZypperPorts,
): Promise<void> {
  const zypper = await privateZypper(request, ports);
  const result = await zypper.run('install', '--download-only', ...INSTALL, ...request.install);
  await mkdir(target, { recursive: true });
  for (const { repository, location, file, name } of packages) {
    await placeFile(path.join(zypper.fetched, repository, location), path.join(target, file)).catch(
      (cause: unknown) => {
        throw new UserError(`The package ${name} of the repository ${repository} cannot be fetched`, {
          code: 'repository-unusable',
          fix: 'See the details; check the network, or take another mirror.',
          detail: messages(result),
          cause,
        });
      },
    );
  }
}

/**
 * A zypper with a root, caches and keys of its own. Only keys that were imported before count: it is never told to trust
 * what a repository offers.
 */
async function privateZypper(request: PlanRequest, ports: ZypperPorts): Promise<Private> {
  const { repositories, exclude, folder, database } = request;
  const work = path.join(folder, 'zypper');
  const at = (name: string): string => path.join(work, name);
  await mkdir(at('root/etc/zypp'), { recursive: true });
  await mkdir(at('repos.d'), { recursive: true });
  await writeFile(at('zypp.conf'), '[main]\nsolver.onlyRequires = true\nrpm.install.excludedocs = yes\n');
  await writeFile(at('root/etc/zypp/locks'), exclude.map(lock).join('\n'));
  await Promise.all(
    repositories.map((entry) => writeFile(at(`repos.d/${entry.id}.repo`), repositoryFile(entry))),
  );
  const env = { ...(await planEnvironment(work, request)), ZYPP_CONF: at('zypp.conf') };
  const network = repositories.some(({ onMedium }) => onMedium === undefined);
  const keys = [...new Set(repositories.flatMap((entry) => entry.keys))];
  await ports.exec(
    confined({
      command: 'rpmkeys',
      args: ['--root', at('root'), '--dbpath', database, '--import', ...keys],
      env,
    }),
  );
  const options = [
    '--non-interactive',
    '--xmlout',
    '--root',
    at('root'),
    '--reposd-dir',
    at('repos.d'),
    '--cache-dir',
    at('cache'),
    '--pkg-cache-dir',
    at('packages'),
  ];
  return {
    raw: at('cache/raw'),
    fetched: at('packages'),
    run: (...args) =>
      ports.exec(
        confined(
          {
            command: 'zypper',
            args: [...options, ...args],
            env,
            okCodes: 'any',
            onLine: (line) => ports.log.debug(line),
          },
          { network },
        ),
      ),
  };
}

/** Never to be installed. Source: zypper's `/etc/zypp/locks`. */
function lock(name: string): string {
  return `type: package\nmatch_type: glob\ncase_sensitive: on\nsolvable_name: ${name}\n`;
}

/** All have the same priority: the newest version counts, wherever it lies. */
function repositoryFile({ id, uri, signed }: RpmRepository): string {
  return [
    `[${id}]`,
    `name=${id}`,
    `baseurl=${uri.replace(/^file:/, 'dir:')}`,
    'enabled=1',
    'autorefresh=0',
    'type=rpm-md',
    'keeppackages=1',
    // Packages are checked one by one afterwards, with their own repository's key.
    `gpgcheck=${signed ? 1 : 0}`,
    `repo_gpgcheck=${signed ? 1 : 0}`,
    'pkg_gpgcheck=0',
    '',
  ].join('\n');
}

/** Where zypper cannot start, or is killed, its document is empty or cut: then its words on stderr must do. */
function reportedErrors(stdout: string): readonly string[] {
  try {
    return parseSummary(stdout).errors;
  } catch {
    return [];
  }
}

function describedBy(entry: Solvable, indexed: readonly IndexedPackage[]): IndexedPackage {
  const found = indexed.find(
    (one) =>
      one.name === entry.name &&
      one.architecture === entry.architecture &&
      fullVersion(one) === entry.edition,
  );
  if (!found) {
    throw new Error(`no index describes what zypper chose: ${entry.name} ${entry.edition}`);
  }
  return found;
}

function notResolved(errors: readonly string[], detail: string): UserError {
  const fix = 'Correct `packages` in the definition, or take a medium that has them.';
  const missing = errors
    .map((line) => /^(?:No provider of|Package) '([^']+)' (?:found|not found)/.exec(line)?.[1])
    .filter((name): name is string => name !== undefined);
  return missing.length > 0
    ? new UserError(`Packages that are not in the repository: ${[...new Set(missing)].sort().join(', ')}`, {
        code: 'package-not-found',
        fix,
        detail,
      })
    : new UserError('The packages cannot be installed together', { code: 'packages-conflict', fix, detail });
}

/** What zypper said, without its progress. */
function messages({ stdout, stderr }: ExecResult): string {
  return `${stdout}\n${stderr}`
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^<(progress|\?xml|stream|\/stream)/.test(line))
    .slice(-40)
    .join('\n');
}
