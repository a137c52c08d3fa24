import { describe, expect, it } from '@jest/globals';
import { baselineFixes, checkBaseline, judgeFile } from './check.ts';
import { type BaselineFacts, dpkgPackages, kernelLines, parseSshd } from './facts.ts';
import { parseList, parseSources } from './repositories.ts';
import { BASELINE } from './rules.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

const GOOD: BaselineFacts = {
  passwd: [['root', 'x', '0', '0', 'root', '/root', '/bin/bash']],
  shadow: [
    ['root', '*'],
    ['daemon', '!*'],
  ],
  formerShadow: [],
  hostKeys: [],
  machineId: 'uninitialized',
  authorizedKeys: [],
  swap: [],
  packages: new Set(['bash', 'unattended-upgrades']),
  lockFiles: [],
  sshd: new Map([
    ['passwordauthentication', 'no'],
    ['kbdinteractiveauthentication', 'No'],
  ]),
  journald: new Map([['Storage', 'persistent']]),
  coredump: new Map([['Storage', 'none']]),
  repositories: [{ file: '/etc/apt/sources.list', uri: 'https://mirror.example/debian', trusted: false }],
  kernelLines: ['root=LABEL=root ro quiet apparmor=1'],
  apt: new Map([
    ['APT::Periodic::Update-Package-Lists', '1'],
    ['APT::Periodic::Unattended-Upgrade', '1'],
  ]),
  motd: ['90-updates-available'],
  enabledUnits: new Set(['ssh.service', 'systemd-timesyncd.service']),
  permissions: { worldWritable: [], setId: ['/usr/bin/su', '/usr/lib/dbus-1.0/dbus-daemon-launch-helper'] },
};
const failing = (facts: Partial<BaselineFacts>) =>
  checkBaseline({ ...GOOD, ...facts })
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ rule, outcome }) => `${rule.replace('baseline/', '')} ${outcome}`);

describe('the baseline', () => {
  it('passes a good image', () => {
    expect(failing({})).toEqual([]);
  });

  it.each<[string, Partial<BaselineFacts>, string[]]>([
    [
      'a password',
      {
        shadow: [
          ['root', '!'],
          ['u', '$y$x'],
        ],
      },
      ['no-passwords fail'],
    ],
    [
      'an empty password',
      {
        shadow: [
          ['root', '*'],
          ['u', ''],
        ],
      },
      ['no-empty-passwords fail'],
    ],
    [
      'a password in the oldest form',
      {
        shadow: [
          ['root', '*'],
          ['old', 'ab9cG0q/EgyeI'],
        ],
      },
      ['no-passwords fail'],
    ],
    ['a password in /etc/passwd', { passwd: [['old', '$6$x', '1', '1']] }, ['no-passwords fail']],
    ['a password in the former shadow', { formerShadow: [['root', '$6$x']] }, ['no-passwords fail']],
    ['root with a password', { shadow: [['root', '$6$x']] }, ['no-passwords fail', 'root-locked fail']],
    ['host keys', { hostKeys: ['ssh_host_rsa_key'] }, ['no-host-keys fail']],
    ['a machine id', { machineId: 'abc' }, ['empty-machine-id fail']],
    ['keys', { authorizedKeys: ['/root/.ssh/authorized_keys'] }, ['no-authorized-keys fail']],
    ['a build user', { passwd: [['vagrant', 'x']] }, ['no-build-user fail']],
    ['swap', { swap: ['/swapfile'] }, ['no-swap fail']],
    ['a mail agent', { packages: new Set(['postfix', 'unattended-upgrades']) }, ['no-mail-agent fail']],
    ['a lock', { lockFiles: ['/etc/passwd.lock'] }, ['no-lock-files fail']],
    ['passwords over SSH', { sshd: new Map([['port', '22']]) }, ['ssh-keys-only fail']],
    ['core dumps', { coredump: new Map() }, ['core-dumps-off fail']],
    ['a volatile journal', { journald: new Map([['Storage', 'auto']]) }, ['journal-persistent fail']],
    [
      'a repository that is trusted blindly, or is a folder of the build',
      { repositories: [{ file: 'f', uri: 'copy:/tmp/medium', trusted: true }] },
      ['allowed-repositories fail'],
    ],
    ['a root shell at boot', { kernelLines: ['ro init=/bin/sh'] }, ['kernel-command-line fail']],
    ['protections turned off', { kernelLines: ['ro', 'ro mitigations=off'] }, ['kernel-command-line fail']],
    ['no automatic updates', { apt: new Map() }, ['security-updates fail']],
    ['nothing that installs them', { packages: new Set(['bash']) }, ['security-updates fail']],
    ['no hint of updates', { motd: ['10-uname'] }, ['update-hint fail']],
    ['no clock service', { enabledUnits: new Set() }, ['time-synchronised fail']],
    [
      'two clock services',
      { enabledUnits: new Set(['systemd-timesyncd.service', 'chrony.service']) },
      ['time-synchronised fail'],
    ],
    [
      'a file for all to write',
      { permissions: { worldWritable: ['/etc/x'], setId: [] } },
      ['no-world-writable fail'],
    ],
    [
      'an unknown name where programs lie',
      { permissions: { worldWritable: [], setId: ['/usr/bin/strange'] } },
      ['suid-allowlist fail'],
    ],
    [
      'a known name in a strange place',
      { permissions: { worldWritable: [], setId: ['/opt/su'] } },
      ['suid-allowlist fail'],
    ],
    [
      'nothing to look at',
      {
        ...{ shadow: [], passwd: [], packages: undefined, sshd: new Map() },
        ...{ repositories: undefined, kernelLines: [] },
      },
      [
        'no-passwords unknown',
        'no-empty-passwords unknown',
        'root-locked unknown',
        'no-build-user unknown',
        'no-mail-agent unknown',
        'ssh-keys-only unknown',
        'allowed-repositories unknown',
        'kernel-command-line unknown',
        'security-updates unknown',
        'update-hint unknown',
      ],
    ],
  ])('finds %s', (_name, facts, expected) => {
    expect(failing(facts)).toEqual(expected);
  });

  it('fixes what fails, has a fix and is not waived', () => {
    const results = checkBaseline({
      ...GOOD,
      hostKeys: ['k'],
      machineId: 'x',
      packages: new Set(['postfix', 'unattended-upgrades']),
    });
    expect(baselineFixes(results, new Set(['baseline/empty-machine-id'])).map(({ rule }) => rule)).toEqual([
      'baseline/no-host-keys',
    ]);
    expect(new Set(BASELINE.map(({ id }) => id)).size).toBe(BASELINE.length);
  });

  it('reads settings of sshd: the first counts, Match blocks do not', () => {
    const lines = ['# Port 1', 'Port 2', 'port 3', 'PasswordAuthentication = no', 'Match User x', 'Banner y'];
    expect([...parseSshd(lines)]).toEqual([
      ['port', '2'],
      ['passwordauthentication', 'no'],
    ]);
  });

  it('reads installed packages only', () => {
    const status =
      'Package: a\nStatus: install ok installed\n\nPackage: b\nStatus: deinstall ok config-files\n';
    expect(dpkgPackages(status)).toEqual(new Set(['a']));
    expect(dpkgPackages('')).toBeUndefined();
  });

  it('takes what the project allows and asks for', () => {
    const rules = (settings: Partial<typeof DEFAULT_SETTINGS>, facts: Partial<BaselineFacts> = {}) =>
      checkBaseline({ ...GOOD, ...facts }, { ...DEFAULT_SETTINGS, ...settings })
        .filter(({ outcome }) => outcome !== 'pass')
        .map(({ rule, findings }) => [rule.replace('baseline/', ''), ...findings]);
    expect(rules({ 'allowed-repositories': ['https://mirror.example/debian/'] })).toEqual([]);
    expect(rules({ 'allowed-repositories': ['https://other.example'] })).toEqual([
      ['allowed-repositories', expect.stringContaining('is not allowed')],
    ]);
    expect(rules({ 'required-kernel-options': ['audit=1'] })).toEqual([
      ['kernel-command-line', 'audit=1 is not set'],
    ]);
    const permissions = { worldWritable: [], setId: ['/opt/su'] };
    expect(rules({ 'allowed-suid': ['/opt/su'] }, { permissions })).toEqual([]);
  });

  it('judges a file by a rule of the project’s own', () => {
    const text = '# a\n  b = 1 \n';
    expect(judgeFile({ file: '/f', line: 'b = 1' }, text)).toEqual([]);
    expect(judgeFile({ file: '/f', line: 'b = 2' }, text)).toHaveLength(1);
    expect(judgeFile({ file: '/f', line: 'b = 1' }, undefined)).toHaveLength(1);
    expect(judgeFile({ file: '/f', 'no-line': 'b = 1' }, text)).toHaveLength(1);
    expect(judgeFile({ file: '/f', 'no-line': 'b = 2' }, text)).toEqual([]);
    expect(judgeFile({ file: '/f', absent: true }, '')).toHaveLength(1);
    expect(judgeFile({ file: '/f', absent: true }, undefined)).toEqual([]);
  });

  it('reads repositories in both styles, and kernel command lines', () => {
    expect(
      parseList(
        '# deb x y\ndeb [trusted=yes arch=amd64] file:/srv ./\ndeb-src https://a/b trixie main\n',
        'l',
      ),
    ).toEqual([
      { file: 'l', uri: 'file:/srv', trusted: true },
      { file: 'l', uri: 'https://a/b', trusted: false },
    ]);
    expect(
      parseSources(
        'Types: deb\nURIs: https://a\n https://b\nSuites: x\n#c\nTrusted: yes\n\nEnabled: no\nURIs: https://c\n',
        's',
      ),
    ).toEqual([
      { file: 's', uri: 'https://a', trusted: true },
      { file: 's', uri: 'https://b', trusted: true },
    ]);
    expect(
      kernelLines('menu {\n\tlinux\t/vmlinuz root=/dev/x ro \n  linuxefi /v a\n}\n# linux /v b'),
    ).toEqual(['root=/dev/x ro', 'a']);
  });
});
