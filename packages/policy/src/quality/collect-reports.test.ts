import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fixedClock, silentLog } from '@golden-image/host';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOW } from '../../test/change.ts';
import { collectReportFacts } from './collect-reports.ts';

let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'collect-'));
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

it('names the changed files of a package whose report names files from its own folder', async () => {
  await mkdir(path.join(workspace, 'packages/a/coverage'), { recursive: true });
  await writeFile(
    path.join(workspace, 'packages/a/coverage/lcov.info'),
    'SF:src/a.ts\nDA:1,1\nend_of_record\nSF:packages/a/src/b.ts\nDA:1,1\nDA:2,0\nend_of_record\n',
  );
  const reports = { coverageBase: [], sarif: [], sarifBase: [], junit: [] };
  const [fact] = await collectReportFacts(
    { workspace, coverage: ['packages/*/coverage/lcov.info'], ...reports },
    { coverage: { patch: 75 } },
    [{ path: 'packages/a/src/a.ts', lines: [[1, 5]] }, { path: 'packages/a/src/b.ts' }],
    { clock: fixedClock(NOW), log: silentLog, signal: new AbortController().signal },
  );
  expect(fact).toMatchObject({
    kind: 'coverage',
    status: 'pass',
    value: {
      changed: [{ path: 'packages/a/src/b.ts', covered: [], missed: [] }],
      unclear: [{ path: 'packages/a/src/a.ts', reported: 'src/a.ts' }],
    },
  });
});

describe('a report', () => {
  const none = { coverage: [], coverageBase: [], sarif: [], sarifBase: [], junit: [] };
  const ports = { clock: fixedClock(NOW), log: silentLog, signal: new AbortController().signal };
  const collect = (inputs: Partial<typeof none> | Record<string, string[]>, policy: object) =>
    collectReportFacts({ workspace, ...none, ...inputs }, policy, [], ports);
  const tests = { tests: { 'max-failed': 0, 'min-passed': 1 } };

  it('is read only where the policy asks for it', async () => {
    expect(await collect({ junit: ['none.xml'], sarif: ['none.sarif'], coverage: ['none'] }, {})).toEqual([]);
  });

  it.each<[string, string[], string, RegExp]>([
    ['not given', [], 'unknown', /no report was given in the input junit/],
    ['not there', ['none.xml'], 'fail', /none\.xml/],
    ['matched by nothing', ['none/*.xml'], 'fail', /no report none\/\*\.xml was found/],
    ['empty', ['empty.xml'], 'fail', /empty\.xml/],
    ['of something else', ['other.xml'], 'fail', /other\.xml/],
    ['there, beside one that is not', ['good.xml', 'none/*.xml'], 'fail', /no report none/],
  ])('that is %s is no good one', async (_what, junit, status, detail) => {
    await writeFile(path.join(workspace, 'empty.xml'), '');
    await writeFile(path.join(workspace, 'other.xml'), '<html/>');
    await writeFile(path.join(workspace, 'good.xml'), '<testsuite><testcase name="a"/></testsuite>');
    const [fact, ...more] = await collect({ junit }, tests);
    expect(more).toEqual([]);
    expect(fact).toMatchObject({ kind: 'tests', status, detail: expect.stringMatching(detail) });
    expect('value' in (fact ?? {})).toBe(false);
  });

  it('of tests is read, several as one', async () => {
    await writeFile(path.join(workspace, 'good.xml'), '<testsuite><testcase name="a"/></testsuite>');
    await writeFile(
      path.join(workspace, 'bad.xml'),
      '<testsuite><testcase name="b"><failure/></testcase></testsuite>',
    );
    const [fact] = await collect({ junit: ['good.xml', '*d.xml'] }, tests);
    expect(fact).toMatchObject({ status: 'pass', value: { passed: 1, failed: 1 } });
  });

  it('of the base is read where coverage may not drop', async () => {
    await writeFile(path.join(workspace, 'lcov.info'), 'SF:a.ts\nDA:1,1\nDA:2,0\nend_of_record\n');
    const policy = { coverage: { 'max-drop': 1 } };
    const facts = await collect({ coverage: ['lcov.info'], coverageBase: ['lcov.info'] }, policy);
    expect(facts).toEqual([
      expect.objectContaining({ kind: 'coverage', status: 'pass' }),
      expect.objectContaining({ kind: 'coverage-base', value: { lines: { covered: 1, total: 2 } } }),
    ]);
    const [, missing] = await collect({ coverage: ['lcov.info'] }, policy);
    expect(missing).toMatchObject({ kind: 'coverage-base', status: 'unknown' });
  });

  it('that a cancellation interrupts is no fact', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(
      collectReportFacts({ workspace, ...none, junit: ['none.xml'] }, tests, [], { ...ports, signal }),
    ).rejects.toThrow('cancelled');
  });
});
