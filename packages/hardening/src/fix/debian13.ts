import type { OwnFixes } from './own-fix.ts';

/** Users that cloud-init creates log in by key and have no password whose age could be renewed. */
const AGEING =
  'A password age limit refuses key-only users after a year, although their key is valid, and nobody can let them in again.';

const SUDO =
  'Automation and cloud-init run commands by sudo without a terminal, and commands that start others: with this setting nobody can administer the machine.';

const SUDO_GROUP =
  'cloud-init gives its users their rights by a line in sudoers.d, not by a group: with sudo closed to all but one group, they could not run it, and nobody can administer the machine.';

/** Debian 13 cloud images. */
export const DEBIAN_13: OwnFixes = {
  preparations: [
    {
      id: 'kernel-options-in-one-place',
      reason:
        'The content, and people, change GRUB_CMDLINE_LINUX in /etc/default/grub; where a file of /etc/default/grub.d sets it too, that one has the last word and the change never reaches the kernel.',
      script: `options=$(
  for file in /etc/default/grub /etc/default/grub.d/*.cfg; do
    if [ -r "$file" ]; then . "$file"; fi
  done
  printf '%s' "$GRUB_CMDLINE_LINUX"
)
for file in /etc/default/grub /etc/default/grub.d/*.cfg; do
  if [ -f "$file" ]; then sed -i '/^[[:space:]]*GRUB_CMDLINE_LINUX=/d' "$file"; fi
done
printf 'GRUB_CMDLINE_LINUX="%s"\\n' "$options" >> /etc/default/grub
chmod 0644 /etc/default/grub`,
    },
    {
      id: 'sysctl-conf-read-at-boot',
      reason:
        'The content writes /etc/sysctl.conf, which systemd-sysctl of Debian 13 no longer reads: without this link, none of the kernel settings would hold after a boot.',
      script: `mkdir -p /etc/sysctl.d
touch /etc/sysctl.conf
[ -e /etc/sysctl.d/99-sysctl.conf ] || ln -s ../sysctl.conf /etc/sysctl.d/99-sysctl.conf`,
    },
    {
      id: 'account-backups-stay-closed',
      reason:
        'Whenever a user is made, the first by cloud-init, the backups of the password files get the permissions of the files themselves again.',
      script: `printf 'z /etc/shadow- 0000 root shadow\\nz /etc/gshadow- 0000 root root\\n' > /etc/tmpfiles.d/account-backups.conf
mkdir -p /etc/systemd/system/cloud-final.service.d
printf '[Service]\\nExecStartPost=-/usr/bin/systemd-tmpfiles --create /etc/tmpfiles.d/account-backups.conf\\n' > /etc/systemd/system/cloud-final.service.d/50-account-backups.conf
chmod 0644 /etc/tmpfiles.d/account-backups.conf /etc/systemd/system/cloud-final.service.d/50-account-backups.conf`,
    },
    {
      id: 'new-homes-private',
      reason:
        'The files that a new user gets are copied with their permissions: what fixes homes finds none in an image.',
      script: 'for file in /etc/skel/.[a-z]*; do [ ! -f "$file" ] || chmod go-wx,o-r "$file"; done',
    },
  ],
  neverFixed: {
    accounts_maximum_age_login_defs: AGEING,
    account_disable_post_pw_expiration: AGEING,
    accounts_password_set_max_life_existing: AGEING,
    accounts_password_set_max_life_root: AGEING,
    accounts_set_post_pw_existing: AGEING,
    sudo_add_noexec: SUDO,
    sudo_add_requiretty: SUDO,
    file_permissions_sudo: SUDO_GROUP,
    mount_option_var_noexec:
      'dpkg runs the scripts of packages from /var/lib/dpkg: no package could be installed, updated or removed any more.',
    sysctl_kernel_modules_disabled:
      'No module can be loaded after the setting is made at boot: network cards, disks and the firewall of another machine stay without their drivers.',
    ufw_default_outgoing_rule:
      'Without a rule for each destination nothing gets out: no name resolution, no metadata service, no updates. Which destinations there are is known where the image is used.',
  },
  fixes: {
    file_groupownerships_var_log: {
      reason:
        'The check takes a folder without a file for a fault, and the build leaves no logs: the one that dpkg itself makes when it is installed is put back, empty.',
      script: `[ -d /var/log ] || exit 1
[ -e /var/log/dpkg.log ] || : > /var/log/dpkg.log
chown root:adm /var/log/dpkg.log
chmod 0640 /var/log/dpkg.log`,
    },
    mount_option_tmp_noexec: {
      reason: 'Debian 13 mounts /tmp by tmp.mount, not by fstab: a drop-in adds the option.',
      script: `mkdir -p /etc/systemd/system/tmp.mount.d
printf '[Mount]\\nOptions=mode=1777,strictatime,nosuid,nodev,noexec,size=50%%%%,nr_inodes=1m\\n' > /etc/systemd/system/tmp.mount.d/50-noexec.conf
chmod 0644 /etc/systemd/system/tmp.mount.d/50-noexec.conf`,
    },
    no_empty_passwords_unix: {
      reason: 'The content’s fix leaves the line that pam-auth-update wrote.',
      script: `sed -i -E '/pam_unix\\.so/s/[[:space:]]+nullok(_secure)?\\b//' /etc/pam.d/common-auth /etc/pam.d/common-password /usr/share/pam-configs/unix`,
    },
    audit_rules_privileged_commands: {
      reason:
        'The content looks for programs on file systems that are not mounted nosuid; a disk at rest is mounted so as a whole, and it finds none.',
      script: `[ -d /etc/audit/rules.d ] || exit 1
rules=/etc/audit/rules.d/privileged.rules
find / \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /var/tmp \\) -prune -o -type f -perm /6000 -print | sort | while read -r program; do
  grep -qsF -- "-F path=$program " /etc/audit/rules.d/*.rules ||
    echo "-a always,exit -F path=$program -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged" >> "$rules"
done
chmod 0600 "$rules"`,
    },
    check_ufw_active: {
      reason:
        'A firewall that comes up without a rule for SSH locks its maintainers out; ufw cannot be started on a disk at rest, only enabled for the next boot.',
      script: `command -v ufw > /dev/null || exit 1
grep -q -- '--dport 22 ' /etc/ufw/user.rules || ufw allow 22/tcp
grep -q -- '--dport 22 ' /etc/ufw/user.rules || exit 1
sed -i 's/^ENABLED=.*/ENABLED=yes/' /etc/ufw/ufw.conf
sed -i 's/^DEFAULT_INPUT_POLICY=.*/DEFAULT_INPUT_POLICY="DROP"/; s/^DEFAULT_FORWARD_POLICY=.*/DEFAULT_FORWARD_POLICY="DROP"/' /etc/default/ufw
# ufw sets kernel settings of its own when it starts, after and against those of sysctl.d (log_martians = 0).
sed -i 's/^IPT_SYSCTL=.*/IPT_SYSCTL=/' /etc/default/ufw
systemctl enable ufw.service`,
    },
    service_ufw_enabled: {
      reason: 'See check_ufw_active.',
      script: 'command -v ufw > /dev/null && systemctl unmask ufw.service && systemctl enable ufw.service',
    },
    sshd_limit_user_access: {
      reason: 'Who may log in is decided where the image is used; root never is.',
      script: `grep -qiE '^[[:space:]]*DenyUsers' /etc/ssh/sshd_config || sed -i '1i DenyUsers root' /etc/ssh/sshd_config`,
    },
  },
};
