import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestKey } from './local-mirror.ts';
import { signRpms, writeRepodata } from './rpm-build.ts';
import { copyUserland, standInRpms, type Userland } from './rpm-userland.ts';
import { realPackages } from './small-medium.ts';

const DRACUT = '#!/bin/sh\nfor last; do :; done\necho "dracut $*" > "$last"\n';
const SYSTEMCTL = '#!/bin/sh\n[ "$3" != none.service ]\n';

/** What a real system's packages require of each other, and package scripts of all. */
const COMMANDS = [
  'bash',
  'coreutils',
  'dash',
  'diffutils',
  'findutils',
  'grep',
  'gzip',
  'libc-bin',
  'mawk',
  'sed',
  'tar',
];

/** Stand-ins for the large packages of the RHEL family: what the engine calls of them. */
const EL_STAND_INS = {
  'kernel-core': { files: { '/usr/lib/modules/6.0-test/vmlinuz': 'not a kernel' } },
  dracut: { files: { '/usr/bin/dracut': DRACUT } },
  'dracut-config-generic': {},
  systemd: { files: { '/usr/bin/systemctl': SYSTEMCTL }, requires: COMMANDS },
  'systemd-udev': {},
  dnf: {},
  'selinux-policy-targeted': {},
  policycoreutils: {},
  'cloud-init': { requires: ['dbus'] },
  'cloud-utils-growpart': {},
  NetworkManager: { licence: 'GPLv2+ and LGPLv2+' },
  dbus: {},
  'glibc-minimal-langpack': {},
  'grub2-efi-x64': { files: { '/boot/efi/EFI/almalinux/grubx64.efi': 'not GRUB' } },
  'shim-x64': {
    files: {
      '/boot/efi/EFI/almalinux/shimx64.efi': 'not a shim',
      '/boot/efi/EFI/almalinux/mmx64.efi': 'not a key manager',
    },
  },
} as const;

export type StandIns = Parameters<typeof standInRpms>[2];

/**
 * The repositories of a small AlmaLinux below `mirror/9`: BaseOS has the userland and the stand-ins, AppStream
 * `appstream`. Packages and indexes are signed.
 */
export async function elMirror(
  mirror: string,
  folder: string,
  key: TestKey,
  appstream: StandIns,
): Promise<void> {
  await elRepositories(mirror, folder, key, {
    userland: undefined,
    base: {
      ...EL_STAND_INS,
      'almalinux-release': {
        files: { '/etc/os-release': 'ID=almalinux\nVERSION_ID=9\n' },
        requires: ['setup'],
      },
    },
    appstream,
  });
}

/** What boots of Debian: real kernel, initrd tools, init, network and SSH server. */
const bootable = (name: string, renamed: Userland['renamed']): Userland => ({
  name,
  renamed,
  packages: () =>
    realPackages('rpm-bootable-1-debs', [
      ...['passwd', 'tzdata', 'e2fsprogs', 'grub2-common', 'grub-pc-bin', 'grub-efi-amd64-bin'],
      ...['linux-image-cloud-amd64', 'dracut', 'systemd', 'systemd-sysv', 'udev', 'kmod', 'mount', 'login'],
      ...['dbus', 'cpio', 'zstd', 'openssh-server', 'iproute2', 'procps', 'netbase'],
    ]),
  // Those families have no scripts of System V init, and these files of the kernel's beside its modules.
  change: async (packageName, root) => {
    await rm(path.join(root, 'etc/init.d'), { recursive: true, force: true });
    if (packageName === 'openssh-server') {
      // Debian's script copies it.
      await cp(path.join(root, 'usr/share/openssh/sshd_config'), path.join(root, 'etc/ssh/sshd_config'));
    }
    if (packageName !== renamed['linux-image']) {
      return;
    }
    for (const file of await readdir(path.join(root, 'boot'))) {
      const [, kind = '', version = ''] = /^(vmlinuz|config|System\.map)-(.+)$/.exec(file) ?? [];
      await rename(path.join(root, 'boot', file), path.join(root, 'usr/lib/modules', version, kind));
    }
  },
});

/** What a boot to sshd needs, which nothing else of a small system requires. */
const BOOT_REQUIRES = ['systemd', 'systemd-sysv', 'mount', 'login', 'procps', 'netbase', 'zstd', 'cpio'];

/**
 * A small AlmaLinux that boots: kernel, dracut, systemd, GRUB, sshd and all below them are Debian's, repackaged. Only
 * what a boot to sshd does not need is a stand-in.
 */
export async function bootableElMirror(mirror: string, folder: string, key: TestKey): Promise<void> {
  const real = ['kernel-core', 'dracut', 'systemd', 'systemd-udev', 'dbus', 'grub2-efi-x64', 'shim-x64'];
  const others = Object.entries(EL_STAND_INS).filter(([name]) => !real.includes(name));
  await elRepositories(mirror, folder, key, {
    userland: bootable('rpm-bootable-1', {
      ...{ 'linux-image': 'kernel-core', udev: 'systemd-udev' },
      'grub-efi-amd64-bin': 'grub2-efi-x64-modules',
    }),
    base: {
      ...Object.fromEntries(others),
      'almalinux-release': {
        files: {
          '/etc/os-release': 'ID=almalinux\nNAME=AlmaLinux\nPRETTY_NAME="A small AlmaLinux"\nVERSION_ID=9\n',
        },
        requires: [...COMMANDS, 'setup', 'systemd-udev', ...BOOT_REQUIRES],
        // As the packages' own scripts in that family do: the accounts that they bring.
        post: 'systemd-sysusers',
      },
    },
    appstream: { nothing: {} },
  });
}

async function elRepositories(
  mirror: string,
  folder: string,
  key: TestKey,
  content: { readonly userland: Userland | undefined; readonly base: StandIns; readonly appstream: StandIns },
): Promise<void> {
  const base = path.join(mirror, '9/BaseOS/x86_64/os');
  const app = path.join(mirror, '9/AppStream/x86_64/os');
  await mkdir(app, { recursive: true });
  await copyUserland(path.join(base, 'Packages'), content.userland);
  await standInRpms(path.join(base, 'Packages'), folder, content.base);
  await standInRpms(path.join(app, 'Packages'), folder, content.appstream);
  for (const repository of [base, app]) {
    await signRpms(repository, key);
    await writeRepodata(repository, key);
  }
}

/** A medium's tree from a mirror's: as the vendor's, each repository in a folder, `.treeinfo` at the top. */
export async function elMediumTree(mirror: string, target: string): Promise<void> {
  for (const name of ['BaseOS', 'AppStream']) {
    await cp(path.join(mirror, `9/${name}/x86_64/os`), path.join(target, name), { recursive: true });
  }
}

/** Stand-ins of a SUSE system; some names only lead to the userland's. */
const SUSE_STAND_INS = {
  'openSUSE-release': { files: { '/etc/os-release': 'ID="opensuse-leap"\nVERSION_ID="16.0"\n' } },
  'kernel-default': { files: { '/usr/lib/modules/6.0-test/vmlinuz': 'not a kernel' } },
  dracut: { files: { '/usr/bin/dracut': DRACUT } },
  systemd: { files: { '/usr/bin/systemctl': SYSTEMCTL }, requires: COMMANDS },
  udev: {},
  shadow: { requires: ['shadow-utils'] },
  zypper: {},
  rpm: {},
  'cloud-init': {},
  growpart: {},
  NetworkManager: {},
  'dbus-1': {},
  grub2: { requires: ['grub2-tools'] },
  'grub2-i386-pc': { requires: ['grub2-pc-modules'] },
  'grub2-x86_64-efi': { files: { '/usr/share/efi/x86_64/grub.efi': 'not GRUB' } },
  shim: {
    files: {
      '/usr/share/efi/x86_64/shim.efi': 'not a shim',
      '/usr/share/efi/x86_64/MokManager.efi': 'not a key manager',
    },
  },
  timezone: { requires: ['tzdata'] },
} as const;

/** The same as a small openSUSE Leap. */
export async function bootableLeapMirror(target: string, folder: string, key: TestKey): Promise<void> {
  const real = ['kernel-default', 'dracut', 'systemd', 'udev', 'grub2-x86_64-efi', 'shim'];
  const others = Object.entries(SUSE_STAND_INS).filter(([name]) => !real.includes(name));
  await mkdir(target, { recursive: true });
  await copyUserland(
    target,
    bootable('rpm-bootable-suse-1', {
      ...{ 'linux-image': 'kernel-default', 'grub-efi-amd64-bin': 'grub2-x86_64-efi' },
    }),
  );
  await standInRpms(target, folder, {
    ...Object.fromEntries(others),
    'dbus-1': { requires: ['dbus'] },
    'openSUSE-release': {
      files: {
        '/etc/os-release':
          'ID="opensuse-leap"\nNAME="openSUSE Leap"\nPRETTY_NAME="A small openSUSE"\nVERSION_ID="16.0"\n',
        '/usr/etc/SUSE-brand': 'openSUSE\nVERSION = 16.0\n',
      },
      requires: [...COMMANDS, 'setup', 'udev', ...BOOT_REQUIRES],
      post: 'systemd-sysusers',
    },
  });
  await signRpms(target, key);
  await writeRepodata(target, key);
}

/** A signed repository of a small openSUSE Leap, with further packages. */
export async function leapMirror(
  target: string,
  folder: string,
  key: TestKey,
  packages: StandIns,
): Promise<void> {
  await mkdir(target, { recursive: true });
  await copyUserland(target);
  await standInRpms(target, folder, { ...SUSE_STAND_INS, ...packages });
  await signRpms(target, key);
  await writeRepodata(target, key);
}
