import type { PlacedFile } from '../definition/placed-file.ts';
import type { LoadedDefinition } from '../definition/read.ts';
import type { SystemTraits } from '../family/family.ts';
import { CLAMP_TIMES } from './clamp-times.ts';
import { STATUS_TIMER } from './status-reader.ts';

/** `rm -rf /run/*` left the target out: a service brings the link to life. */
const LINK_RESOLVER = (target: string): string => `ln -s ${target} /etc/resolv.conf\n`;

/**
 * The script that runs in the root tree after the definition's files lie in /mnt/files: puts them in place and applies
 * the rest of the definition. Exit status 3: what the definition names is not there; the last line of stderr says what.
 */
export function customiseScript({
  clean,
  renewInitrd,
  grubFolder,
  resolvConf,
  finish,
}: SystemTraits): string {
  return `#!/bin/sh
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
${clean}
${resolvConf === undefined ? '' : LINK_RESOLVER(resolvConf)}# No password for root, and none that could be tried.
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
  ${renewInitrd} > /mnt/log/initrd 2>&1 || { cat /mnt/log/initrd >&2; exit 1; }
fi
mkimage=$(command -v grub-mkimage || command -v grub2-mkimage) || mkimage=
# Mount points; the boot loader's folder.
xargs mkdir -p ${grubFolder} < /mnt/folders
if [ -e /mnt/early.cfg ]; then
  for modules in /usr/lib/grub/i386-pc /usr/share/grub2/i386-pc; do
    [ ! -e "$modules/boot.img" ] || break
  done
  [ -n "$mkimage" ] || absent 'GRUB for BIOS'
  mkdir -p ${grubFolder}/i386-pc
  cp "$modules"/*.mod "$modules"/*.lst ${grubFolder}/i386-pc/
  "$mkimage" -O i386-pc -d "$modules" -p ${grubFolder} -c /mnt/early.cfg -o /mnt/boot/core.img $(cat /mnt/core-modules)
  cp "$modules/boot.img" /mnt/boot/boot.img
fi
if [ -e /mnt/efi ]; then
  while read -r name candidates; do
    found=
    for candidate in $candidates; do
      [ -n "$found" ] || [ ! -e "$candidate" ] || found=$candidate
    done
    case $name in
      unsigned)
        modules=$(cat /mnt/efi-modules)
        if [ -e /mnt/bls ] && [ -e "/usr/lib/grub/$candidates/blscfg.mod" ]; then
          modules="$modules blscfg"
          cat /mnt/bls /mnt/early-efi.cfg > /mnt/early-bls.cfg
          mv /mnt/early-bls.cfg /mnt/early-efi.cfg
        fi
        "\${mkimage:-grub-mkimage}" -O "$candidates" -p "${grubFolder}" -c /mnt/early-efi.cfg -o /mnt/boot/grub.efi $modules
        ;;
      *) [ -n "$found" ] || absent "boot loader for UEFI ($name)"; cp "$found" "/mnt/boot/$name.efi" ;;
    esac
  done < /mnt/efi
fi
rm -rf /tmp/* /var/tmp/* /run/* /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/.pwd.lock
rm -f /var/cache/ldconfig/aux-cache
find /var/log -type f -delete
mkdir -p /run/lock
${finish}
${CLAMP_TIMES}
# Newer than /usr, so that the first boot does not rebuild caches that are fresh.
touch --date "@$SOURCE_DATE_EPOCH" /etc/.updated /var/.updated
touch --date "@$SOURCE_DATE_EPOCH" /etc /var
`;
}

export function touchesInitrd(files: readonly PlacedFile[], { initrdInputs }: SystemTraits): boolean {
  return files.some((file) => initrdInputs.test(file.path));
}

/** `enable`/`disable` lines for the customising script. */
export function serviceList(loaded: LoadedDefinition): string {
  const { enable, disable } = loaded.definition.services;
  const reads = loaded.definition['login-message']?.['status-url'] !== undefined;
  const wanted = reads ? [...enable, STATUS_TIMER] : enable;
  const lines = [...wanted.map((unit) => `enable ${unit}`), ...disable.map((unit) => `disable ${unit}`)];
  return lines.map((line) => `${line}\n`).join('');
}
