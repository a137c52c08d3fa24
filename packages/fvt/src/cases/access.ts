import { type Case, fail, noProblems, pass } from '../case.ts';
import { lines, login, output } from '../observations.ts';

export const allowsSsh: Case = {
  id: 'linux_image_allows_ssh',
  title: 'The administrator logs in over SSH',
  why: 'An instance that lets nobody in is lost.',
  suite: 'functional',
  tags: ['ssh', 'host-view'],
  needs: ['facts'],
  check: (observations) => {
    const attempt = login(observations, 'administrator-key');
    if (!observations.banner.startsWith('SSH-2.0-')) {
      return fail('an SSH-2.0 banner', observations.banner || 'none');
    }
    return attempt.outcome === 'accepted'
      ? pass(`${observations.banner}; login by key and a command succeeded`)
      : fail('login by the key of the seed', attempt.outcome, attempt.detail);
  },
};

export const anyUserLogin: Case = {
  id: 'linux_check_anyuser_login_over_ssh',
  title: 'A user made by cloud-init logs in by key, and only by the right one',
  why: 'Users come from the platform: their keys must work, and nothing else.',
  suite: 'functional',
  tags: ['ssh', 'security', 'host-view'],
  needs: ['facts'],
  check: (observations) => {
    const problems: string[] = [];
    const right = login(observations, 'user-key');
    if (right.outcome !== 'accepted') {
      problems.push(`the right key: ${right.outcome} (${right.detail})`);
    }
    for (const name of ['user-wrong-key', 'user-password'] as const) {
      const attempt = login(observations, name);
      // Unreachable says nothing about the policy: only a refusal counts.
      if (attempt.outcome !== 'refused') {
        problems.push(`${name}: ${attempt.outcome} (${attempt.detail})`);
      }
      const offered = attempt.methods.filter(
        (method) => method !== 'publickey' && !method.startsWith('gssapi'),
      );
      if (offered.length > 0) {
        problems.push(`${name}: the server offers ${offered.join(', ')}`);
      }
    }
    return noProblems(
      [...new Set(problems)],
      'the right key accepted; a wrong key and a password refused, no password method offered',
      ['user-key', 'user-wrong-key', 'user-password']
        .map((name) => `${name}: ${login(observations, name).outcome}`)
        .join('; '),
    );
  },
};

export const noVagrantAccount: Case = {
  id: 'check_no_vagrant_account',
  title: 'No trace of a vagrant account',
  why: 'Build boxes carry a vagrant user with a key that the whole world has (CVE-2024-9486 is of this kind).',
  suite: 'functional',
  tags: ['accounts', 'security'],
  needs: ['facts'],
  check: (observations) => {
    const problems: string[] = [];
    if (accounts(output(observations, 'passwd')).some((account) => account.name === 'vagrant')) {
      problems.push('user vagrant exists');
    }
    const groups = accounts(output(observations, 'group')).filter((group) => group.name === 'vagrant');
    if (groups.length > 0) {
      problems.push('group vagrant exists');
    }
    if (lines(observations, 'homes').includes('vagrant')) {
      problems.push('/home/vagrant exists');
    }
    problems.push(...lines(observations, 'vagrant-traces').map((file) => `trace in ${file}`));
    const attempt = login(observations, 'vagrant-password');
    if (attempt.outcome !== 'refused') {
      problems.push(`login as vagrant with the password vagrant: ${attempt.outcome} (${attempt.detail})`);
    }
    return noProblems(
      problems,
      'no user, group, home, sudoers entry or insecure key of vagrant; its login refused',
      'no account, no trace; login as vagrant refused',
    );
  },
};

export const noUserAccount: Case = {
  id: 'check_no_user_account_present',
  title: 'No user but those of the seed, no password, no left-over key',
  why: 'An account that came with the image is an entrance that its users do not know.',
  suite: 'functional',
  tags: ['accounts', 'security'],
  needs: ['facts'],
  check: (observations, expectations) => {
    const seeded = new Set(observations.launch.seedUsers);
    const allowed = new Set([...seeded, ...expectations.users.allowed]);
    const problems: string[] = [];
    for (const account of accounts(output(observations, 'passwd'))) {
      if (account.id >= 1000 && account.id !== 65534 && !allowed.has(account.name)) {
        problems.push(`user ${account.name} (uid ${account.id})`);
      }
      if (account.id === 0 && account.name !== 'root') {
        problems.push(`user ${account.name} has uid 0`);
      }
    }
    for (const line of lines(observations, 'shadow-kinds')) {
      const [name = '', kind = ''] = line.split(' ');
      if (kind === 'empty') {
        problems.push(`${name} needs no password at all (empty field)`);
      } else if (kind !== 'locked') {
        problems.push(`${name} has a password hash${kind === 'locked-hash' ? ' (locked)' : ''}`);
      }
    }
    for (const line of lines(observations, 'authorized-keys')) {
      const [name = '', count = '', file = ''] = line.split(' ');
      if (!seeded.has(name) && count !== '0') {
        problems.push(`${count} authorized key(s) of ${name} in ${file}`);
      }
    }
    return noProblems(
      problems,
      `no user but ${[...allowed].join(', ')}; every password field locked; no authorized_keys`,
      `only ${[...allowed].join(', ')}; all password fields locked`,
    );
  },
};

/** Lines of passwd or group. */
function accounts(text: string): readonly { readonly name: string; readonly id: number }[] {
  return text
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => {
      const [name = '', , id = ''] = line.split(':');
      return { name, id: Number(id) };
    });
}
