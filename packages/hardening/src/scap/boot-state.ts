import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RootSession } from '@golden-image/disk';
import { parseFstab } from '@golden-image/disk';

/**
 * What a scan of a disk at rest cannot see: the mounts and the kernel settings that the image makes when it boots.
 * Both are read from the image's own files, in systemd's order, and shown to the scanner in place of the host's, which
 * say nothing about the image. `run-fvt` repeats the scan in the booted image.
 */
export interface BootState {
  /** tmpfs mounts by path. */
  readonly tmpfs: readonly { readonly target: string; readonly options: string }[];
  /**
   * `net/ipv4/ip_forward` to value, as sysctl.d sets them, and `kernel/osrelease` of the kernel that will boot; what no
   * file sets is not here.
   */
  readonly kernelSettings: ReadonlyMap<string, string>;
}

/** sysctl.d(5), highest priority first. */
const SYSCTL_FOLDERS = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d'];
const UNIT_FOLDERS = ['/etc/systemd/system', '/usr/lib/systemd/system'];

export async function readBootState(session: RootSession): Promise<BootState> {
  const settings = await readKernelSettings(session);
  const release = newestKernel(await session.list('/usr/lib/modules'));
  return {
    tmpfs: await readTmpfs(session),
    kernelSettings: release === undefined ? settings : new Map([...settings, ['kernel/osrelease', release]]),
  };
}

/** The kernel that boots when there are several: the boot loader takes the highest version. */
export function newestKernel(releases: readonly string[]): string | undefined {
  return [...releases].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}

async function readKernelSettings(session: RootSession): Promise<ReadonlyMap<string, string>> {
  // The same name in a folder of higher priority hides the others; all files together go in the order of their names.
  const files = new Map<string, string>();
  for (const folder of SYSCTL_FOLDERS) {
    for (const name of await session.list(folder)) {
      if (name.endsWith('.conf') && !files.has(name)) {
        files.set(name, `${folder}/${name}`);
      }
    }
  }
  const settings = new Map<string, string>();
  for (const [, file] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [key, value] of parseSysctl(String((await session.readFile(file)) ?? ''))) {
      settings.set(key, value);
    }
  }
  return settings;
}

/**
 * The plain settings of a sysctl.d file, keys as paths below /proc/sys. Patterns (`net.ipv4.conf.*.rp_filter`) are left
 * out: they apply to the interfaces of the running system, and never to a key that is set explicitly.
 */
export function parseSysctl(text: string): readonly (readonly [string, string])[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line) && line.includes('='))
    .map((line) => {
      const at = line.indexOf('=');
      const key = line.slice(0, at).trim().replace(/^-/, '');
      // The first separator decides: with a slash first, dots are part of a name (an interface).
      const name = /^[^./]*\//.test(key) ? key : key.replace(/[./]/g, (c) => (c === '.' ? '/' : '.'));
      return [name, line.slice(at + 1).trim()] as const;
    })
    .filter(([key]) => /^[\w.-]+(\/[\w.:-]+)+$/.test(key) && !key.split('/').includes('..'));
}

/** Read by programs whatever they do; the values are the kernel's own defaults. */
const ALWAYS: readonly (readonly [string, string])[] = [
  ['kernel/ostype', 'Linux'],
  ['kernel/ngroups_max', '65536'],
  ['kernel/cap_last_cap', '40'],
  ['kernel/overflowuid', '65534'],
  ['kernel/overflowgid', '65534'],
  ['kernel/pid_max', '4194304'],
];

/** Writes a folder that stands in for /proc/sys. */
export async function writeKernelSettings(
  settings: ReadonlyMap<string, string>,
  folder: string,
): Promise<void> {
  for (const [key, value] of [...ALWAYS, ...settings]) {
    const file = path.join(folder, key);
    // A key cannot be a folder too: the first one written stays.
    await mkdir(path.dirname(file), { recursive: true }).then(
      () => writeFile(file, `${value}\n`).catch(() => {}),
      () => {},
    );
  }
}

async function readTmpfs(session: RootSession): Promise<BootState['tmpfs']> {
  const fstab = parseFstab(String((await session.readFile('/etc/fstab')) ?? ''));
  const mounts = new Map<string, string>([['/dev/shm', 'mode=1777,nosuid,nodev']]);
  const unit = await readTmpMount(session);
  if (unit !== undefined) {
    mounts.set('/tmp', unit);
  }
  for (const { target, type, options } of fstab) {
    if (type === 'tmpfs' && target.startsWith('/') && target !== '/') {
      mounts.set(target, mountOptions(options));
    }
  }
  return [...mounts].map(([target, options]) => ({ target, options }));
}

/** Options of systemd's tmp.mount when the image mounts /tmp that way (Debian 13 does unless it is masked). */
async function readTmpMount(session: RootSession): Promise<string | undefined> {
  for (const folder of UNIT_FOLDERS) {
    const text = await session.readFile(`${folder}/tmp.mount`);
    const names = await session.list(folder);
    if (!names.includes('tmp.mount')) {
      continue;
    }
    const wanted = await Promise.all(
      UNIT_FOLDERS.map(async (unit) =>
        (await session.list(`${unit}/local-fs.target.wants`)).includes('tmp.mount'),
      ),
    );
    // A masked unit is a link to /dev/null.
    if (!text || !/^Where=\/tmp$/m.test(String(text)) || !wanted.includes(true)) {
      return undefined;
    }
    const options = [String(text), ...(await dropIns(session))]
      .flatMap((part) => [...part.matchAll(/^Options=(.*)$/gm)])
      .at(-1)?.[1];
    return mountOptions((options ?? 'mode=1777').split(','));
  }
  return undefined;
}

async function dropIns(session: RootSession): Promise<readonly string[]> {
  const folder = '/etc/systemd/system/tmp.mount.d';
  const names = (await session.list(folder)).filter((name) => name.endsWith('.conf'));
  return Promise.all(names.map(async (name) => String((await session.readFile(`${folder}/${name}`)) ?? '')));
}

/** Only options that say what the scan asks for; sizes and what belongs to systemd are left out. */
function mountOptions(options: readonly string[]): string {
  const known = ['nosuid', 'nodev', 'noexec', 'strictatime', 'noatime', 'relatime', 'rw', 'ro'];
  const kept = options
    .map((option) => option.trim())
    .filter((option) => known.includes(option) || /^mode=[0-7]{3,4}$/.test(option));
  return kept.length > 0 ? kept.join(',') : 'rw';
}
