import { describe, expect, it } from '@jest/globals';
import { type Expectations, parseExpectations } from '../../expectations.ts';
import type { Observations, ProbeResult } from '../../observations.ts';
import { evaluate } from '../../results.ts';
import { recordedFacts } from '../../testing/fake-guest.ts';
import { EXTRA_CASES } from './index.ts';
import { openListeners } from './services.ts';

const expectations: Expectations = parseExpectations(
  `sysctl: {kernel.randomize_va_space: 2, net/ipv4/tcp_syncookies: 1}
setuid: {allowed: [/usr/bin/su]}
listeners: {allowed: [tcp/22/sshd, udp/68/systemd-network]}
boot: {maximum-seconds: 30}`,
  'x',
);

type Guest = Record<string, ProbeResult>;
const ok = (stdout: string): ProbeResult => ({ rc: 0, stdout, stderr: '' });

/** Facts of a good image, as far as these cases look. */
async function facts(): Promise<Observations> {
  const recorded = await recordedFacts();
  const guest: Guest = {
    ...recorded.guest,
    'host-keys': ok('256 SHA256:aaa root@x (ED25519)\n'),
    'machine-id': ok(`${'a'.repeat(32)}\n`),
    listeners: ok('tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=1,fd=3))\n'),
    hostname_is_the_seeds: ok('fvt-guest\nfvt-guest\n'),
    sshd_refuses_passwords_and_root: ok(
      'passwordauthentication no\npermitemptypasswords no\npermitrootlogin no\n',
    ),
    account_databases_are_consistent: ok('pwck 0\ngrpck 0\n'),
    no_shell_history: ok(''),
    sudoers_are_valid: ok(`${recorded.launch.seedUsers[0]} ALL=(ALL) NOPASSWD:ALL\n`),
    sysctl_baseline: ok('kernel/randomize_va_space:2\nnet/ipv4/tcp_syncookies:1\n'),
    kernel_is_untainted: ok('0\n'),
    cpu_mitigations_are_on: ok('meltdown: Not affected\n'),
    core_dumps_are_off: ok('0\n'),
    mandatory_access_control_is_on: ok('lockdown,apparmor\napparmor 12\n'),
    secure_boot_is_on: ok('SecureBoot 1\nSetupMode 0\nlockdown none [integrity] confidentiality\n'),
    tpm_is_usable: ok('version 2\nanswer 00000000\n'),
    'file-modes': ok('4755 f root /usr/bin/su\n'),
    time_is_synchronised: ok('systemd-timesyncd\n'),
    journal_is_persistent: ok('/var/log/journal/x/system.journal\n'),
  };
  const identity = Object.fromEntries(
    ['host-keys', 'machine-id', 'passwd'].map((id) => [id, guest[id] as ProbeResult]),
  );
  const launch = {
    ...recorded.launch,
    accelerator: 'kvm',
    hostname: 'fvt-guest',
    secureBoot: true,
    tpm: true,
  };
  return {
    ...recorded,
    launch,
    guest,
    stages: [{ stage: 'ssh', seconds: 12 }],
    consoleFindings: [],
    secondBoot: {
      launch,
      guest: {
        'host-keys': ok('256 SHA256:bbb root@x (ED25519)\n'),
        'machine-id': ok(`${'b'.repeat(32)}\n`),
      },
    },
    reboot: { problem: undefined, witnessed: true, before: identity, guest: identity },
  };
}

/** A fault in one fact. */
type Change = (seen: Observations) => Partial<Observations>;
const fact =
  (id: string, stdout: string, rc = 0): Change =>
  ({ guest }) => ({ guest: { ...guest, [id]: { rc, stdout, stderr: '' } } });
const rebooted =
  (id: string, stdout: string): Change =>
  ({ reboot }) =>
    reboot ? { reboot: { ...reboot, guest: { ...reboot.guest, [id]: ok(stdout) } } } : {};
const more =
  (id: string, text: string): Change =>
  ({ guest }) => ({ guest: { ...guest, [id]: ok(`${guest[id]?.stdout ?? ''}${text}`) } });

const MUTANTS: readonly (readonly [id: string, change: Change, says: RegExp])[] = [
  ['ssh_host_keys_are_unique', fact('host-keys', '256 SHA256:bbb root@x (ED25519)\n'), /SHA256:bbb in both/],
  ['ssh_host_keys_are_unique', fact('host-keys', ''), /0 and 1/],
  ['machine_id_is_unique', fact('machine-id', `${'b'.repeat(32)}\n`), /and b+/],
  ['machine_id_is_unique', fact('machine-id', 'uninitialized\n'), /uninitialized/],
  ['hostname_is_the_seeds', fact('hostname_is_the_seeds', 'builder\nbuilder\n'), /builder/],
  ['second_boot_changes_nothing', rebooted('passwd', 'new:x:1001:1001::/:/bin/false\n'), /passwd changed/],
  ['second_boot_changes_nothing', rebooted('host-keys', '256 SHA256:ccc root@x (ED25519)\n'), /host-keys ch/],
  ['second_boot_changes_nothing', rebooted('machine-id', `${'c'.repeat(32)}\n`), /machine-id changed/],
  ['root_account_is_locked', fact('shadow-kinds', 'root hash\n'), /hash/],
  ['root_account_is_locked', fact('shadow-kinds', 'bin locked\n'), /no entry of root/],
  [
    'sshd_refuses_passwords_and_root',
    fact(
      'sshd_refuses_passwords_and_root',
      'passwordauthentication yes\npermitemptypasswords no\npermitrootlogin no\n',
    ),
    /passwordauthentication yes/,
  ],
  [
    'sshd_refuses_passwords_and_root',
    fact(
      'sshd_refuses_passwords_and_root',
      'passwordauthentication no\npermitemptypasswords no\npermitrootlogin yes\n',
    ),
    /permitrootlogin yes/,
  ],
  [
    'account_databases_are_consistent',
    fact('account_databases_are_consistent', 'no matching password file entry\npwck 2\ngrpck 0\n'),
    /pwck 2/,
  ],
  [
    'account_databases_are_consistent',
    more('account_databases_are_consistent', 'uid twice: 0\n'),
    /uid twice/,
  ],
  ['no_shell_history', fact('no_shell_history', '/root/.bash_history\n'), /bash_history/],
  ['sudoers_are_valid', fact('sudoers_are_valid', '', 1), /status 1/],
  ['sudoers_are_valid', more('sudoers_are_valid', 'ubuntu ALL=(ALL) NOPASSWD:ALL\n'), /ubuntu/],
  ['service_accounts_have_no_shell', more('passwd', 'games:x:5:60::/:/bin/sh\n'), /games has a shell/],
  [
    'sysctl_baseline',
    fact('sysctl_baseline', 'kernel/randomize_va_space:0\nnet/ipv4/tcp_syncookies:1\n'),
    /randomize_va_space is 0, expected 2/,
  ],
  ['sysctl_baseline', fact('sysctl_baseline', ''), /is not there/],
  ['kernel_is_untainted', fact('kernel_is_untainted', '4096\n'), /4096/],
  ['cpu_mitigations_are_on', more('cpu_mitigations_are_on', 'mds: Vulnerable: no microcode\n'), /mds/],
  ['secure_boot_is_on', fact('secure_boot_is_on', 'SecureBoot 0\nSetupMode 0\n'), /not SecureBoot 1/],
  [
    'secure_boot_is_on',
    fact('secure_boot_is_on', 'SecureBoot 1\nSetupMode 0\nlockdown [none] integrity confidentiality\n'),
    /not locked down/,
  ],
  ['secure_boot_is_on', fact('secure_boot_is_on', ''), /no such variables/],
  ['tpm_is_usable', fact('tpm_is_usable', ''), /no TPM/],
  ['tpm_is_usable', fact('tpm_is_usable', 'version 2\nanswer \n'), /answer/],
  ['core_dumps_are_off', fact('core_dumps_are_off', '2\n'), /2/],
  [
    'mandatory_access_control_is_on',
    fact('mandatory_access_control_is_on', 'capability\napparmor 0\n'),
    /apparmor 0/,
  ],
  ['mandatory_access_control_is_on', fact('mandatory_access_control_is_on', 'selinux 0\n'), /selinux 0/],
  ['no_world_writable_files', more('file-modes', '666 f root /etc/a b\n'), /\/etc\/a b/],
  ['no_world_writable_files', more('file-modes', '777 d root /srv\n'), /\/srv \(folder/],
  ['no_world_writable_files', more('file-modes', '644 f 1234 /opt/x\n'), /owner 1234/],
  ['setuid_inventory', more('file-modes', '4755 f root /usr/bin/evil\n'), /\/usr\/bin\/evil/],
  [
    'listeners_are_allowed',
    more('listeners', 'tcp LISTEN 0 1 *:8080 *:* users:(("x",pid=1,fd=3))\n'),
    /tcp\/8080\/x/,
  ],
  ['time_is_synchronised', fact('time_is_synchronised', ''), /none/],
  ['journal_is_persistent', fact('journal_is_persistent', ''), /neither/],
  ['boot_time_budget', () => ({ stages: [{ stage: 'ssh', seconds: 31 }] }), /31\.0 s/],
  [
    'console_is_clean',
    () => ({ consoleFindings: [{ kind: 'oops', line: 'Oops: 0000', machine: 'reboot' }] }),
    /oops \(reboot\)/,
  ],
];

describe('the extra cases', () => {
  it('pass on a good image, each name once', async () => {
    const seen = await facts();
    const results = EXTRA_CASES.map((item) => evaluate(item, seen, expectations));
    expect(results.filter((item) => item.outcome !== 'pass')).toEqual([]);
    expect(new Set(results.map((item) => item.id)).size).toBe(results.length);
  });

  it.each(MUTANTS)('%s finds its fault (%#)', async (id, change, says) => {
    const good = await facts();
    const seen = { ...good, ...change(good) };
    const result = EXTRA_CASES.map((item) => evaluate(item, seen, expectations)).find(
      (item) => item.id === id,
    );
    expect(result).toMatchObject({ outcome: 'fail' });
    expect(`${result?.actual} ${result?.message}`).toMatch(says);
  });

  it.each(EXTRA_CASES.map((item) => item.id))('%s can fail', (id) => {
    expect(MUTANTS.some(([mutant]) => mutant === id)).toBe(true);
  });

  it('skip with a reason where nothing was asked for, or the processor is not a real one', async () => {
    const good = await facts();
    const seen = { ...good, launch: { ...good.launch, accelerator: 'tcg', secureBoot: false, tpm: false } };
    const skipped = (given: Expectations) =>
      EXTRA_CASES.map((item) => evaluate(item, seen, given)).filter((item) => item.outcome === 'skip');
    expect(skipped(expectations).map((item) => item.id)).toEqual([
      'cpu_mitigations_are_on',
      'secure_boot_is_on',
      'tpm_is_usable',
      'boot_time_budget',
    ]);
    const bare = skipped(parseExpectations('', 'x'));
    expect(bare.map((item) => item.id)).toEqual([
      'sysctl_baseline',
      'cpu_mitigations_are_on',
      'secure_boot_is_on',
      'tpm_is_usable',
      'setuid_inventory',
      'listeners_are_allowed',
      'boot_time_budget',
    ]);
    expect(bare.every((item) => item.message !== '')).toBe(true);
  });

  it('are in error without their facts', async () => {
    const { secondBoot: _second, reboot: _reboot, ...good } = await facts();
    const seen = { ...good, guest: { 'os-release': good.guest['os-release'] as ProbeResult } };
    const results = EXTRA_CASES.filter(
      (item) => !['boot_time_budget', 'console_is_clean'].includes(item.id),
    ).map((item) => evaluate(item, seen, expectations));
    expect(results.filter((item) => item.outcome !== 'error')).toEqual([]);
  });
});

describe('listeners', () => {
  it('are named by protocol, port and process, those on loopback left out', () => {
    const text = [
      'udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:* users:(("systemd-resolve",pid=1,fd=3))',
      'udp UNCONN 0 0 10.0.2.15%ens3:68 0.0.0.0:* users:(("systemd-network",pid=1,fd=3))',
      'tcp LISTEN 0 128 [::]:22 [::]:* users:(("sshd",pid=1,fd=3))',
      'tcp LISTEN 0 128 [::1]:631 [::]:* users:(("cupsd",pid=1,fd=3))',
      'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=1,fd=3))',
      'udp UNCONN 0 0 0.0.0.0:2049 0.0.0.0:*',
      '',
    ].join('\n');
    expect(openListeners(text)).toEqual(['tcp/22/sshd', 'udp/2049/kernel', 'udp/68/systemd-network']);
  });
});
