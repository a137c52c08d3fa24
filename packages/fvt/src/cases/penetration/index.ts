import { type Case, fail, noProblems, pass, skip } from '../../case.ts';
import {
  branch,
  type CredentialAttempt,
  lines,
  MissingFact,
  type Observations,
  output,
  type Penetration,
  probe,
} from '../../observations.ts';
import { openListeners } from '../extra/services.ts';

function seen(observations: Observations): Penetration {
  return branch(observations, 'penetration', observations.penetration);
}

const base = { suite: 'penetration', needs: ['facts', 'penetration'] } as const;

export const portsFromOutside: Case = {
  ...base,
  id: 'ports_outside_are_the_listeners_inside',
  title: 'From outside no port is open but those of known listeners',
  why: 'A port that is open and that nothing inside owns up to is a back door, or a redirect nobody knows.',
  tags: ['network', 'ports'],
  check: (observations, { listeners }) => {
    const { scan } = seen(observations);
    const inside = openListeners(output(observations, 'listeners'));
    if (!scan.openTcp.includes(22)) {
      throw new MissingFact('the scan did not find the port of SSH, which is open: it proves nothing');
    }
    const owner = (protocol: string, port: number): string | undefined =>
      inside.find((entry) => entry.startsWith(`${protocol}/${port}/`));
    const found = [
      ...scan.openTcp.map((port) => ['tcp', port] as const),
      ...scan.openUdp.map((port) => ['udp', port] as const),
    ];
    const allowed = listeners.allowed.length > 0 ? listeners.allowed : ['tcp/22/sshd', 'tcp/22/systemd'];
    const problems = found.flatMap(([protocol, port]) => {
      const listener = owner(protocol, port);
      if (listener === undefined) {
        return [`${protocol}/${port} is open, and nothing inside listens there`];
      }
      return allowed.includes(listener) ? [] : [`${listener} is open`];
    });
    return noProblems(
      problems,
      `none but ${allowed.join(', ')}`,
      `open: ${found.map(([protocol, port]) => `${protocol}/${port}`).join(', ')}; ${scan.closed} TCP ports closed, ${scan.silent} silent`,
    );
  },
};

/**
 * ssh-audit distrusts NIST's curves because of where their constants come from. No attack is known, FIPS 186-5 approves
 * them, and where FIPS rules they are all there is: distrusted is not broken.
 */
const NIST_CURVES = /\[fail\] using (weak )?elliptic curves( that are suspected .*)?$/;

export const sshAudit: Case = {
  ...base,
  id: 'sshd_has_no_broken_algorithm',
  title: 'sshd offers no algorithm that ssh-audit calls broken',
  why: 'An old client, or an attacker in between, picks the weakest algorithm on offer.',
  tags: ['ssh', 'cryptography'],
  check: (observations) => {
    const { status, text, problem } = seen(observations).sshAudit;
    if (status === undefined) {
      throw new MissingFact(`ssh-audit did not run: ${problem ?? 'no reason'}`);
    }
    const failures = text
      .split('\n')
      .filter((line) => /\[fail\]/.test(line))
      .map((line) => line.trim());
    const broken = failures.filter((line) => !NIST_CURVES.test(line));
    if (broken.length > 0 || (status === 3 && failures.length === 0)) {
      return fail('no [fail] of ssh-audit', broken.join('; ') || `status ${status}`);
    }
    return pass(
      failures.length > 0
        ? `nothing broken; NIST's curves are offered, which ssh-audit distrusts (${failures.length} entries)`
        : 'ssh-audit has no failure',
    );
  },
};

function credentialsVerdict(
  attempts: readonly CredentialAttempt[],
  control: CredentialAttempt,
  where: string,
): ReturnType<Case['check']> {
  if (control.outcome !== 'accepted') {
    throw new MissingFact(
      `the positive control did not get in ${where} (${control.outcome}): the refusals prove nothing`,
    );
  }
  const bad = attempts.filter((attempt) => attempt.outcome !== 'refused');
  return noProblems(
    bad.map(
      ({ user, password, outcome }) =>
        `${user} with ${password === '' ? 'an empty password' : `"${password}"`}: ${outcome}`,
    ),
    `every known account refused ${where}`,
    `${attempts.length} attempts refused; a control with a known password got in`,
  );
}

export const credentialsOverSsh: Case = {
  ...base,
  id: 'default_credentials_are_refused_over_ssh',
  title: 'Accounts and passwords that the world knows are refused over SSH',
  why: 'They are tried on every address of the Internet, all day.',
  tags: ['ssh', 'credentials'],
  check: (observations) => {
    const { ssh, sshControl } = seen(observations);
    return credentialsVerdict(ssh, sshControl, 'over SSH');
  },
};

export const credentialsOnConsole: Case = {
  ...base,
  id: 'default_credentials_are_refused_on_the_console',
  title: 'Accounts and passwords that the world knows are refused at the serial console',
  why: 'Clouds show the console to many; some offer it on a port.',
  tags: ['console', 'credentials'],
  check: (observations) => {
    const { console, consoleControl, guest } = seen(observations);
    if (output({ guest }, 'pen-login').trim() === 'none') {
      const inside = console.filter(({ outcome }) => outcome !== 'refused');
      return noProblems(
        inside.map(({ user, outcome }) => `${user}: ${outcome}`),
        'a prompt that lets nobody in',
        'the image has no login program: the prompt takes a name and asks anew',
      );
    }
    if (!consoleControl) {
      throw new MissingFact('the positive control was not tried');
    }
    return credentialsVerdict(console, consoleControl, 'at the console');
  },
};

/** Groups whose members are as good as root. */
const POWERFUL = [
  'root',
  'sudo',
  'wheel',
  'admin',
  'docker',
  'lxd',
  'incus',
  'libvirt',
  'disk',
  'shadow',
  'kmem',
];
/** Capabilities that let nobody become root. */
const HARMLESS = ['cap_net_raw', 'cap_net_bind_service', 'cap_net_admin'];

/** One that is not known by name is not harmless. */
function isHarmless(line: string): boolean {
  const names = line.match(/\bcap_[a-z_]+/g) ?? [];
  return names.length > 0 && names.every((name) => HARMLESS.includes(name));
}

export const privileges: Case = {
  ...base,
  id: 'ordinary_user_stays_ordinary',
  title: 'An ordinary user finds no way to become root',
  why: 'A service that is taken over must not be the whole machine.',
  tags: ['privileges'],
  check: (observations) => {
    const { guest } = seen(observations);
    const [rights, groups] = splitLast(lines({ guest }, 'pen-sudo'));
    const problems = [
      ...rights.filter((line) => /NOPASSWD|\(ALL\b/.test(line)).map((line) => `sudo: ${line.trim()}`),
      ...groups
        .split(/\s+/)
        .filter((group) => POWERFUL.includes(group))
        .map((group) => `member of ${group}`),
      ...lines({ guest }, 'pen-writable').map((file) => `may write ${file}`),
      ...lines({ guest }, 'pen-readable').map((file) => `may read ${file}`),
      ...lines({ guest }, 'pen-capabilities')
        .filter((line) => !isHarmless(line))
        .map((line) => `capability: ${line}`),
    ];
    return noProblems(
      problems,
      'no rights by sudo, no powerful group, nothing of root to write or of others to read, no dangerous capability',
      'sudo refused; nothing found',
    );
  },
};

export const unauthenticatedServices: Case = {
  ...base,
  id: 'no_service_answers_without_a_login',
  title: 'No service on an open port answers without a login',
  why: 'A store, a cache or a console of administration that asks for nothing gives everything.',
  tags: ['network', 'ports'],
  check: (observations) => {
    const { services, scan } = seen(observations);
    return noProblems(
      services.map(({ port, service, answer }) => `${service} on port ${port}: ${answer}`),
      'no answer of HTTP, Redis, memcached or ZooKeeper on any open port',
      `asked on ${scan.openTcp.length - 1} ports beside that of SSH`,
    );
  },
};

export const seedStaysSecret: Case = {
  ...base,
  id: 'seed_is_kept_from_ordinary_users',
  title: 'What the platform gave the instance is kept from ordinary users and the console',
  why: 'User data holds tokens and keys; whoever reads it is the instance.',
  tags: ['cloud-init', 'metadata'],
  check: (observations) => {
    const { guest, canaryOnConsole } = seen(observations);
    const [files, kept] = splitLast(lines({ guest }, 'pen-canary'));
    if (!/^[1-9]\d*$/.test(kept)) {
      throw new MissingFact('root does not find the canary in the user data either: nothing was tried');
    }
    return noProblems(
      [...files.map((file) => `readable in ${file}`), ...(canaryOnConsole ? ['on the console'] : [])],
      'the word from the user data nowhere but where root alone reads',
      'only root finds it',
    );
  },
};

export const unchangedPackages: Case = {
  ...base,
  id: 'package_files_are_unchanged',
  title: 'Programs, libraries and kernels are as their packages brought them',
  why: 'A changed program is either a hand-made fix that the next update undoes, or somebody else’s.',
  tags: ['packages', 'integrity'],
  check: (observations) => {
    const result = probe(seen(observations), 'pen-packages');
    if (result.rc === 124 || result.rc === 3) {
      throw new MissingFact(result.stderr.trim() || 'the comparison ran out of time');
    }
    // Folders of programs, libraries and kernels; hardening changes configuration and templates elsewhere.
    const changed = result.stdout
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /\s\/(usr\/)?(bin|sbin|lib|lib32|lib64|libexec)\/|\s\/boot\//.test(line))
      .filter((line) => !/^\S{9,10}\s+[cdglr]\s/.test(line));
    return noProblems(changed, 'no program, library or kernel differs from its package', 'none differs');
  },
};

export const knownVulnerabilities: Case = {
  ...base,
  id: 'no_package_has_a_known_fault_with_a_fix',
  title: 'No installed package has a known vulnerability that an update fixes',
  why: 'Exploits for what is fixed are public: an image that starts with the fault may be taken before its first update.',
  tags: ['packages', 'vulnerabilities'],
  check: (observations) => {
    const { vulnerabilities, guest } = seen(observations);
    if (vulnerabilities === undefined) {
      return skip('no database of vulnerabilities was given (vulnerabilities: <file>)');
    }
    if (vulnerabilities === 'unknown') {
      output({ guest }, 'pen-installed');
      throw new MissingFact('the guest did not tell its release');
    }
    const { database, installed, known, vulnerable } = vulnerabilities;
    if (known === 0) {
      throw new MissingFact(
        `${database} knows none of the ${installed} installed packages: is it another system's?`,
      );
    }
    return noProblems(
      vulnerable.map(
        ({ name, installed: version, fixedIn, ids }) =>
          `${name} ${version} is older than ${fixedIn} (${ids.slice(0, 5).join(', ')}${ids.length > 5 ? `, ${ids.length - 5} more` : ''})`,
      ),
      `none older than the version that fixes a fault, by ${database}`,
      `${installed} packages, ${known} of them known to ${database}, none with a fix to come`,
    );
  },
};

function splitLast(all: readonly string[]): readonly [readonly string[], string] {
  return [all.slice(0, -1), all.at(-1) ?? ''];
}

export const PENETRATION_CASES: readonly Case[] = [
  portsFromOutside,
  unauthenticatedServices,
  sshAudit,
  credentialsOverSsh,
  credentialsOnConsole,
  privileges,
  seedStaysSecret,
  unchangedPackages,
  knownVulnerabilities,
];
