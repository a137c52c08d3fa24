import type { LoadedDefinition, PlacedFile } from '../definition/read.ts';
import { grubDefaults } from '../disk/grub.ts';
import { fstab, type Layout } from '../disk/layout.ts';
import { DPKG_EXCLUDES } from './build-tree.ts';
import { CLAMP_TIMES, CLEAN_TREE } from './scripts.ts';

/**
 * In the root tree, after the definition's files lie in /mnt/files: puts them in place and applies the rest of the
 * definition. Exit status 3: what the definition names is not there; the last line of stderr says what.
 */
export const CUSTOMISE = `#!/bin/sh
set -eu
umask 022
absent() {
  echo "$1" >&2
  exit 3
}
zone=$(cat /mnt/timezone)
[ -f "/usr/share/zoneinfo/$zone" ] || absent "time zone $zone"
ln -sf "/usr/share/zoneinfo/$zone" /etc/localtime
echo "$zone" > /etc/timezone
${CLEAN_TREE}
# \`rm -rf /run/*\` left the stub's target out: a link that systemd-resolved brings to life.
ln -s ../run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
# No password for root, and none that could be tried.
sed -i 's/^root:[^:]*:/root:!*:/' /etc/shadow
tab=$(printf '\\t')
while IFS="$tab" read -r number mode owner group path; do
  getent passwd "$owner" > /dev/null || absent "user $owner (of the file $path)"
  getent group "$group" > /dev/null || absent "group $group (of the file $path)"
  install -D -T -m "$mode" -o "$owner" -g "$group" "/mnt/files/$number" "$path"
done < /mnt/files/list
while read -r verb unit; do
  systemctl --quiet "$verb" "$unit" > /dev/null 2>&1 || absent "unit $unit (services: $verb)"
done < /mnt/services
if [ -e /mnt/initrd ]; then
  update-initramfs -u -k all > /mnt/log/initrd 2>&1 || { cat /mnt/log/initrd >&2; exit 1; }
fi
# Mount points; the boot loader's folder.
xargs mkdir -p /boot/grub < /mnt/folders
if [ -e /usr/lib/grub/i386-pc/boot.img ] && [ -e /mnt/early.cfg ]; then
  mkdir -p /boot/grub/i386-pc
  cp /usr/lib/grub/i386-pc/*.mod /usr/lib/grub/i386-pc/*.lst /boot/grub/i386-pc/
  grub-mkimage -O i386-pc -p /boot/grub -c /mnt/early.cfg -o /mnt/boot/core.img $(cat /mnt/core-modules)
  cp /usr/lib/grub/i386-pc/boot.img /mnt/boot/boot.img
fi
if [ -e /usr/lib/shim/shimx64.efi.signed ]; then
  cp /usr/lib/shim/shimx64.efi.signed /mnt/boot/shim.efi
  cp /usr/lib/shim/mmx64.efi.signed /mnt/boot/mokmanager.efi
  cp /usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed /mnt/boot/grub.efi
fi
rm -rf /tmp/* /var/tmp/* /run/* /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/.pwd.lock
rm -f /var/cache/ldconfig/aux-cache
find /var/log -type f -delete
mkdir -p /run/lock
${CLAMP_TIMES}
# Newer than /usr, so that the first boot does not rebuild caches that are fresh.
touch --date "@$SOURCE_DATE_EPOCH" /etc/.updated /var/.updated
`;

/** Changes below these make the initrd stale. */
const INITRD_INPUTS =
  /^\/(etc\/(initramfs-tools|modprobe\.d|modules|modules-load\.d|udev|lvm|mdadm|cryptsetup-initramfs)|usr\/(lib|share)\/(initramfs-tools|modprobe\.d|udev))(\/|$)/;

export function touchesInitrd(files: readonly PlacedFile[]): boolean {
  return files.some((file) => INITRD_INPUTS.test(file.path));
}

/** `enable`/`disable` lines for the customising script: ours, then the definition's. */
export function serviceList(loaded: LoadedDefinition): string {
  const { enable, disable } = loaded.definition.services;
  const lines = [...enable.map((unit) => `enable ${unit}`), ...disable.map((unit) => `disable ${unit}`)];
  return lines.map((line) => `${line}\n`).join('');
}

/** The configuration that the engine writes; the definition's own files come after it and may replace it. */
export function engineFiles(
  loaded: LoadedDefinition,
  layout: Layout,
  aptSources: string,
): readonly PlacedFile[] {
  const { definition } = loaded;
  const kept = DPKG_EXCLUDES.map((line) => `${line}\n`).join('');
  const datasources = definition['cloud-init'].datasources.join(', ');
  const motd = definition['login-message']?.text;
  const texts: readonly (readonly [string, string, string?])[] = [
    ['/etc/fstab', fstab(layout)],
    [
      '/etc/hosts',
      '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n',
    ],
    ['/etc/default/grub.d/50-image.cfg', grubDefaults(definition.kernel['command-line'])],
    ['/etc/default/locale', `LANG=${definition.locale}\n`],
    ['/etc/dpkg/dpkg.cfg.d/50-no-documentation', kept],
    ['/etc/apt/sources.list.d/debian.sources', aptSources],
    [
      '/etc/cloud/cloud.cfg.d/95_image.cfg',
      `# Only these are looked for at boot.\ndatasource_list: [ ${datasources}, None ]\nssh_pwauth: false\n`,
    ],
    [
      '/etc/ssh/sshd_config.d/40-image.conf',
      'PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin no\n',
    ],
    ['/etc/systemd/resolved.conf.d/50-image.conf', '[Resolve]\nLLMNR=no\nMulticastDNS=no\n'],
    ...(definition['unattended-upgrades']
      ? [
          [
            '/etc/apt/apt.conf.d/20auto-upgrades',
            'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n',
          ] as const,
        ]
      : []),
    ...(motd === undefined ? [] : [['/etc/motd', motd] as const]),
  ];
  return texts.map(([path, content, mode = '0644']) => ({
    path,
    content: Buffer.from(content, 'utf8'),
    mode,
    owner: 'root',
    group: 'root',
  }));
}
