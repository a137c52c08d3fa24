import { type Case, fail, noProblems, pass, skip } from '../../case.ts';
import { lines, output } from '../../observations.ts';

export const listeners: Case = {
  id: 'listeners_are_allowed',
  title: 'Only the services listed listen beyond loopback',
  why: 'Each port that is open is a door; nobody watches one that nobody knows.',
  suite: 'functional',
  tags: ['extra', 'services', 'security'],
  needs: ['facts'],
  check: (observations, expectations) => {
    const found = openListeners(output(observations, 'listeners'));
    const { allowed } = expectations.listeners;
    if (allowed.length === 0) {
      return skip(`the expectations name no listener; found: ${found.join(', ') || 'none'}`);
    }
    return noProblems(
      found.filter((entry) => !allowed.includes(entry)),
      `none but ${allowed.join(', ')}`,
      found.join(', ') || 'none',
    );
  },
};

/**
 * `protocol/port/process` of each listener of `ss -Hplntu` that is not bound to loopback. DHCP's client socket is
 * bound to its interface and takes what it asked for only; it counts like any other.
 */
export function openListeners(text: string): readonly string[] {
  const found = text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [protocol = '', , , , local = ''] = fields;
    const at = local.lastIndexOf(':');
    const address = local.slice(0, at).replace(/%[^\]]*/, '');
    const loopback = /^(127\.|\[::1\]|\[::ffff:127\.)/.test(address);
    const process = /\(\("([^"]+)"/.exec(line)?.[1] ?? 'kernel';
    return at < 0 || loopback ? [] : [`${protocol}/${local.slice(at + 1)}/${process}`];
  });
  return [...new Set(found)].sort();
}

export const timeSynchronisation: Case = {
  id: 'time_is_synchronised',
  title: 'A service keeps the time',
  why: 'Certificates, tokens and logs of an instance with a wrong clock are worth nothing.',
  suite: 'functional',
  tags: ['extra', 'services'],
  needs: ['facts'],
  probes: [
    {
      id: 'time_is_synchronised',
      seconds: 10,
      script:
        'for u in systemd-timesyncd chronyd chrony ntpsec ntpd openntpd; do if [ "$(systemctl is-active $u 2>/dev/null)" = active ]; then echo "$u"; fi; done',
    },
  ],
  check: (observations) => {
    const [first] = lines(observations, 'time_is_synchronised');
    return first ? pass(`${first} is active`) : fail('systemd-timesyncd, chrony or ntp, active', 'none');
  },
};

export const persistentJournal: Case = {
  id: 'journal_is_persistent',
  title: 'The journal outlives a reboot',
  why: 'After a crash the log of the boot before is what one needs.',
  suite: 'functional',
  tags: ['extra', 'services'],
  needs: ['facts'],
  probes: [
    {
      id: 'journal_is_persistent',
      seconds: 10,
      script:
        'ls -d /var/log/journal/*/system.journal 2>/dev/null; ls /var/log/syslog /var/log/messages 2>/dev/null; true',
    },
  ],
  check: (observations) => {
    const found = lines(observations, 'journal_is_persistent');
    return found.length > 0
      ? pass(found.join(', '))
      : fail('a journal in /var/log/journal, or a log of syslog', 'neither');
  },
};

export const bootTime: Case = {
  id: 'boot_time_budget',
  title: 'The image boots as fast as asked for',
  why: 'Scaling up is as fast as a boot.',
  suite: 'functional',
  tags: ['extra', 'boot'],
  needs: ['facts'],
  check: (observations, { boot }) => {
    const budget = boot['maximum-seconds'];
    const taken = observations.stages.find(({ stage }) => stage === 'ssh')?.seconds;
    if (budget === undefined) {
      return skip('the expectations name no budget');
    }
    if (observations.launch.accelerator !== 'kvm') {
      return skip('only KVM tells how long a boot takes');
    }
    return taken !== undefined && taken <= budget
      ? pass(`${taken.toFixed(1)} s of ${budget} s`)
      : fail(`SSH within ${budget} s`, `${taken?.toFixed(1) ?? 'never'} s`);
  },
};

export const cleanConsole: Case = {
  id: 'console_is_clean',
  title: 'No console tells of a panic, an oops, a lack of memory or a failed mount',
  why: 'A machine may come up and still be hurt.',
  suite: 'functional',
  tags: ['extra', 'boot', 'kernel'],
  needs: ['facts'],
  check: (observations) =>
    noProblems(
      observations.consoleFindings.map(
        ({ kind, line, machine }) => `${kind} (${machine ?? 'first'}): ${line.trim().slice(0, 200)}`,
      ),
      'no sign of trouble on any console',
      'no sign of trouble on any console',
    ),
};
