import type { Definition } from '../../definition/schema.ts';
import { type AskedDisk, askedDisk, ESP_MIB, languageOf } from './layout.ts';

/** partman-auto: takes what is left. */
const NO_LIMIT = -1;

/**
 * The answers for debian-installer. Accounts: root without a usable password, no user; cloud-init makes them.
 * Source: example-preseed.txt and partman-auto-recipe.txt of the Debian installer (bookworm, trixie).
 */
export function preseed(definition: Definition): string {
  const disk = askedDisk(definition);
  const { locale, timezone, packages, kernel } = definition;
  const language = languageOf(locale);
  const answers: readonly (readonly [question: string, type: string, value: string])[] = [
    ['debian-installer/language', 'string', language.slice(0, 2)],
    ['debian-installer/country', 'string', language.slice(3, 5)],
    ['debian-installer/locale', 'string', locale],
    ['keyboard-configuration/xkb-keymap', 'select', 'us'],
    ['netcfg/enable', 'boolean', 'false'],
    ['netcfg/get_hostname', 'string', 'localhost'],
    ['netcfg/get_domain', 'string', ''],
    ['cdrom-detect/try-usb', 'boolean', 'false'],
    ['apt-setup/cdrom/set-first', 'boolean', 'false'],
    ['apt-setup/cdrom/set-next', 'boolean', 'false'],
    ['apt-setup/cdrom/set-failed', 'boolean', 'false'],
    ['apt-setup/use_mirror', 'boolean', 'false'],
    ['apt-setup/no_mirror', 'boolean', 'true'],
    ['apt-setup/services-select', 'multiselect', ''],
    ['clock-setup/utc', 'boolean', 'true'],
    ['clock-setup/ntp', 'boolean', 'false'],
    ['time/zone', 'string', timezone],
    ['passwd/root-login', 'boolean', 'true'],
    ['passwd/make-user', 'boolean', 'false'],
    // crypt(3) never gives this: no password matches it.
    ['passwd/root-password-crypted', 'password', '!'],
    ['partman-auto/disk', 'string', '/dev/vda'],
    ['partman-auto/method', 'string', 'regular'],
    ['partman-auto/expert_recipe', 'string', recipe(disk)],
    ['partman-basicfilesystems/no_swap', 'boolean', 'false'],
    ['partman-partitioning/choose_label', 'select', 'gpt'],
    ['partman-partitioning/default_label', 'string', 'gpt'],
    ['partman-partitioning/confirm_write_new_label', 'boolean', 'true'],
    ['partman-efi/non_efi_system', 'boolean', disk.firmware === 'uefi' ? 'true' : 'false'],
    ['partman/choose_partition', 'select', 'finish'],
    ['partman/confirm', 'boolean', 'true'],
    ['partman/confirm_nooverwrite', 'boolean', 'true'],
    ['partman/mount_style', 'select', 'uuid'],
    ['base-installer/install-recommends', 'boolean', 'false'],
    ...(kernel.package ? [['base-installer/kernel/image', 'string', kernel.package] as const] : []),
    ['tasksel/first', 'multiselect', ''],
    ['pkgsel/run_tasksel', 'boolean', 'false'],
    ['pkgsel/include', 'string', ['cloud-init', 'openssh-server', ...packages.add].join(' ')],
    ['pkgsel/upgrade', 'select', 'none'],
    ['popularity-contest/participate', 'boolean', 'false'],
    ['grub-installer/only_debian', 'boolean', 'true'],
    ['grub-installer/with_other_os', 'boolean', 'false'],
    ['grub-installer/bootdev', 'string', '/dev/vda'],
    // A cloud's firmware has no memory of boot entries: the removable path is the one that is always found.
    ['grub-installer/force-efi-extra-removable', 'boolean', disk.firmware === 'uefi' ? 'true' : 'false'],
    ['debian-installer/add-kernel-opts', 'string', kernel['command-line'].join(' ')],
    ['finish-install/keep-consoles', 'boolean', 'false'],
    ['finish-install/reboot_in_progress', 'note', ''],
    ['cdrom-detect/eject', 'boolean', 'false'],
    ['debian-installer/exit/poweroff', 'boolean', 'true'],
  ];
  return answers
    .map(([question, type, value]) => `${ownerOf(question)} ${question} ${type} ${value}`.trimEnd())
    .join('\n')
    .concat('\n');
}

/** `tasksel` and `popularity-contest` ask in the installed system, everything else in the installer. */
function ownerOf(question: string): string {
  const owner = question.split('/')[0] ?? '';
  return ['tasksel', 'popularity-contest'].includes(owner) ? owner : 'd-i';
}

/** One line for partman-auto: least size, priority and greatest size in MB, file system, then what to do with it. */
function recipe({ firmware, filesystem }: AskedDisk): string {
  const boot =
    firmware === 'bios'
      ? '1 1 1 free $iflabel{ gpt } $reusemethod{ } method{ biosgrub } .'
      : `${ESP_MIB} ${ESP_MIB} ${ESP_MIB} free $iflabel{ gpt } $reusemethod{ } method{ efi } format{ } .`;
  const root = `1000 10000 ${NO_LIMIT} ${filesystem} method{ format } format{ } use_filesystem{ } filesystem{ ${filesystem} } mountpoint{ / } .`;
  return ['image ::', boot, root].join(' ');
}
