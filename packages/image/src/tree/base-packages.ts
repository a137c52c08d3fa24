import type { Definition } from '../definition/schema.ts';

/** A package that the engine adds, and why. */
export interface NeededPackage {
  readonly name: string;
  readonly why: string;
}

/** What a bootable Debian system needs beside the essential packages and those of the definition. */
export function neededPackages(definition: Definition): readonly NeededPackage[] {
  const { firmware, kernel } = definition;
  const boot = [
    { name: kernel.package ?? `linux-image-cloud-${definition.architecture}`, why: 'kernel' },
    { name: 'initramfs-tools', why: 'initrd' },
    { name: 'zstd', why: 'compression of the initrd' },
    { name: 'systemd-sysv', why: 'init' },
    { name: 'udev', why: 'devices' },
    { name: 'kmod', why: 'kernel modules' },
    { name: 'mount', why: 'file systems' },
    { name: 'passwd', why: 'accounts' },
    { name: 'e2fsprogs', why: 'file system of root' },
    { name: 'grub2-common', why: 'boot loader: update-grub for later kernels' },
  ];
  const bios = [{ name: 'grub-pc-bin', why: 'boot loader for BIOS' }];
  const uefi = [
    { name: 'grub-efi-amd64-bin', why: 'boot loader for UEFI' },
    { name: 'grub-efi-amd64-signed', why: 'boot loader for UEFI, signed' },
    { name: 'shim-signed', why: 'Secure Boot' },
  ];
  const cloud = [
    { name: 'cloud-init', why: 'first boot' },
    { name: 'cloud-guest-utils', why: 'growing root at first boot' },
    { name: 'netplan.io', why: 'network from cloud-init' },
    { name: 'systemd-resolved', why: 'name resolution' },
    { name: 'libpam-systemd', why: 'sessions' },
    { name: 'dbus', why: 'system bus' },
  ];
  const optional = [
    ...(definition.locale.startsWith('C.') ? [] : [{ name: 'locales', why: 'locale' }]),
    ...(definition['unattended-upgrades']
      ? [{ name: 'unattended-upgrades', why: 'unattended-upgrades' }]
      : []),
    { name: 'tzdata', why: 'timezone' },
  ];
  return [
    ...boot,
    ...(firmware === 'uefi' ? [] : bios),
    ...(firmware === 'bios' ? [] : uefi),
    ...cloud,
    ...optional,
  ];
}
