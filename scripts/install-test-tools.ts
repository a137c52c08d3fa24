/**
 * Brings the host tools that the tests need, through the system's package manager (`npm pretest`).
 * A tool that cannot be had is a failure: no test skips itself.
 */
import { actionsLog, aptTools } from '@golden-image/action-kit';
import { describeError, type HostTool, systemClock } from '@golden-image/host';

const tools: readonly HostTool[] = [
  { command: 'setpriv', package: 'util-linux' },
  { command: 'gpg', package: 'gnupg' },
  { command: 'gpgv', package: 'gpgv' },
  { command: 'sq', package: 'sq' },
  { command: 'sqv', package: 'sqv' },
  { command: 'minisign', package: 'minisign' },
  { command: 'dpkg-deb', package: 'dpkg' },
  { command: '/usr/share/keyrings/debian-archive-keyring.gpg', package: 'debian-archive-keyring' },
  { command: 'genisoimage', package: 'genisoimage' },
  { command: '/usr/lib/grub-rescue/grub-rescue-cdrom.iso', package: 'grub-rescue-pc' },
  { command: '/usr/lib/memtest86+/memtest86+x64.iso', package: 'memtest86+' },
  { command: 'cpio', package: 'cpio' },
  { command: 'xz', package: 'xz-utils' },
  { command: 'zstd', package: 'zstd' },
  { command: '/usr/share/OVMF/OVMF_CODE_4M.fd', package: 'ovmf' },
  { command: 'bwrap', package: 'bubblewrap' },
  { command: '/bin/busybox', package: 'busybox-static' },
  { command: '/usr/share/distro-info/debian.csv', package: 'distro-info-data' },
  { command: 'apt-ftparchive', package: 'apt-utils' },
  { command: 'openssl', package: 'openssl' },
  { command: 'xorriso', package: 'xorriso' },
  { command: 'qemu-system-x86_64', package: 'qemu-system-x86' },
  { command: 'qemu-system-aarch64', package: 'qemu-system-arm' },
  {
    command: process.arch === 'arm64' ? 'qemu-x86_64-static' : 'qemu-aarch64-static',
    package: 'qemu-user-static',
  },
  { command: 'arch-test', package: 'arch-test' },
  { command: 'swtpm', package: 'swtpm' },
  { command: 'qemu-img', package: 'qemu-utils' },
  { command: 'mmdebstrap', package: 'mmdebstrap' },
  { command: 'oscap', package: 'openscap-scanner' },
  { command: 'sfdisk', package: 'fdisk' },
  { command: 'mke2fs', package: 'e2fsprogs' },
  { command: 'mkfs.xfs', package: 'xfsprogs' },
  { command: 'mkfs.btrfs', package: 'btrfs-progs' },
  { command: 'pvcreate', package: 'lvm2' },
  { command: 'cryptsetup', package: 'cryptsetup-bin' },
  { command: 'mcopy', package: 'mtools' },
  { command: 'mkfs.vfat', package: 'dosfstools' },
  { command: 'ssh', package: 'openssh-client' },
  { command: '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1', package: 'libfaketime' },
  { command: 'git', package: 'git' },
  { command: 'rpmbuild', package: 'rpm' },
  { command: 'createrepo_c', package: 'createrepo-c' },
  { command: 'dnf', package: 'dnf' },
  { command: 'zypper', package: 'zypper' },
  { command: 'systemd-analyze', package: 'systemd' },
  { command: 'python3', package: 'python3-minimal' },
  { command: 'xmllint', package: 'libxml2-utils' },
  { command: 'chromium', package: 'chromium' },
];

const log = actionsLog(systemClock);
try {
  await aptTools({ install: true, log }).ensure(tools);
} catch (error) {
  const { message, fix, detail } = describeError(error);
  console.error([message, fix, detail].filter(Boolean).join('\n'));
  process.exitCode = 1;
}
