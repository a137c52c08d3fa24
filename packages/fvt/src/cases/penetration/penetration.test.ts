import { describe, expect, it } from '@jest/globals';
import { NO_EXPECTATIONS } from '../../expectations.ts';
import type { Observations, Penetration, ProbeResult } from '../../observations.ts';
import { evaluate } from '../../results.ts';
import { recordedFacts } from '../../testing/fake-guest.ts';
import { compliesWithProfile } from '../compliance.ts';
import { PENETRATION_CASES } from './index.ts';

const ok = (stdout: string): ProbeResult => ({ rc: 0, stdout, stderr: '' });
const refused = { user: 'root', password: 'root', outcome: 'refused' } as const;
const control = { user: 'fvtcontrol', password: 'of the control', outcome: 'accepted' } as const;

const GOOD: Penetration = {
  scan: { openTcp: [22], openUdp: [], closed: 10, silent: 65_524 },
  services: [],
  sshAudit: { status: 0, text: '', problem: undefined },
  ssh: [refused],
  console: [refused],
  sshControl: control,
  consoleControl: control,
  canaryOnConsole: false,
  vulnerabilities: { database: 'tracker.json', installed: 300, known: 280, vulnerable: [] },
  guest: {
    'pen-sudo': ok('sudo: a password is required\nuser-ab12 users\n'),
    'pen-writable': ok(''),
    'pen-readable': ok(''),
    'pen-capabilities': ok('/usr/bin/ping cap_net_raw=ep\n'),
    'pen-canary': ok('1\n'),
    'pen-login': ok('/usr/bin/login\n'),
    'pen-packages': ok('??5?????? c /etc/ssh/sshd_config\nmissing     /usr/share/doc/x/copyright\n'),
  },
};

async function judge(id: string, change: Partial<Penetration> = {}, seen: Partial<Observations> = {}) {
  const item = PENETRATION_CASES.find((entry) => entry.id === id);
  if (!item) {
    throw new Error(id);
  }
  const recorded = await recordedFacts();
  return evaluate(item, { ...recorded, penetration: { ...GOOD, ...change }, ...seen }, NO_EXPECTATIONS);
}

const inside = (id: string, stdout: string): Partial<Penetration> => ({
  guest: { ...GOOD.guest, [id]: ok(stdout) },
});

describe('the penetration cases', () => {
  it.each(PENETRATION_CASES.map((item) => item.id))('%s passes where nothing was found', async (id) => {
    expect(await judge(id)).toMatchObject({ outcome: 'pass' });
  });

  it.each([
    [
      'ports_outside_are_the_listeners_inside',
      { scan: { ...GOOD.scan, openTcp: [22, 31337] } },
      /tcp\/31337 is open, and nothing inside/,
    ],
    [
      'ports_outside_are_the_listeners_inside',
      { scan: { ...GOOD.scan, openTcp: [22, 5355] } },
      /tcp\/5355\/systemd-resolve is open/,
    ],
    [
      'no_service_answers_without_a_login',
      { services: [{ port: 6379, service: 'Redis', answer: '+PONG' }] },
      /Redis on port 6379/,
    ],
    [
      'sshd_has_no_broken_algorithm',
      {
        sshAudit: { status: 3, text: '(kex) diffie-hellman-group1-sha1 -- [fail] weak', problem: undefined },
      },
      /group1-sha1/,
    ],
    [
      'sshd_has_no_broken_algorithm',
      {
        sshAudit: {
          status: 3,
          text: '(kex) ecdh-sha2-nistp256 -- [fail] using weak elliptic curves\n(key) ssh-dss -- [fail] using small 1024-bit modulus',
          problem: undefined,
        },
      },
      /^(?!.*nistp256).*ssh-dss/,
    ],
    ['sshd_has_no_broken_algorithm', { sshAudit: { status: 3, text: '', problem: undefined } }, /status 3/],
    [
      'default_credentials_are_refused_over_ssh',
      { ssh: [refused, { ...refused, outcome: 'accepted' as const }] },
      /root with "root": accepted/,
    ],
    [
      'default_credentials_are_refused_over_ssh',
      { ssh: [{ ...refused, password: '', outcome: 'unreachable' as const }] },
      /an empty password: unreachable/,
    ],
    [
      'default_credentials_are_refused_on_the_console',
      { console: [{ ...refused, outcome: 'accepted' as const }] },
      /accepted/,
    ],
    [
      'default_credentials_are_refused_on_the_console',
      { ...inside('pen-login', 'none\n'), console: [{ ...refused, outcome: 'accepted' as const }] },
      /root: accepted/,
    ],
    ['ordinary_user_stays_ordinary', inside('pen-sudo', '(ALL) NOPASSWD: ALL\nuser-ab12\n'), /NOPASSWD/],
    ['ordinary_user_stays_ordinary', inside('pen-sudo', 'no\nuser-ab12 docker\n'), /member of docker/],
    ['ordinary_user_stays_ordinary', inside('pen-writable', '/etc/cron.d/x\n'), /may write \/etc\/cron.d\/x/],
    ['ordinary_user_stays_ordinary', inside('pen-readable', '/etc/shadow\n'), /may read \/etc\/shadow/],
    [
      'ordinary_user_stays_ordinary',
      inside('pen-capabilities', '/usr/bin/python3 cap_setuid=ep\n'),
      /cap_setuid/,
    ],
    [
      'ordinary_user_stays_ordinary',
      inside('pen-capabilities', '/usr/bin/x cap_net_raw,cap_setuid=ep\n'),
      /cap_net_raw,cap_setuid/,
    ],
    ['ordinary_user_stays_ordinary', inside('pen-capabilities', '/usr/bin/x 0x80\n'), /0x80/],
    ['package_files_are_unchanged', inside('pen-packages', '??5??????   /usr/bin/ls\n'), /\/usr\/bin\/ls/],
    [
      'seed_is_kept_from_ordinary_users',
      inside('pen-canary', '/run/cloud-init/instance-data.json\n1\n'),
      /readable in/,
    ],
    ['seed_is_kept_from_ordinary_users', { canaryOnConsole: true }, /on the console/],
    [
      'no_package_has_a_known_fault_with_a_fix',
      {
        vulnerabilities: {
          ...{ database: 'tracker.json', installed: 300, known: 280 },
          vulnerable: [{ name: 'openssl', installed: '3.5.1-1', fixedIn: '3.5.1-2', ids: ['CVE-2025-1'] }],
        },
      },
      /openssl 3\.5\.1-1 is older than 3\.5\.1-2 \(CVE-2025-1\)/,
    ],
  ])('%s fails (%#)', async (id, change, says) => {
    const result = await judge(id, change);
    expect(result.outcome).toBe('fail');
    expect(`${result.actual} ${result.message}`).toMatch(says);
  });

  it.each([
    ['ports_outside_are_the_listeners_inside', { scan: { ...GOOD.scan, openTcp: [] } }],
    ['sshd_has_no_broken_algorithm', { sshAudit: { status: undefined, text: '', problem: 'x' } }],
    ['default_credentials_are_refused_over_ssh', { sshControl: { ...control, outcome: 'refused' as const } }],
    [
      'default_credentials_are_refused_on_the_console',
      { consoleControl: { ...control, outcome: 'unreachable' as const } },
    ],
    ['seed_is_kept_from_ordinary_users', inside('pen-canary', '0\n')],
    ['no_package_has_a_known_fault_with_a_fix', { vulnerabilities: 'unknown' as const }],
    [
      'no_package_has_a_known_fault_with_a_fix',
      { vulnerabilities: { database: 'x', installed: 300, known: 0, vulnerable: [] } },
    ],
  ])('%s proves nothing without its control: an error', async (id, change) => {
    expect(await judge(id, change)).toMatchObject({ outcome: 'error' });
  });

  it('the console lets nobody in where there is no login program', async () => {
    const { consoleControl: _none, ...without } = { ...GOOD, ...inside('pen-login', 'none\n') };
    const item = PENETRATION_CASES.find(({ id }) => id === 'default_credentials_are_refused_on_the_console');
    const seen = { ...(await recordedFacts()), penetration: without };
    expect(item && evaluate(item, seen, NO_EXPECTATIONS)).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining('no login program'),
    });
  });

  it("NIST's curves are named and not called broken", async () => {
    const text = [
      '(kex) ecdh-sha2-nistp256 -- [fail] using weak elliptic curves',
      '(key) ecdsa-sha2-nistp256 -- [fail] using elliptic curves that are suspected as being backdoored by the U.S. National Security Agency',
    ].join('\n');
    expect(
      await judge('sshd_has_no_broken_algorithm', { sshAudit: { status: 3, text, problem: undefined } }),
    ).toMatchObject({ outcome: 'pass', message: expect.stringContaining('2 entries') });
  });

  it('are in error when the fork came to nothing, with the reason', async () => {
    const results = PENETRATION_CASES.map(async (item) => {
      const seen = { ...(await recordedFacts()), absent: { penetration: 'the guest died' } };
      return evaluate(item, seen, NO_EXPECTATIONS);
    });
    for (const result of await Promise.all(results)) {
      expect(result).toMatchObject({ outcome: 'error', message: 'the guest died' });
    }
  });
});

describe('compliance', () => {
  const good = { profile: 'cis', score: 95, atRest: 95, open: ['a'], worse: [], waived: 2 };
  const check = async (change: object, least?: number) => {
    const seen = { ...(await recordedFacts()), compliance: { ...good, ...change } };
    return evaluate(compliesWithProfile, seen, {
      ...NO_EXPECTATIONS,
      compliance: least === undefined ? {} : { 'minimum-score': least },
    });
  };

  it('is no worse booted than at rest, or as good as asked for', async () => {
    expect(await check({})).toMatchObject({ outcome: 'pass' });
    expect(await check({ score: 90 })).toMatchObject({ outcome: 'fail', actual: '90 % of the rules pass' });
    expect(await check({ score: 90 }, 80)).toMatchObject({ outcome: 'pass' });
    expect(await check({ worse: ['sysctl_x'] })).toMatchObject({
      outcome: 'fail',
      actual: expect.stringContaining('sysctl_x passed at rest'),
    });
    expect(await check({ atRest: undefined })).toMatchObject({
      outcome: 'fail',
      expected: expect.stringContaining('at least 100 %'),
    });
  });
});
