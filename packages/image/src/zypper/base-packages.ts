import type { Definition } from '../definition/schema.ts';
import type { NeededPackage } from '../family/family.ts';

const FILE_SYSTEM_TOOLS = { ext4: 'e2fsprogs', xfs: 'xfsprogs', btrfs: 'btrfsprogs' } as const;

/** In the names of GRUB's packages. */
const EFI = { amd64: 'x86_64', arm64: 'arm64' } as const;

/** What a bootable SUSE system needs beside what these need in turn and the definition's packages. */
export function neededPackages(definition: Definition): readonly NeededPackage[] {
  const leap = definition.distribution === 'opensuse-leap';
  const system = [
    leap ? { name: 'openSUSE-release', why: 'identity' } : { name: 'sles-release', why: 'identity' },
    // Its choice of modules holds the clouds' drivers.
    { name: definition.kernel.package ?? 'kernel-default', why: 'kernel' },
    { name: 'dracut', why: 'initrd' },
    { name: 'systemd', why: 'init' },
    { name: 'udev', why: 'devices' },
    { name: 'kmod', why: 'kernel modules' },
    { name: 'util-linux', why: 'file systems' },
    { name: 'shadow', why: 'accounts' },
    { name: 'zypper', why: 'updates' },
    { name: 'rpm', why: "rpm's database in the image's own format" },
  ];
  const cloud = [
    { name: 'cloud-init', why: 'first boot' },
    { name: 'growpart', why: 'growing root at first boot' },
    { name: 'NetworkManager', why: 'network from cloud-init' },
    { name: 'dbus-1', why: 'system bus' },
  ];
  return [...system, ...cloud, ...neededOnDisk(definition)];
}

/** What a vendor's system needs to get a disk of the definition's layout. */
export function neededOnDisk(definition: Definition): readonly NeededPackage[] {
  const uefi = definition.firmware !== 'bios';
  return [
    { name: FILE_SYSTEM_TOOLS[definition.disk.filesystem], why: 'file system of root' },
    { name: 'grub2', why: 'boot loader: later kernels' },
    ...(definition.firmware === 'uefi' ? [] : [{ name: 'grub2-i386-pc', why: 'boot loader for BIOS' }]),
    ...(uefi ? [{ name: `grub2-${EFI[definition.architecture]}-efi`, why: 'boot loader for UEFI' }] : []),
    ...(uefi && definition['secure-boot'] ? [{ name: 'shim', why: 'Secure Boot' }] : []),
    ...(definition.locale.startsWith('C.') ? [] : [{ name: 'glibc-locale', why: 'locale' }]),
    { name: 'timezone', why: 'timezone' },
  ];
}
