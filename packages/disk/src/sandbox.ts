/** What a program of the image may do besides reading what everybody can. */
export type Powers = 'read' | 'change';

/** What configuring files and accounts, and installing packages, takes. */
export const CHANGE_CAPABILITIES = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_LINUX_IMMUTABLE',
  'CAP_SETFCAP',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SYS_CHROOT',
] as const;

/**
 * `read`: look at every file. `change`: what configuring files and accounts takes. Neither may mount, reboot, load
 * modules, change the kernel, the clock or the network, make device nodes or trace other processes.
 */
const CAPABILITIES: Readonly<Record<Powers, readonly string[]>> = {
  read: ['CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_SETUID', 'CAP_SETGID'],
  change: CHANGE_CAPABILITIES,
};

/** Writing there needs no capability, only user 0: settings of the runner's kernel and its command keys. */
export const KERNEL_FILES = [
  '/proc/sys',
  '/proc/sysrq-trigger',
  '/proc/irq',
  '/proc/bus',
  '/proc/acpi',
  '/proc/fs',
] as const;

/** A file or folder of the host that is shown inside. */
export interface Bind {
  readonly source: string;
  readonly target: string;
  readonly writable?: boolean;
}

export interface Sandbox {
  /** The folder that becomes `/`. */
  readonly root: string;
  readonly powers: Powers;
  readonly binds?: readonly Bind[];
  /** Folders that are empty and private; `/run` always is. */
  readonly emptyFolders?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/**
 * The bubblewrap command line that runs a program with `root` as its whole file system (pivot_root: there is no way
 * back), a minimal `/dev`, a `/proc` of its own processes, no `/sys`, no network and few capabilities.
 */
export function sandboxed(
  sandbox: Sandbox,
  command: string,
  args: readonly string[],
): readonly [string, string[]] {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', HOME: '/root', ...sandbox.env };
  return [
    'bwrap',
    [
      ...['--bind', sandbox.root, '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/run'],
      ...KERNEL_FILES.flatMap((file) => ['--ro-bind-try', file, file]),
      ...(sandbox.emptyFolders ?? []).flatMap((folder) => ['--tmpfs', folder]),
      ...(sandbox.binds ?? []).flatMap(({ source, target, writable }) => [
        writable ? '--bind' : '--ro-bind',
        source,
        target,
      ]),
      ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--die-with-parent'],
      ...['--new-session', '--hostname', 'localhost', '--cap-drop', 'ALL'],
      ...CAPABILITIES[sandbox.powers].flatMap((name) => ['--cap-add', name]),
      '--clearenv',
      ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
      ...['--chdir', sandbox.cwd ?? '/', '--', command, ...args],
    ],
  ];
}
