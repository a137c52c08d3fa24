import type { BaselineRule } from './rule.ts';

/** Weaken what the kernel protects, or open a way in from the console. */
const FORBIDDEN_KERNEL_OPTIONS =
  /^(init=|rd\.break|single$|emergency$|mitigations=off$|nosmap$|nosmep$|nokaslr$|selinux=0$|apparmor=0$|audit=0$|systemd\.debug[-_]shell|ima_appraise=off$)/;

/**
 * Programs that distributions ship with set-user-ID or set-group-ID and that need it: logging in, changing one's own
 * password or shell, mounting, scheduled jobs, waking the display server, policy agents.
 */
const KNOWN_SET_ID = new Set([
  ...['chage', 'chfn', 'chsh', 'crontab', 'dotlockfile', 'expiry', 'fusermount', 'fusermount3', 'gpasswd'],
  ...['mount', 'newgidmap', 'newgrp', 'newuidmap', 'passwd', 'pkexec', 'ssh-agent', 'su', 'sudo', 'umount'],
  ...[
    'unix_chkpwd',
    'pam_extrausers_chkpwd',
    'pam_timestamp_check',
    'dbus-daemon-launch-helper',
    'ssh-keysign',
  ],
  ...['polkit-agent-helper-1', 'write', 'wall', 'lockfile', 'snap-confine', 'usernetctl', 'utempter', 'sg'],
]);

const TIME_UNITS = ['systemd-timesyncd.service', 'chrony.service', 'chronyd.service', 'ntpsec.service'];
const HINT = '90-updates-available';

/** Rules about the system that the image becomes: updates, boot, files. */
export const SYSTEM_RULES: readonly BaselineRule[] = [
  {
    id: 'allowed-repositories',
    title: 'Packages come from allowed repositories only, with signatures',
    reason: 'Whoever controls a repository controls every machine that updates from it.',
    severity: 'high',
    check: ({ repositories }, settings) => {
      const allowed = settings['allowed-repositories']?.map(withoutSlash);
      return repositories?.flatMap(({ file, uri, trusted }) => [
        ...(trusted ? [`${file}: ${uri} is taken without a signature`] : []),
        ...(/^(https?|mirror\+file|mirror):/.test(uri)
          ? []
          : [`${file}: ${uri} is not there on other machines`]),
        ...(allowed && !allowed.includes(withoutSlash(uri)) ? [`${file}: ${uri} is not allowed`] : []),
      ]);
    },
    fix: undefined,
  },
  {
    id: 'kernel-command-line',
    title: 'The kernel command line weakens nothing',
    reason: 'An option left by the build can turn off protections, or give a root shell on the console.',
    severity: 'high',
    check: ({ kernelLines }, settings) =>
      kernelLines.length === 0
        ? undefined
        : kernelLines.flatMap((line) => {
            const words = line.split(/\s+/);
            const missing = settings['required-kernel-options'].filter((option) => !words.includes(option));
            return [
              ...words.filter((word) => FORBIDDEN_KERNEL_OPTIONS.test(word)).map((word) => `${word} is set`),
              ...missing.map((option) => `${option} is not set`),
            ];
          }),
    fix: undefined,
  },
  {
    id: 'security-updates',
    title: 'Security updates install themselves',
    reason: 'A machine that nobody logs in to stays as vulnerable as its image was on the day it was made.',
    severity: 'high',
    check: ({ packages, apt }) => {
      if (packages === undefined) {
        return undefined;
      }
      const on = (name: string): boolean => Number(apt.get(`APT::Periodic::${name}`) ?? 0) > 0;
      return [
        ...(packages.has('unattended-upgrades') ? [] : ['unattended-upgrades is not installed']),
        ...['Update-Package-Lists', 'Unattended-Upgrade']
          .filter((name) => !on(name))
          .map((name) => `APT::Periodic::${name} is off`),
      ];
    },
    fix: `[ -d /etc/apt/apt.conf.d ] || exit 1
printf 'APT::Periodic::Update-Package-Lists "1";\\nAPT::Periodic::Unattended-Upgrade "1";\\n' > /etc/apt/apt.conf.d/90security-updates
chmod 0644 /etc/apt/apt.conf.d/90security-updates`,
  },
  {
    id: 'update-hint',
    title: 'Who logs in is told of pending updates',
    reason: 'Updates that need a person (a new kernel, a restart) wait until somebody knows of them.',
    severity: 'low',
    check: ({ packages, motd }) =>
      packages === undefined
        ? undefined
        : motd.some((name) => /updates/.test(name))
          ? []
          : ['nothing in /etc/update-motd.d tells of updates'],
    // Counted when apt refreshes its lists, not while somebody waits for a prompt.
    fix: `[ -d /etc/apt/apt.conf.d ] || exit 1
mkdir -p /etc/update-motd.d
cat > /etc/apt/apt.conf.d/90updates-available << 'END'
APT::Update::Post-Invoke-Success { "LC_ALL=C apt-get --simulate -o Debug::NoLocking=true upgrade | grep -c ^Inst > /var/lib/apt/updates-available || :"; };
END
cat > /etc/update-motd.d/${HINT} << 'END'
#!/bin/sh
read -r count < /var/lib/apt/updates-available 2> /dev/null || exit 0
if [ "$count" -gt 0 ] 2> /dev/null; then echo "$count updates can be installed: sudo apt-get upgrade"; fi
if [ -e /run/reboot-required ]; then echo "A restart is needed."; fi
END
chmod 0644 /etc/apt/apt.conf.d/90updates-available
chmod 0755 /etc/update-motd.d/${HINT}`,
  },
  {
    id: 'time-synchronised',
    title: 'The clock is kept right, by one service',
    reason: 'Certificates, logs and tokens are only as good as the clock; two services fight over it.',
    severity: 'medium',
    check: ({ enabledUnits }) => {
      const on = TIME_UNITS.filter((unit) => enabledUnits.has(unit));
      return on.length === 1
        ? []
        : [on.length === 0 ? 'no time service starts at boot' : `${on.join(' and ')} start`];
    },
    fix: `[ -e /usr/lib/systemd/system/systemd-timesyncd.service ] || exit 1
systemctl enable systemd-timesyncd.service`,
  },
  {
    id: 'no-world-writable',
    title: 'No system file can be written by everybody',
    reason: 'What anybody can change, root runs sooner or later.',
    severity: 'high',
    check: ({ permissions }) =>
      permissions.worldWritable.map((file) => `${file} can be written by everybody`),
    fix: `find / -xdev \\( -path /proc -o -path /tmp -o -path /var/tmp -o -path /run -o -path /dev \\) -prune -o -type f -perm -0002 -exec chmod o-w {} +
find / -xdev \\( -path /proc -o -path /tmp -o -path /var/tmp -o -path /run -o -path /dev \\) -prune -o -type d -perm -0002 ! -perm -1000 -exec chmod o-w {} +`,
  },
  {
    id: 'suid-allowlist',
    title: 'Only known programs run as their owner',
    reason: 'Each such program is a way to root for whoever finds a fault in it.',
    severity: 'medium',
    check: ({ permissions }, settings) =>
      permissions.setId
        .filter((file) => !settings['allowed-suid'].includes(file) && !isKnown(file))
        .map((file) => `${file} runs as its owner or group`),
    fix: undefined,
  },
];

/** By name, where programs of the distribution lie: nobody else can put one there. */
function isKnown(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return /^\/(usr\/)?(s?bin|lib|libexec)\//.test(file) && KNOWN_SET_ID.has(name);
}

function withoutSlash(uri: string): string {
  return uri.replace(/\/+$/, '');
}
