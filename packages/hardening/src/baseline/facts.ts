import type { RootSession } from '@golden-image/disk';
import { parseFstab } from '@golden-image/disk';
import { type FilePermissions, readPermissions } from './permissions.ts';
import { aptSettings, type Repository, readRepositories } from './repositories.ts';

/** What the baseline's rules look at, read from a disk at rest. */
export interface BaselineFacts {
  /** Lines of /etc/shadow, split at the colons. */
  readonly shadow: readonly (readonly string[])[];
  /** The same of /etc/shadow-, which programs leave that change accounts. */
  readonly formerShadow: readonly (readonly string[])[];
  readonly passwd: readonly (readonly string[])[];
  readonly hostKeys: readonly string[];
  /** Undefined: there is no such file. */
  readonly machineId: string | undefined;
  /** Paths of authorized_keys files that hold a key. */
  readonly authorizedKeys: readonly string[];
  /** Swap in fstab, or a swap file at a usual place. */
  readonly swap: readonly string[];
  /** Installed Debian packages; undefined where dpkg does not manage the image. */
  readonly packages: ReadonlySet<string> | undefined;
  /** Lock files of package managers and accounts that hold up the next user of them. */
  readonly lockFiles: readonly string[];
  /** Settings of sshd in the order of their files; the first value of a keyword counts (sshd_config(5)). */
  readonly sshd: ReadonlyMap<string, string>;
  /** `[Section] Key` to value; the last one counts. */
  readonly journald: ReadonlyMap<string, string>;
  readonly coredump: ReadonlyMap<string, string>;
  /** Package repositories that apt is told of; undefined where apt is not there. */
  readonly repositories: readonly Repository[] | undefined;
  /** Kernel command lines of the boot menu, one for each entry. */
  readonly kernelLines: readonly string[];
  /** apt.conf(5) settings that this baseline looks at, the last one counts. */
  readonly apt: ReadonlyMap<string, string>;
  /** Files that update-motd runs at each login. */
  readonly motd: readonly string[];
  /** Units that start at boot. */
  readonly enabledUnits: ReadonlySet<string>;
  readonly permissions: FilePermissions;
}

const HOST_KEY = /^ssh_host_.*_key(\.pub)?$/;
const LOCKS = [
  '/etc/passwd.lock',
  '/etc/shadow.lock',
  '/etc/group.lock',
  '/etc/gshadow.lock',
  '/etc/.pwd.lock',
];

export async function readBaselineFacts(session: RootSession): Promise<BaselineFacts> {
  const text = async (file: string): Promise<string> =>
    String((await session.readFile(file, 16 * 1024 * 1024)) ?? '');
  const passwd = colonFile(await text('/etc/passwd'));
  const machineId = await session.readFile('/etc/machine-id');
  const fstab = parseFstab(await text('/etc/fstab'));
  const [etc, root] = [await session.list('/etc'), await session.list('/')];
  return {
    passwd,
    shadow: colonFile(await text('/etc/shadow')),
    formerShadow: colonFile(await text('/etc/shadow-')),
    hostKeys: (await session.list('/etc/ssh')).filter((name) => HOST_KEY.test(name)),
    machineId: machineId && String(machineId).trim(),
    authorizedKeys: await keyFiles(session, passwd),
    swap: [
      ...fstab.filter(({ type }) => type === 'swap').map(({ source }) => source),
      ...root.filter((name) => ['swapfile', 'swap.img'].includes(name)).map((name) => `/${name}`),
    ],
    packages: dpkgPackages(await text('/var/lib/dpkg/status')),
    // .pwd.lock is empty and stays: only the others are left-overs.
    lockFiles: LOCKS.filter(
      (file) => !file.endsWith('.pwd.lock') && etc.includes(file.slice('/etc/'.length)),
    ),
    sshd: await sshdSettings(session),
    journald: await iniSettings(session, 'journald.conf'),
    coredump: await iniSettings(session, 'coredump.conf'),
    repositories: await readRepositories(session),
    kernelLines: kernelLines(await text('/boot/grub/grub.cfg')),
    apt: await aptSettings(session),
    motd: await session.list('/etc/update-motd.d'),
    enabledUnits: await enabledUnits(session),
    permissions: await readPermissions(session),
  };
}

function colonFile(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => line.split(':'));
}

async function keyFiles(
  session: RootSession,
  passwd: readonly (readonly string[])[],
): Promise<readonly string[]> {
  const homes = new Set(passwd.map((entry) => entry[5] ?? '').filter((home) => home.startsWith('/')));
  const found: string[] = [];
  for (const home of [...homes].sort()) {
    for (const name of ['authorized_keys', 'authorized_keys2']) {
      const file = `${home}/.ssh/${name}`.replace(/^\/\//, '/');
      if (String((await session.readFile(file)) ?? '').trim() !== '') {
        found.push(file);
      }
    }
  }
  return found;
}

/** Names of the packages that are installed; undefined for an empty or missing database. */
export function dpkgPackages(status: string): ReadonlySet<string> | undefined {
  const names = status
    .split('\n\n')
    .filter((entry) => /^Status: \S+ \S+ installed$/m.test(entry))
    .flatMap((entry) => /^Package: (\S+)$/m.exec(entry)?.[1] ?? []);
  return names.length > 0 ? new Set(names) : undefined;
}

async function sshdSettings(session: RootSession): Promise<ReadonlyMap<string, string>> {
  const main = String((await session.readFile('/etc/ssh/sshd_config')) ?? '');
  const folder = '/etc/ssh/sshd_config.d';
  const names = (await session.list(folder)).filter((name) => name.endsWith('.conf'));
  const parts = await Promise.all(
    names.map(async (name) => String((await session.readFile(`${folder}/${name}`)) ?? '')),
  );
  const lines = main
    .split('\n')
    .flatMap((line) =>
      /^\s*Include\s+\S*sshd_config\.d\//i.test(line) ? parts.join('\n').split('\n') : [line],
    );
  return parseSshd(lines);
}

/** Settings outside of Match blocks, keywords in lower case. */
export function parseSshd(lines: readonly string[]): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] = /^\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? [];
    if (key?.toLowerCase() === 'match') {
      break;
    }
    if (key && value !== undefined && !settings.has(key.toLowerCase())) {
      settings.set(key.toLowerCase(), value);
    }
  }
  return settings;
}

async function iniSettings(session: RootSession, name: string): Promise<ReadonlyMap<string, string>> {
  const settings = new Map<string, string>();
  for (const folder of ['/usr/lib/systemd', '/etc/systemd']) {
    const drops = (await session.list(`${folder}/${name}.d`)).filter((file) => file.endsWith('.conf'));
    for (const file of [`${folder}/${name}`, ...drops.map((drop) => `${folder}/${name}.d/${drop}`)]) {
      for (const [, key = '', value = ''] of String((await session.readFile(file)) ?? '').matchAll(
        /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/gm,
      )) {
        settings.set(key, value);
      }
    }
  }
  return settings;
}

/** What follows the kernel in the `linux` lines of a grub.cfg. */
export function kernelLines(grub: string): readonly string[] {
  return [...grub.matchAll(/^[ \t]*linux(?:efi|16)?[ \t]+\S+[ \t]*(.*)$/gm)].map(([, line = '']) =>
    line.trim(),
  );
}

async function enabledUnits(session: RootSession): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const folder of ['/etc/systemd/system', '/usr/lib/systemd/system']) {
    for (const entry of await session.list(folder)) {
      if (entry.endsWith('.wants')) {
        for (const unit of await session.list(`${folder}/${entry}`)) {
          names.add(unit);
        }
      }
    }
  }
  return names;
}
