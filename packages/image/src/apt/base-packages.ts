import type { Definition } from '../definition/schema.ts';
import type { NeededPackage } from '../family/family.ts';
import { aptReleaseOf } from './distributions.ts';

const FILE_SYSTEM_TOOLS = { ext4: 'e2fsprogs', xfs: 'xfsprogs', btrfs: 'btrfs-progs' } as const;

/** What a bootable Debian system needs beside the essential packages and those of the definition. */
export function neededPackages(definition: Definition): readonly NeededPackage[] {
  const { architecture, kernel } = definition;
  const { kernel: kernelFor, release } = aptReleaseOf(definition);
  const boot = [
    { name: kernel.package ?? kernelFor(architecture), why: 'kernel' },
    { name: 'initramfs-tools', why: 'initrd' },
    { name: 'zstd', why: 'compression of the initrd' },
    { name: 'systemd-sysv', why: 'init' },
    { name: 'udev', why: 'devices' },
    { name: 'kmod', why: 'kernel modules' },
    { name: 'mount', why: 'file systems' },
    { name: 'passwd', why: 'accounts' },
  ];
  const cloud = [
    { name: 'cloud-init', why: 'first boot' },
    { name: 'cloud-guest-utils', why: 'growing root at first boot' },
    { name: 'netplan.io', why: 'network from cloud-init' },
    { name: 'systemd-resolved', why: 'name resolution' },
    { name: 'libpam-systemd', why: 'sessions' },
    { name: 'dbus', why: 'system bus' },
  ];
  return [...boot, ...cloud, ...release.needs, ...neededOnDisk(definition)];
}

/** What a vendor's system needs to get a disk of the definition's layout. */
export function neededOnDisk(definition: Definition): readonly NeededPackage[] {
  return [
    { name: FILE_SYSTEM_TOOLS[definition.disk.filesystem], why: 'file system of root' },
    { name: 'grub2-common', why: 'boot loader: update-grub for later kernels' },
    ...bootLoaders(definition),
    ...(definition.locale.startsWith('C.') ? [] : [{ name: 'locales', why: 'locale' }]),
    ...(definition['unattended-upgrades']
      ? [{ name: 'unattended-upgrades', why: 'unattended-upgrades' }]
      : []),
    { name: 'tzdata', why: 'timezone' },
  ];
}

function bootLoaders({
  architecture,
  firmware,
  'secure-boot': secureBoot,
}: Definition): readonly NeededPackage[] {
  const bios = [{ name: 'grub-pc-bin', why: 'boot loader for BIOS' }];
  const uefi = [
    { name: `grub-efi-${architecture}-bin`, why: 'boot loader for UEFI' },
    ...(secureBoot
      ? [
          { name: `grub-efi-${architecture}-signed`, why: 'boot loader for UEFI, signed' },
          { name: 'shim-signed', why: 'Secure Boot' },
        ]
      : []),
  ];
  return [...(firmware === 'uefi' ? [] : bios), ...(firmware === 'bios' ? [] : uefi)];
}
