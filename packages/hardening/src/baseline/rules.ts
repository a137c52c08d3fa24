import type { BaselineRule } from './rule.ts';
import { SYSTEM_RULES } from './system-rules.ts';

const BUILD_USERS = ['vagrant', 'packer', 'build', 'builder', 'ansible', 'test'];
const MAIL_AGENTS = [
  'exim4',
  'exim4-daemon-light',
  'exim4-daemon-heavy',
  'postfix',
  'sendmail-bin',
  'opensmtpd',
];

/** No hash begins so (crypt(5)); the oldest ones begin with a letter or a digit. */
const NO_PASSWORD = /^[!*]/;

/** Sets a keyword before the first line of sshd_config, where it counts before anything included. */
const sshdSetting = (keyword: string, value: string): string =>
  `sed -i -E '/^[[:space:]]*${keyword}[[:space:]]/Id' /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf 2> /dev/null
sed -i '1i ${keyword} ${value}' /etc/ssh/sshd_config`;

/** What every image must be, whatever profile it is hardened to; checked on a disk at rest. */
export const BASELINE: readonly BaselineRule[] = [
  {
    id: 'no-passwords',
    title: 'No account has a password',
    reason: 'A password in an image is the same on every machine and known to all who have the image.',
    severity: 'high',
    check: ({ shadow, passwd, formerShadow }) => {
      const hashed = (lines: readonly (readonly string[])[]) =>
        lines.filter(([, hash = '']) => hash !== '' && hash !== 'x' && !NO_PASSWORD.test(hash));
      return shadow.length === 0
        ? undefined
        : [
            ...hashed([...shadow, ...passwd]).map(([name]) => `${name} has a password`),
            ...hashed(formerShadow).map(([name]) => `/etc/shadow- keeps a password of ${name}`),
          ];
    },
    // Hashes in /etc/passwd count where it does not say `x`: they are moved first. Each change leaves the old file behind.
    fix: `pwconv
awk -F: '$2 != "" && $2 !~ /^[!*]/ { print $1 }' /etc/shadow | while read -r user; do usermod -p '!*' "$user"; done
rm -f /etc/passwd- /etc/shadow-`,
  },
  {
    id: 'no-empty-passwords',
    title: 'No account has an empty password field',
    reason: 'An empty field lets anybody in who reaches a login prompt.',
    severity: 'high',
    check: ({ shadow, passwd }) =>
      shadow.length === 0
        ? undefined
        : [...shadow, ...passwd]
            .filter(([, hash]) => hash === '')
            .map(([name]) => `${name} has an empty password`),
    fix: `awk -F: '$2 == "" { print $1 }' /etc/shadow | while read -r user; do usermod -p '!*' "$user"; done
sed -i -E 's/^([^:]+)::/\\1:x:/' /etc/passwd`,
  },
  {
    id: 'root-locked',
    title: 'The root account is locked',
    reason: 'Maintainers log in as themselves and use sudo: what was done can be told.',
    severity: 'high',
    check: ({ shadow }) => {
      const root = shadow.find(([name]) => name === 'root');
      return root && (/^[!*]/.test(root[1] ?? '') ? [] : ['root can log in with a password']);
    },
    fix: `usermod -p '!*' root`,
  },
  {
    id: 'no-host-keys',
    title: 'No SSH host keys',
    reason:
      'A key that is in the image cannot tell one machine from another; each makes its own at first boot.',
    severity: 'high',
    check: ({ hostKeys }) => hostKeys.map((name) => `/etc/ssh/${name} is in the image`),
    fix: 'rm -f /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub',
  },
  {
    id: 'empty-machine-id',
    title: 'The machine identifier is empty',
    reason: 'Machines with the same identifier get the same addresses and mix up their logs.',
    severity: 'medium',
    check: ({ machineId }) =>
      machineId === undefined || machineId === '' || machineId === 'uninitialized'
        ? []
        : ['/etc/machine-id holds an identifier'],
    fix: ': > /etc/machine-id; rm -f /var/lib/dbus/machine-id',
  },
  {
    id: 'no-authorized-keys',
    title: 'No authorized SSH keys',
    reason: 'A key left by the build opens every machine made from the image.',
    severity: 'high',
    check: ({ authorizedKeys }) => authorizedKeys.map((file) => `${file} holds keys`),
    fix: `cut -d: -f6 /etc/passwd | sort -u | while read -r home; do rm -f "$home/.ssh/authorized_keys" "$home/.ssh/authorized_keys2"; done`,
  },
  {
    id: 'no-build-user',
    title: 'No user left by a build tool',
    reason: 'Build tools’ users have well-known passwords or keys.',
    severity: 'high',
    check: ({ passwd }) =>
      passwd.length === 0
        ? undefined
        : passwd
            .filter(([name = '']) => BUILD_USERS.includes(name))
            .map(([name]) => `the user ${name} exists`),
    fix: undefined,
  },
  {
    id: 'no-swap',
    title: 'No swap',
    reason: 'Memory, and secrets in it, would be written to a disk that is copied and kept.',
    severity: 'low',
    check: ({ swap }) => swap.map((name) => `${name} is used for swap`),
    fix: `sed -i -E '/^[^#].*[[:space:]]swap[[:space:]]/d' /etc/fstab; rm -f /swapfile /swap.img`,
  },
  {
    id: 'no-mail-agent',
    title: 'No mail transfer agent',
    reason: 'Nobody reads the mail of a cloud server; the agent only listens.',
    severity: 'medium',
    check: ({ packages }) =>
      packages && MAIL_AGENTS.filter((name) => packages.has(name)).map((name) => `${name} is installed`),
    fix: undefined,
  },
  {
    id: 'no-lock-files',
    title: 'No lock files are left',
    reason: 'A lock that is left makes the first command that needs it fail on every machine.',
    severity: 'medium',
    check: ({ lockFiles }) => lockFiles.map((file) => `${file} is left`),
    fix: 'rm -f /etc/passwd.lock /etc/shadow.lock /etc/group.lock /etc/gshadow.lock',
  },
  {
    id: 'ssh-keys-only',
    title: 'SSH takes keys, not passwords',
    reason: 'Passwords are guessed from the first minute on that a machine is reachable.',
    severity: 'high',
    check: ({ sshd }) =>
      sshd.size === 0
        ? undefined
        : ['passwordauthentication', 'kbdinteractiveauthentication']
            .filter((keyword) => sshd.get(keyword)?.toLowerCase() !== 'no')
            .map((keyword) => `${keyword} is not "no"`),
    fix: `[ -f /etc/ssh/sshd_config ] || exit 1
${sshdSetting('PasswordAuthentication', 'no')}
${sshdSetting('KbdInteractiveAuthentication', 'no')}`,
  },
  {
    id: 'core-dumps-off',
    title: 'Core dumps are not kept',
    reason: 'They hold what was in memory, secrets included.',
    severity: 'medium',
    check: ({ coredump }) =>
      coredump.get('Storage') === 'none' ? [] : ['Storage of coredump.conf is not "none"'],
    fix: `mkdir -p /etc/systemd/coredump.conf.d
printf '[Coredump]\\nStorage=none\\nProcessSizeMax=0\\n' > /etc/systemd/coredump.conf.d/50-image.conf
chmod 0644 /etc/systemd/coredump.conf.d/50-image.conf`,
  },
  {
    id: 'journal-persistent',
    title: 'The journal survives a restart',
    reason: 'What happened before a crash is what one wants to read after it.',
    severity: 'medium',
    check: ({ journald }) =>
      journald.get('Storage') === 'persistent' ? [] : ['Storage of journald.conf is not "persistent"'],
    fix: `mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\\nStorage=persistent\\n' > /etc/systemd/journald.conf.d/90-image.conf
chmod 0644 /etc/systemd/journald.conf.d/90-image.conf`,
  },
  ...SYSTEM_RULES,
];
