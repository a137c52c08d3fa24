import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExec } from '@golden-image/host';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rhelLicense } from './cases/packages.ts';
import type { RootShell } from './compliance.ts';
import { NO_EXPECTATIONS } from './expectations.ts';
import type { Observations, SubscriptionCheck } from './observations.ts';
import { evaluate } from './results.ts';
import { checkSubscription, subscriptionOf } from './subscription.ts';
import { recordedFacts } from './testing/fake-guest.ts';

const PASSWORD = 'hunter2:"$(x)';
const ID = '01234567-89ab-cdef-0123-456789abcdef';
const signal = new AbortController().signal;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'subscription-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A guest whose subscription-manager writes down how it was called, and asks as the real one does. */
async function guest(behaviour: Partial<Record<'register' | 'status' | 'unregister', string>> = {}) {
  const script = `#!/bin/sh
echo "$*" >> '${folder}/arguments'
case $1 in
  register)
    printf 'Username: '; read -r user; printf 'Password: '; read -r password
    printf '%s\\n%s\\n' "$user" "$password" > '${folder}/answers'
    ${behaviour.register ?? ':'} ;;
  identity) echo 'system identity: ${ID}' ;;
  status) ${behaviour.status ?? "echo 'Content Access Mode is set to Simple Content Access.'"} ;;
  unregister) ${behaviour.unregister ?? ':'} ;;
esac
`;
  const file = path.join(folder, 'subscription-manager');
  await writeFile(file, script);
  await chmod(file, 0o755);
  const exec = createExec({ signal });
  const shell: RootShell = {
    run: ({ script: text, ...rest }) =>
      exec({
        ...{ command: 'sh', args: ['-c', text], ...rest },
        env: { PATH: `${folder}:${process.env.PATH}` },
      }),
  };
  return shell;
}

async function check(shell: RootShell): Promise<SubscriptionCheck> {
  const subscription = subscriptionOf(`user@example.com:${PASSWORD}\n`);
  if (!subscription) {
    throw new Error('no subscription');
  }
  return checkSubscription({ signal }, shell, subscription, 1);
}

const calls = async (): Promise<string> => readFile(path.join(folder, 'arguments'), 'utf8');

/** The case's verdict on a RHEL guest with a product certificate. */
async function judge(subscription: SubscriptionCheck | undefined) {
  const recorded = await recordedFacts();
  const seen: Observations = {
    ...recorded,
    ...(subscription ? { subscription } : {}),
    guest: {
      ...recorded.guest,
      'os-release': { rc: 0, stdout: 'ID="rhel"\n', stderr: '' },
      subscription: { rc: 1, stdout: '479.pem\nThis system is not yet registered.\n', stderr: '' },
    },
  };
  return evaluate(rhelLicense, seen, NO_EXPECTATIONS);
}

describe('a subscription', () => {
  it('goes in through standard input, is judged, and is given back', async () => {
    const result = await check(await guest());
    expect(result.problem).toBeUndefined();
    expect(await judge(result)).toMatchObject({ outcome: 'pass' });
    expect(await readFile(path.join(folder, 'answers'), 'utf8')).toBe(`user@example.com\n${PASSWORD}\n`);
    expect(await calls()).toBe('register\nidentity\nstatus\nunregister\n');
  });

  it('is given back also when nothing may be used, which is a failure', async () => {
    const result = await check(await guest({ status: "echo 'Overall Status: Invalid'; exit 1" }));
    expect(await judge(result)).toMatchObject({ outcome: 'fail', actual: 'the identity has none' });
    expect(await calls()).toContain('unregister');
  });

  it.each([
    [
      'a registration that is refused',
      { register: 'echo "Invalid credentials $password" >&2; exit 70' },
      /registered: Invalid credentials \*\*\*$/,
    ],
    ['an account that keeps the machine', { unregister: 'exit 1' }, /could not be unregistered/],
  ])('%s fails the case, without the password', async (_name, behaviour, says) => {
    const result = await check(await guest(behaviour));
    expect(result.problem).toMatch(says);
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(await judge(result)).toMatchObject({ outcome: 'fail', actual: expect.stringMatching(says) });
  });

  it('that was not given: a skip with the reason', async () => {
    expect(await judge(undefined)).toMatchObject({
      outcome: 'skip',
      message: expect.stringContaining('none was given'),
    });
  });

  it.each(['', 'user', ':x', 'user:', 'user:\n', 'user:a\nb'])(
    '%j has no form, and is not repeated',
    (text) => {
      expect(() => subscriptionOf(text)).toThrow('has not the form user:password');
    },
  );
});
