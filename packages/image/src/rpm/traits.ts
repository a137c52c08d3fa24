import type { LoadedDefinition } from '../definition/read.ts';
import { grubDefaults } from '../disk/grub.ts';
import type { SystemTraits } from '../family/family.ts';
import { textFile } from '../tree/system-files.ts';
import type { RpmDistribution } from './distributions.ts';
import { CLEAN } from './scripts.ts';

/** Where the image keeps the keys of its nth further repository. */
function keyPath(index: number): string {
  return `/etc/pki/rpm-gpg/repository-${index + 1}.asc`;
}

/** Shows at login what there is to update. Runs as the user that logs in: reads what a timer left, no network. */
const UPDATE_HINT = `# Written by build-image: tells at login what there is to update.
if [ -t 1 ] && command -v dnf > /dev/null 2>&1; then
  count=$(LC_ALL=C dnf --quiet --cacheonly check-update 2> /dev/null | grep -c '^[^ ]* *[^ ]* *[^ ]*$')
  if [ "\${count:-0}" -gt 0 ]; then
    echo "$count packages can be updated: sudo dnf upgrade"
  fi
  unset count
fi
`;

/**
 * Labels all files for SELinux where the image has a policy: an unlabelled system does not start in enforcing mode.
 * setfiles does not need a kernel with SELinux.
 */
const LABEL = `
policy=$(sed -n 's/^SELINUXTYPE=//p' /etc/selinux/config 2> /dev/null || true)
contexts=/etc/selinux/\${policy:-none}/contexts/files/file_contexts
if [ -f "$contexts" ] && command -v setfiles > /dev/null; then
  setfiles -F -e /proc -e /dev -e /sys -e /mnt "$contexts" / > /mnt/log/labels 2>&1 || { cat /mnt/log/labels >&2; exit 1; }
fi
`;

/** What systems of RPM packages need between tree and disk. */
export function rpmTraits(
  loaded: LoadedDefinition,
  distribution: RpmDistribution,
  manager: 'dnf' | 'zypper',
): SystemTraits {
  const { definition } = loaded;
  const suse = manager === 'zypper';
  const initrd = suse ? '/boot/initrd-$version' : '/boot/initramfs-$version.img';
  return {
    files: rpmFiles(loaded, manager),
    clean: CLEAN,
    renewInitrd: `for image in /boot/vmlinuz-*; do version=\${image#/boot/vmlinuz-}; dracut --force --no-hostonly --reproducible --kver "$version" "${initrd}" || exit 1; done`,
    initrdInputs:
      /^\/(etc\/(dracut\.conf|dracut\.conf\.d|modprobe\.d|modules-load\.d|udev|lvm|mdadm\.conf|crypttab)|usr\/lib\/(dracut|modprobe\.d|udev))(\/|$)/,
    packageDatabase: distribution.database(definition.release).folder.slice(1),
    grubFolder: '/boot/grub2',
    espFolder: distribution.espFolder,
    // NetworkManager and wicked write /etc/resolv.conf themselves.
    resolvConf: undefined,
    bootEntries: suse ? 'menu' : 'bls',
    finish: LABEL,
  };
}

function rpmFiles({ definition, repositories }: LoadedDefinition, manager: 'dnf' | 'zypper') {
  const hint = definition['login-message']?.['update-hint'] === true;
  const folder = manager === 'dnf' ? '/etc/yum.repos.d' : '/etc/zypp/repos.d';
  return [
    textFile('/etc/default/grub', grubDefaults(definition)),
    textFile('/etc/locale.conf', `LANG=${definition.locale}\n`),
    textFile('/etc/rpm/macros.image', '# Documentation stays out at later upgrades too.\n%_excludedocs 1\n'),
    ...repositories.map(({ uri, signedMetadata }, index) =>
      textFile(`${folder}/repository-${index + 1}.repo`, repositoryFile(index, uri, signedMetadata)),
    ),
    ...repositories.map(({ key }, index) => ({ ...textFile(keyPath(index), ''), content: key })),
    ...(hint && manager === 'dnf' ? [textFile('/etc/profile.d/60-updates.sh', UPDATE_HINT)] : []),
    ...(definition['unattended-upgrades'] && manager === 'dnf'
      ? [
          textFile(
            '/etc/dnf/automatic.conf',
            '[commands]\nupgrade_type = security\ndownload_updates = yes\napply_updates = yes\n[emitters]\nemit_via = motd\n',
          ),
        ]
      : []),
  ];
}

function repositoryFile(index: number, uri: string, signed: boolean): string {
  return [
    `[repository-${index + 1}]`,
    `name=repository-${index + 1}`,
    `baseurl=${uri}`,
    'enabled=1',
    'gpgcheck=1',
    `repo_gpgcheck=${signed ? 1 : 0}`,
    `gpgkey=file://${keyPath(index)}`,
    '',
  ].join('\n');
}
