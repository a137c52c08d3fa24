import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { NO_EXPECTATIONS } from '../expectations.ts';
import type { Observations, ProbeResult } from '../observations.ts';
import { evaluate } from '../results.ts';
import { recordedFacts } from '../testing/fake-guest.ts';
import { holds } from './case.ts';
import { readUserCases } from './read.ts';
import { publishedSchema } from './schema.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'user-cases-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text);
const GOOD = 'id: has_a_motd\nrun: cat /etc/motd\nexpect: {stdout: {match: welcome}}\n';

/** The outcome of the only case in the folder for what its probe brought. */
async function judge(
  brought: Partial<ProbeResult>,
  change: (seen: Observations) => Observations = (seen) => seen,
) {
  const [item] = await readUserCases(folder, []);
  if (!item) {
    throw new Error('no case');
  }
  const seen = await recordedFacts();
  const id = `user-${item.id}`;
  const guest = { ...seen.guest, [id]: { rc: 0, stdout: '', stderr: '', ...brought } };
  return evaluate(item, change({ ...seen, guest }), NO_EXPECTATIONS);
}

describe('a case in YAML', () => {
  it('becomes a question to the guest and a judgement', async () => {
    await put('a.yml', GOOD);
    const [item] = await readUserCases(folder, []);
    expect(item).toMatchObject({ id: 'has_a_motd', needs: ['facts'], tags: ['user', 'severity-medium'] });
    expect(item?.probes?.[0]).toMatchObject({ id: 'user-has_a_motd', seconds: 30 });
    expect(await judge({ stdout: 'welcome\n' })).toMatchObject({ outcome: 'pass' });
    const failed = await judge({ stdout: 'go away\n' });
    expect(failed).toMatchObject({
      outcome: 'fail',
      actual: expect.stringContaining('does not match /welcome/: go away'),
    });
    expect(await judge({ stdout: 'welcome', rc: 1 })).toMatchObject({ actual: 'exit status 1' });
    expect(await judge({ stdout: 'welcome', rc: 124 })).toMatchObject({
      actual: 'exit status 124 (out of time)',
    });
  });

  it.each([
    ['{rc: 3}', { rc: 3 }, 'pass'],
    ['{rc: 3}', { rc: 0 }, 'fail'],
    ['{stdout: {equals: a}}', { stdout: 'a\n' }, 'pass'],
    ['{stdout: {equals: a}}', { stdout: 'ab\n' }, 'fail'],
    ['{stdout: {notMatch: "^b"}}', { stdout: 'a\nb' }, 'fail'],
    ['{stderr: {equals: ""}}', { stderr: 'warning' }, 'fail'],
    ['{stdout: {json: {a: {b: [1]}}}}', { stdout: '{"a": {"b": [1], "c": 2}}' }, 'pass'],
    ['{stdout: {json: {a: 1}}}', { stdout: 'no JSON' }, 'fail'],
  ])('expects %s and sees %j: %s', async (expected, brought, outcome) => {
    await put('a.yml', `id: one_case\nrun: x\nexpect: ${expected}\n`);
    expect((await judge(brought)).outcome).toBe(outcome);
  });

  it('is skipped elsewhere, and without the programs that it needs', async () => {
    await put('a.yml', `${GOOD}when: {distro: [rhel, sles]}\n`);
    expect(await judge({})).toMatchObject({
      outcome: 'skip',
      message: 'only for distro rhel, sles, this is debian',
    });
    await put('a.yml', `${GOOD}when: {arch: arm64}\n`);
    expect((await judge({})).message).toBe('only for arch aarch64, this is x86_64');
    await put('a.yml', `${GOOD}needs: [docker]\n`);
    expect(await judge({ stdout: 'fvt-lacks: docker\n' })).toMatchObject({
      outcome: 'skip',
      message: 'the image has no docker',
    });
  });

  it('runs as another user, and alone where it is destructive', async () => {
    await put('a.yml', `${GOOD}as: nobody\ndestructive: true\n`);
    const [item] = await readUserCases(folder, []);
    expect(item?.needs).toEqual(['facts', 'own-machine']);
    expect(item?.ownMachine?.[0]?.script).toContain("runuser -u nobody -- sh -c 'cat /etc/motd'");
    expect(item?.probes).toBeUndefined();
    const own = {
      ownMachines: { has_a_motd: { 'user-has_a_motd': { rc: 0, stdout: 'welcome', stderr: '' } } },
    };
    expect(await judge({}, (seen) => ({ ...seen, ...own }))).toMatchObject({ outcome: 'pass' });
    expect(await judge({}, (seen) => ({ ...seen, absent: { has_a_motd: 'no fork' } }))).toMatchObject({
      outcome: 'error',
      message: 'no fork',
    });
  });
});

describe('a program', () => {
  const header = '# ---\n# id: our_agent\n# needs: [systemctl]\n# as: nobody\n# ---\n';

  it('passes with 0, is skipped with 77, fails with all else', async () => {
    await put('agent.sh', `#!/bin/sh\n${header}exit 0\n`);
    await chmod(path.join(folder, 'agent.sh'), 0o755);
    expect(await judge({ stdout: 'all\nwell\n' })).toMatchObject({ outcome: 'pass', message: 'well' });
    expect(await judge({ rc: 77, stdout: 'no agent here\n' })).toMatchObject({
      outcome: 'skip',
      message: 'no agent here',
    });
    expect(await judge({ rc: 1, stderr: 'boom' })).toMatchObject({
      outcome: 'fail',
      actual: 'exit status 1: boom',
    });
  });

  it('must have a header', async () => {
    await put('agent.sh', '#!/bin/sh\nexit 0\n');
    await expect(readUserCases(folder, [])).rejects.toMatchObject({
      code: 'invalid-user-case',
      message: expect.stringContaining('it has no header'),
    });
  });
});

describe('refused is', () => {
  it.each([
    ['a case without an expectation', 'id: one_case\nrun: x\nexpect: {}', /assert nothing/],
    ['a case without expect', 'id: one_case\nrun: x', /expect/],
    ['an output that asserts nothing', 'id: one_case\nrun: x\nexpect: {stdout: {}}', /asserts nothing/],
    ['an empty pattern', 'id: one_case\nrun: x\nexpect: {stdout: {match: ""}}', /match/],
    ['a pattern that is none', 'id: one_case\nrun: x\nexpect: {stdout: {match: "("}}', /regular expression/],
    ['an unknown key', `${GOOD}tiemout: 3`, /tiemout/],
    ['a duplicate key', `${GOOD}run: y`, /unique/],
    ['a name with odd characters', GOOD.replace('has_a_motd', '"a; rm -rf /"'), /id/],
    ['a user with odd characters', `${GOOD}as: "x; y"`, /as/],
    ['a billion laughs', 'a: &a [x,x]\nb: &b [*a,*a]\nid: *b', /not valid/],
    ['no YAML', 'id: [', /not valid/],
    ['a list that is empty', 'cases: []', /cases/],
  ])('%s', async (_what, text, says) => {
    await put('a.yml', text);
    await expect(readUserCases(folder, [])).rejects.toMatchObject({
      code: 'invalid-user-case',
      message: expect.stringMatching(says),
    });
  });

  it('a name that is taken, a file of another kind, a link, a folder without a case or none at all', async () => {
    await put('a.yml', GOOD);
    await put('b.yml', `cases:\n- ${GOOD.replaceAll('\n', '\n  ')}`);
    await expect(readUserCases(folder, [])).rejects.toThrow(/has_a_motd is in a.yml already/);
    await rm(path.join(folder, 'b.yml'));
    await expect(readUserCases(folder, ['has_a_motd'])).rejects.toThrow(/in the catalogue already/);
    await symlink('/etc/passwd', path.join(folder, 'c.yml'));
    await expect(readUserCases(folder, [])).rejects.toThrow(/no regular file/);
    await rm(path.join(folder, 'c.yml'));
    await put('notes.txt', 'x');
    await expect(readUserCases(folder, [])).rejects.toThrow(/neither YAML/);
    await put('big.yml', `# ${'x'.repeat(300_000)}`);
    await expect(readUserCases(folder, [])).rejects.toThrow(/more than 256 KiB/);
    const empty = path.join(folder, 'empty');
    await mkdir(empty);
    await writeFile(path.join(empty, 'README.md'), 'x');
    await expect(readUserCases(empty, [])).rejects.toThrow(/no case in it/);
    await expect(readUserCases(path.join(folder, 'none'), [])).rejects.toThrow(/cannot be read/);
  });
});

describe('the published schema', () => {
  const file = path.join(import.meta.dirname, '../../schema/user-cases.schema.json');

  it('is the one that files are read with', async () => {
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(publishedSchema());
  });

  it('takes what is taken and refuses what is refused, as far as a schema can say', async () => {
    const validate = new Ajv2020({ strict: false }).compile(publishedSchema());
    expect(validate(parse(GOOD))).toBe(true);
    expect(validate({ cases: [parse(GOOD)] })).toBe(true);
    expect(validate(parse(`${GOOD}tiemout: 3`))).toBe(false);
    expect(validate({ id: 'one_case', run: 'x' })).toBe(false);
  });
});

describe('holding JSON', () => {
  it('compares named members, and all else whole', () => {
    expect(holds({ a: 1, b: 2 }, { a: 1 })).toBe(true);
    expect(holds({ a: [1, 2] }, { a: [1] })).toBe(false);
    expect(holds(null, { a: 1 })).toBe(false);
    expect(holds({}, { toString: 1 })).toBe(false);
  });
});
