import type { Definition } from '../definition/schema.ts';
import type { NeededPackage } from '../family/family.ts';
import { rpmDistribution } from '../rpm/distributions.ts';

const FILE_SYSTEM_TOOLS = { ext4: 'e2fsprogs', xfs: 'xfsprogs', btrfs: 'btrfs-progs' } as const;
const EFI = { amd64: 'x64', arm64: 'aa64' } as const;

/** What a bootable system of the RHEL family needs beside what these need in turn and the definition's packages. */
export function neededPackages(definition: Definition): readonly NeededPackage[] {
  const system = [
    { name: releaseOf(definition), why: 'identity and repositories' },
    { name: definition.kernel.package ?? 'kernel-core', why: 'kernel' },
    { name: 'dracut', why: 'initrd' },
    { name: 'dracut-config-generic', why: 'initrd for any machine' },
    { name: 'systemd', why: 'init' },
    { name: 'systemd-udev', why: 'devices' },
    { name: 'kmod', why: 'kernel modules' },
    { name: 'util-linux', why: 'file systems' },
    { name: 'shadow-utils', why: 'accounts' },
    { name: 'dnf', why: 'updates' },
    { name: 'selinux-policy-targeted', why: 'access control' },
    { name: 'policycoreutils', why: 'access control: labels of files' },
  ];
  const cloud = [
    { name: 'cloud-init', why: 'first boot' },
    { name: 'cloud-utils-growpart', why: 'growing root at first boot' },
    { name: 'NetworkManager', why: 'network from cloud-init' },
    { name: 'dbus', why: 'system bus' },
  ];
  return [...system, ...cloud, ...neededOnDisk(definition)];
}

/** What a vendor's system needs to get a disk of the definition's layout. */
export function neededOnDisk(definition: Definition): readonly NeededPackage[] {
  const { locale } = definition;
  return [
    { name: FILE_SYSTEM_TOOLS[definition.disk.filesystem], why: 'file system of root' },
    { name: 'grub2-tools', why: 'boot loader: later kernels' },
    ...bootLoaders(definition),
    {
      name: locale.startsWith('C.') ? 'glibc-minimal-langpack' : `glibc-langpack-${locale.split('_')[0]}`,
      why: 'locale',
    },
    ...(definition['unattended-upgrades'] ? [{ name: 'dnf-automatic', why: 'unattended-upgrades' }] : []),
    { name: 'tzdata', why: 'timezone' },
  ];
}

function bootLoaders({
  architecture,
  firmware,
  'secure-boot': secureBoot,
}: Definition): readonly NeededPackage[] {
  const machine = EFI[architecture];
  const bios = [{ name: 'grub2-pc-modules', why: 'boot loader for BIOS' }];
  const uefi = secureBoot
    ? [
        { name: `grub2-efi-${machine}`, why: 'boot loader for UEFI, signed' },
        { name: `shim-${machine}`, why: 'Secure Boot' },
      ]
    : [{ name: `grub2-efi-${machine}-modules`, why: 'boot loader for UEFI' }];
  return [...(firmware === 'uefi' ? [] : bios), ...(firmware === 'bios' ? [] : uefi)];
}

function releaseOf({ distribution }: Definition): string {
  const known = rpmDistribution(distribution);
  if (!known) {
    throw new Error(`${distribution} has no RPM packages`);
  }
  return known.releasePackage;
}
