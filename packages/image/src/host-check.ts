import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import { remembered } from './tree/remembered.ts';

/** What is known about the updates of the machine that builds. */
export interface HostState {
  /** Packages with a security update that is not installed; undefined: it could not be found out. */
  readonly pendingSecurityUpdates: readonly string[] | undefined;
  /** The day after which nobody mends the host's distribution, YYYY-MM-DD; undefined: unknown. */
  readonly endOfLife: string | undefined;
  /** Why the host should not build, in words; empty when it may. */
  readonly objections: readonly string[];
}

/** Where the host's package manager and distro-info-data keep what is read here; tests name others. */
export interface HostPaths {
  readonly osRelease: string;
  readonly lists: string;
  /** dpkg's database of what is installed. */
  readonly status: string;
  /** apt's configuration. */
  readonly configuration: string;
  readonly distroInfo: string;
}

const HOST: HostPaths = {
  osRelease: '/etc/os-release',
  lists: '/var/lib/apt/lists',
  status: '/var/lib/dpkg/status',
  configuration: '/etc/apt',
  distroInfo: '/usr/share/distro-info',
};
/** Package lists older than this do not tell what is pending. */
const MAX_AGE_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Looks at the host that is about to build; unknown counts as outdated.
 *
 * @param cacheFolder where the answer is kept until the host's package lists, packages or apt's configuration change
 * @throws UserError `outdated-host` unless `allowOutdated`
 */
export async function checkHost(
  allowOutdated: boolean,
  cacheFolder: string | undefined,
  ports: Pick<Ports, 'exec' | 'log' | 'clock'>,
  paths: HostPaths = HOST,
): Promise<HostState> {
  const now = ports.clock.now();
  const [updates, end] = await Promise.all([
    pendingUpdates(now, paths, cacheFolder, ports),
    endOfLife(paths),
  ]);
  const objections = [
    ...updates.objections,
    ...(end === undefined
      ? ['its end of life is not known']
      : Date.parse(end) < now.getTime()
        ? [`its distribution's security support ended on ${end}`]
        : []),
  ];
  if (objections.length > 0) {
    const what = `The build host is not up to date: ${objections.join('; ')}`;
    if (!allowOutdated) {
      throw new UserError(what, {
        code: 'outdated-host',
        fix: 'Run "apt-get update" and "apt-get dist-upgrade" on it, take a newer runner, or set allow-outdated-host: true (it is recorded in the statement).',
      });
    }
    ports.log.notice(what);
  }
  return { pendingSecurityUpdates: updates.pending, endOfLife: end, objections };
}

async function pendingUpdates(
  now: Date,
  paths: HostPaths,
  cacheFolder: string | undefined,
  { exec }: Pick<Ports, 'exec'>,
): Promise<{ readonly pending: readonly string[] | undefined; readonly objections: readonly string[] }> {
  const { lists } = paths;
  const names = (await readdir(lists).catch((): string[] => [])).filter((name) => /Release$/.test(name));
  const times = await Promise.all(names.map(async (name) => (await stat(path.join(lists, name))).mtimeMs));
  if (times.length === 0) {
    return { pending: undefined, objections: ['it has no package lists that would tell what is pending'] };
  }
  const pending = await remembered('host', await aptState(paths), cacheFolder, () => simulate(exec));
  if (pending === undefined) {
    return { pending: undefined, objections: ['apt-get cannot tell what is pending'] };
  }
  const shown = pending.slice(0, 5).join(', ') + (pending.length > 5 ? ', …' : '');
  // apt keeps a list's own time stamp when nothing changed: the folder's tells when it was last looked at.
  const looked = Math.max((await stat(lists)).mtimeMs, ...times);
  const days = Math.floor((now.getTime() - looked) / DAY_MS);
  return {
    pending,
    objections: [
      ...(pending.length > 0 ? [`${pending.length} security updates are pending (${shown})`] : []),
      ...(days > MAX_AGE_DAYS ? [`its package lists are ${days} days old`] : []),
    ],
  };
}

/** undefined: apt failed. */
async function simulate(exec: Ports['exec']): Promise<readonly string[] | undefined> {
  const { code, stdout } = await exec({
    command: 'apt-get',
    args: ['--simulate', '--quiet=2', '-o', 'Debug::NoLocking=true', 'dist-upgrade'],
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
    okCodes: 'any',
  });
  return code === 0 ? securityUpdates(stdout) : undefined;
}

/** What decides apt's answer: size and time of each file that it reads. */
async function aptState({ lists, status, configuration }: HostPaths): Promise<unknown> {
  const below = async (folder: string): Promise<readonly string[]> =>
    (await readdir(folder, { recursive: true }).catch(() => [])).map((name) => path.join(folder, name));
  const files = [...(await below(lists)), ...(await below(configuration)), status].sort();
  const states = files.map(async (file) => {
    const found = await stat(file).catch(() => undefined);
    return found?.isFile() ? [file, found.size, found.mtimeMs] : undefined;
  });
  return (await Promise.all(states)).filter((state) => state !== undefined);
}

/** Names in `apt-get --simulate` whose new version comes from a security suite. */
export function securityUpdates(simulation: string): readonly string[] {
  return [...simulation.matchAll(/^Inst (\S+) \[[^\]]*\] \(\S+ ([^)]*)\)/gm)]
    .filter(([, , origins = '']) => /-security\b/.test(origins))
    .map(([, name = '']) => name);
}

async function endOfLife({ osRelease, distroInfo }: HostPaths): Promise<string | undefined> {
  const text = await readFile(osRelease, 'utf8').catch(() => '');
  const value = (name: string): string => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  const [id, codename] = [value('ID'), value('VERSION_CODENAME')];
  if (!/^[a-z]+$/.test(id) || codename === '') {
    return undefined;
  }
  const table = await readFile(path.join(distroInfo, `${id}.csv`), 'utf8').catch(() => '');
  return supportEnd(table, codename);
}

/**
 * The last day of free security support in a table of distro-info-data: of `eol`, `eol-lts` (Debian's volunteers) and
 * `eol-server` the latest.
 */
export function supportEnd(table: string, codename: string): string | undefined {
  const [head = '', ...rows] = table.split('\n');
  const columns = head.split(',');
  const row = rows
    .map((line) => line.split(','))
    .find((cells) => cells[columns.indexOf('series')] === codename);
  const days = ['eol', 'eol-lts', 'eol-server'].map((name) => row?.[columns.indexOf(name)] ?? '');
  return days
    .filter((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))
    .sort()
    .at(-1);
}
