import type { PlacedFile } from '../definition/placed-file.ts';
import type { LoadedDefinition } from '../definition/read.ts';
import { grubDefaults } from '../disk/grub.ts';
import type { SystemTraits } from '../family/family.ts';
import { textFile } from '../tree/system-files.ts';
import { keyPath, MIRROR_KEY } from './apt-sources.ts';
import { DPKG_EXCLUDES } from './build-tree.ts';
import { aptReleaseOf } from './distributions.ts';
import { CLEAN_TREE } from './scripts.ts';

/** Shows at login what there is to update. Runs as the user that logs in: reads what apt's timers left, no network. */
const UPDATE_HINT = `#!/bin/sh
# Written by build-image: tells at login what there is to update.
count=$(LC_ALL=C apt-get --simulate --quiet=2 -o Debug::NoLocking=true dist-upgrade 2> /dev/null | grep -c '^Inst ')
if [ "\${count:-0}" -gt 0 ]; then
  echo "$count packages can be updated: sudo apt-get update && sudo apt-get dist-upgrade"
fi
if [ -e /run/reboot-required ]; then
  echo 'An update needs a restart of this machine.'
fi
exit 0
`;

const AUTO_UPGRADES = 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n';
/** It makes its logs readable by everybody where they are not there yet, which no baseline accepts. */
const AUTO_UPGRADES_LOGS = ['', '-dpkg', '-shutdown']
  .map((part) => `f /var/log/unattended-upgrades/unattended-upgrades${part}.log 0640 root adm\n`)
  .join('');
const LIST_UPDATES = 'APT::Periodic::Update-Package-Lists "1";\n';

/** What Debian and Ubuntu systems need between tree and disk. */
export function aptTraits(loaded: LoadedDefinition, aptSources: string): SystemTraits {
  return {
    files: aptFiles(loaded, aptSources),
    clean: CLEAN_TREE,
    renewInitrd: 'update-initramfs -u -k all',
    initrdInputs:
      /^\/(etc\/(initramfs-tools|modprobe\.d|modules|modules-load\.d|udev|lvm|mdadm|cryptsetup-initramfs)|usr\/(lib|share)\/(initramfs-tools|modprobe\.d|udev))(\/|$)/,
    resolvConf: '../run/systemd/resolve/stub-resolv.conf',
    bootEntries: 'menu',
    finish: '',
    packageDatabase: 'var/lib/dpkg/info',
    grubFolder: '/boot/grub',
    espFolder: `EFI/${loaded.definition.distribution}`,
  };
}

function aptFiles(
  { definition, repositories, mirrorKey }: LoadedDefinition,
  aptSources: string,
): readonly PlacedFile[] {
  const hint = definition['login-message']?.['update-hint'] === true;
  const unattended = definition['unattended-upgrades'];
  return [
    textFile('/etc/default/grub.d/50-image.cfg', grubDefaults(definition)),
    textFile('/etc/default/locale', `LANG=${definition.locale}\n`),
    textFile('/etc/dpkg/dpkg.cfg.d/50-no-documentation', DPKG_EXCLUDES.map((line) => `${line}\n`).join('')),
    textFile(`/etc/apt/sources.list.d/${aptReleaseOf(definition).sourcesFile}`, aptSources),
    ...repositories.map(({ key }, index) => ({ ...textFile(keyPath(index), ''), content: key })),
    ...(mirrorKey ? [{ ...textFile(MIRROR_KEY, ''), content: mirrorKey }] : []),
    ...(unattended
      ? [
          textFile('/etc/apt/apt.conf.d/20auto-upgrades', AUTO_UPGRADES),
          textFile('/etc/tmpfiles.d/unattended-upgrades.conf', AUTO_UPGRADES_LOGS),
        ]
      : []),
    ...(hint ? [textFile('/etc/update-motd.d/60-updates', UPDATE_HINT, '0755')] : []),
    ...(hint && !unattended ? [textFile('/etc/apt/apt.conf.d/20list-updates', LIST_UPDATES)] : []),
  ];
}
