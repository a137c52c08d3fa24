import type { Definition } from '../../definition/schema.ts';
import { type AskedDisk, askedDisk, ESP_MIB } from './layout.ts';

/**
 * The answers for Ubuntu's Subiquity, as cloud-init user-data. Source: Ubuntu's autoinstall reference (version 1) and
 * curtin's storage configuration (version 1). JSON is YAML, so that no value can break out of its place.
 */
export function autoinstall(definition: Definition): string {
  const disk = askedDisk(definition);
  const { locale, timezone, packages, kernel } = definition;
  const content = {
    autoinstall: {
      version: 1,
      'interactive-sections': [],
      locale,
      timezone,
      keyboard: { layout: 'us' },
      // No identity: with user-data, no account is made. Locked and without users; cloud-init makes them later.
      'user-data': { users: [], disable_root: true },
      ssh: { 'install-server': true, 'allow-pw': false },
      apt: { fallback: 'offline-install' },
      updates: 'security',
      packages: packages.add,
      ...(kernel.package ? { kernel: { package: kernel.package } } : {}),
      'kernel-crash-dumps': { enabled: false },
      storage: { version: 1, swap: { size: 0 }, config: storage(disk) },
      'late-commands': commandLine(kernel['command-line']),
      shutdown: 'poweroff',
    },
  };
  return `#cloud-config\n${JSON.stringify(content, null, 2)}\n`;
}

/** curtin takes what is written to a file in /etc/default/grub.d; lists of arguments, no shell. */
function commandLine(parameters: readonly string[]): readonly (readonly string[])[] {
  if (parameters.length === 0) {
    return [];
  }
  const file = '/target/etc/default/grub.d/60-image.cfg';
  const text = `GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX ${parameters.join(' ')}"`;
  return [
    ['python3', '-c', 'import sys; open(sys.argv[1], "w").write(sys.argv[2] + "\\n")', file, text],
    ['curtin', 'in-target', '--target=/target', '--', 'update-grub'],
  ];
}

/** curtin's actions: the disk, its partitions, file systems, mounts; parents before children. */
function storage({ firmware, filesystem }: AskedDisk): readonly object[] {
  const uefi = firmware === 'uefi';
  const disk = { id: 'disk', type: 'disk', ptable: 'gpt', path: '/dev/vda', wipe: 'superblock-recursive' };
  const partition = { type: 'partition', device: 'disk' };
  return [
    { ...disk, grub_device: !uefi },
    uefi
      ? { ...partition, id: 'boot', size: `${ESP_MIB}M`, flag: 'boot', grub_device: true }
      : { ...partition, id: 'boot', size: '1M', flag: 'bios_grub' },
    // -1 takes what is left.
    { ...partition, id: 'root', size: -1 },
    { id: 'root-fs', type: 'format', volume: 'root', fstype: filesystem },
    { id: 'root-mount', type: 'mount', device: 'root-fs', path: '/' },
    ...(uefi
      ? [
          { id: 'boot-fs', type: 'format', volume: 'boot', fstype: 'fat32' },
          { id: 'boot-mount', type: 'mount', device: 'boot-fs', path: '/boot/efi' },
        ]
      : []),
  ];
}
