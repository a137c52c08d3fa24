import { type Case, fail, noProblems, pass } from '../../case.ts';
import { lines, output, probe } from '../../observations.ts';

export const rootIsLocked: Case = {
  id: 'root_account_is_locked',
  title: 'root has no password',
  why: 'A password of root that came with the image is one for every instance.',
  suite: 'functional',
  tags: ['extra', 'accounts', 'security'],
  needs: ['facts'],
  check: (observations) => {
    const kind = lines(observations, 'shadow-kinds')
      .find((line) => line.startsWith('root '))
      ?.split(' ')[1];
    return kind === 'locked' ? pass('locked') : fail('a locked field', kind ?? 'no entry of root');
  },
};

export const sshdSettings: Case = {
  id: 'sshd_refuses_passwords_and_root',
  title: 'sshd takes neither passwords nor root',
  why: 'Passwords are guessed; a login as root leaves no name in the log.',
  suite: 'functional',
  tags: ['extra', 'ssh', 'security'],
  needs: ['facts'],
  probes: [{ id: 'sshd_refuses_passwords_and_root', seconds: 15, script: '/usr/sbin/sshd -T' }],
  check: (observations) => {
    const settings = new Map(
      lines(observations, 'sshd_refuses_passwords_and_root').map((line) => {
        const [name = '', ...value] = line.trim().split(/\s+/);
        return [name.toLowerCase(), value.join(' ')] as const;
      }),
    );
    const wanted: Readonly<Record<string, readonly string[]>> = {
      passwordauthentication: ['no'],
      permitemptypasswords: ['no'],
      permitrootlogin: ['no', 'without-password', 'prohibit-password', 'forced-commands-only'],
    };
    const problems = Object.entries(wanted)
      .filter(([name, values]) => !values.includes(settings.get(name) ?? ''))
      .map(([name]) => `${name} ${settings.get(name) ?? 'unknown'}`);
    const shown = Object.keys(wanted).map((name) => `${name} ${settings.get(name) ?? '?'}`);
    return noProblems(problems, 'passwords, empty passwords and passwords of root refused', shown.join(', '));
  },
};

export const accountDatabases: Case = {
  id: 'account_databases_are_consistent',
  title: 'passwd, shadow, group and gshadow agree',
  why: 'A user without a shadow entry, or two with one number, behave as nobody expects.',
  suite: 'functional',
  tags: ['extra', 'accounts'],
  needs: ['facts'],
  probes: [
    {
      id: 'account_databases_are_consistent',
      seconds: 15,
      script:
        'pwck -r -q; echo "pwck $?"; grpck -r; echo "grpck $?"; cut -d: -f3 /etc/passwd | sort | uniq -d | sed "s/^/uid twice: /"',
    },
  ],
  check: (observations) => {
    const found = lines(observations, 'account_databases_are_consistent');
    const problems = found.filter((line) => !/^(pwck|grpck) 0$/.test(line) && !/: no changes$/.test(line));
    return noProblems(
      problems,
      'pwck and grpck without a complaint, no uid twice',
      'pwck and grpck are content',
    );
  },
};

export const noHistory: Case = {
  id: 'no_shell_history',
  title: 'No history, key or token was left in a home',
  why: 'What was typed while the image was built is nobody else’s business, and may hold a password.',
  suite: 'functional',
  tags: ['extra', 'accounts', 'security'],
  needs: ['facts'],
  probes: [
    {
      id: 'no_shell_history',
      seconds: 15,
      script:
        'cut -d: -f6 /etc/passwd | sort -u | while read -r h; do [ -d "$h" ] && [ "$h" != / ] || continue; for f in .bash_history .sh_history .zsh_history .ash_history .python_history .mysql_history .lesshst .viminfo .netrc .pgpass .aws/credentials .docker/config.json .kube/config .git-credentials .config/gh/hosts.yml .ssh/id_rsa .ssh/id_ed25519 .ssh/id_ecdsa .ssh/id_dsa; do if [ -s "$h/$f" ]; then echo "$h/$f"; fi; done; done',
    },
  ],
  check: (observations) =>
    noProblems(lines(observations, 'no_shell_history'), 'no such file in any home', 'none in any home'),
};

export const sudoers: Case = {
  id: 'sudoers_are_valid',
  title: 'The rules of sudo can be read, and nobody may do all without a password but those of the seed',
  why: 'One unreadable file locks every administrator out; one line too many lets everybody in.',
  suite: 'functional',
  tags: ['extra', 'accounts', 'security'],
  needs: ['facts'],
  probes: [
    {
      id: 'sudoers_are_valid',
      seconds: 15,
      script:
        'if command -v visudo >/dev/null; then visudo -c >&2; r=$?; grep -rhsE "^[^#]*NOPASSWD" /etc/sudoers /etc/sudoers.d; exit $r; else echo "no visudo" >&2; exit 3; fi',
    },
  ],
  check: (observations) => {
    const { rc, stdout, stderr } = probe(observations, 'sudoers_are_valid');
    if (rc !== 0) {
      return fail('rules that visudo can read', `status ${rc}`, stderr.trim().slice(0, 400));
    }
    const [administrator = ''] = observations.launch.seedUsers;
    const others = stdout
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && line.split(/\s+/)[0] !== administrator);
    return noProblems(
      others.map((line) => `without a password: ${line}`),
      `valid rules, NOPASSWD only for ${administrator}`,
      `valid; without a password only ${administrator}`,
    );
  },
};

/** Every user with a shell, for the evidence of several cases. */
export function shells(passwd: string): readonly string[] {
  return passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => /\/(ba|da|z|k|fi)?sh$/.test(fields[6] ?? ''))
    .map((fields) => fields[0] ?? '');
}

export const serviceAccounts: Case = {
  id: 'service_accounts_have_no_shell',
  title: 'Accounts of services have no shell',
  why: 'A service whose account has a shell gives its attacker one.',
  suite: 'functional',
  tags: ['extra', 'accounts', 'security'],
  needs: ['facts'],
  check: (observations, { users }) => {
    const allowed = ['root', ...observations.launch.seedUsers, ...users.allowed];
    const found = shells(output(observations, 'passwd'));
    return noProblems(
      found.filter((name) => !allowed.includes(name)).map((name) => `${name} has a shell`),
      `a shell only for ${allowed.join(', ')}`,
      `shells: ${found.join(', ')}`,
    );
  },
};
