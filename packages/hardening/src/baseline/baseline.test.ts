import { describe, expect, it } from '@jest/globals';
import { baselineFixes, checkBaseline } from './check.ts';
import { type BaselineFacts, dpkgPackages, parseSshd } from './facts.ts';
import { BASELINE } from './rules.ts';

const GOOD: BaselineFacts = {
  passwd: [['root', 'x', '0', '0', 'root', '/root', '/bin/bash']],
  shadow: [
    ['root', '*'],
    ['daemon', '!*'],
  ],
  hostKeys: [],
  machineId: 'uninitialized',
  authorizedKeys: [],
  swap: [],
  packages: new Set(['bash']),
  lockFiles: [],
  sshd: new Map([
    ['passwordauthentication', 'no'],
    ['kbdinteractiveauthentication', 'No'],
  ]),
  journald: new Map([['Storage', 'persistent']]),
  coredump: new Map([['Storage', 'none']]),
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
    ['root with a password', { shadow: [['root', '$6$x']] }, ['no-passwords fail', 'root-locked fail']],
    ['host keys', { hostKeys: ['ssh_host_rsa_key'] }, ['no-host-keys fail']],
    ['a machine id', { machineId: 'abc' }, ['empty-machine-id fail']],
    ['keys', { authorizedKeys: ['/root/.ssh/authorized_keys'] }, ['no-authorized-keys fail']],
    ['a build user', { passwd: [['vagrant', 'x']] }, ['no-build-user fail']],
    ['swap', { swap: ['/swapfile'] }, ['no-swap fail']],
    ['a mail agent', { packages: new Set(['postfix']) }, ['no-mail-agent fail']],
    ['a lock', { lockFiles: ['/etc/passwd.lock'] }, ['no-lock-files fail']],
    ['passwords over SSH', { sshd: new Map([['port', '22']]) }, ['ssh-keys-only fail']],
    ['core dumps', { coredump: new Map() }, ['core-dumps-off fail']],
    ['a volatile journal', { journald: new Map([['Storage', 'auto']]) }, ['journal-persistent fail']],
    [
      'nothing to look at',
      { shadow: [], passwd: [], packages: undefined, sshd: new Map() },
      [
        'no-passwords unknown',
        'no-empty-passwords unknown',
        'root-locked unknown',
        'no-build-user unknown',
        'no-mail-agent unknown',
        'ssh-keys-only unknown',
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
      packages: new Set(['postfix']),
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
});
