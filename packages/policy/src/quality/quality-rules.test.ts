import { describe, expect, it } from '@jest/globals';
import { CREATED, changeFacts, commitId, HEAD, MERGED, NOW, observed } from '../../test/change.ts';
import type { Fact, FactOf } from '../facts/facts.ts';
import { decideMerge } from '../merge/decide-merge.ts';
import { parsePolicy } from '../policy/policy-file.ts';
import { ranges } from './coverage-rules.ts';

type Value<K extends Fact['kind']> = NonNullable<Extract<FactOf<K>, { value?: unknown }>['value']>;

const coverage = (value: Partial<Value<'coverage'>> = {}): Fact => ({
  ...observed,
  kind: 'coverage',
  value: {
    madeAt: NOW,
    files: 1,
    lines: { covered: 90, total: 100 },
    changed: [{ path: 'src/a.ts', covered: [1, 2, 3, 20], missed: [4, 30] }],
    ...value,
  },
});
const changed = (lines: [number, number][] | undefined = [[1, 5]], path = 'src/a.ts'): Fact => ({
  ...observed,
  kind: 'changed-lines',
  value: {
    baseSha: commitId('b'),
    headSha: MERGED,
    files: [{ path, ...(lines ? { lines } : {}) }],
  },
});
const base = (covered: number, total = 100): Fact => ({
  ...observed,
  kind: 'coverage-base',
  value: { lines: { covered, total } },
});
const none = { error: 0, warning: 0, note: 0 };
const analysis = (value: Partial<Value<'findings'>> = {}): Fact => ({
  ...observed,
  kind: 'findings',
  value: { madeAt: NOW, tools: ['biome'], revisions: [], total: none, new: none, worst: [], ...value },
});
const tests = (value: Partial<Value<'tests'>> = {}): Fact => ({
  ...observed,
  kind: 'tests',
  value: { madeAt: NOW, passed: 10, failed: 0, skipped: 0, failures: [], ...value },
});
const jobs = (...conclusions: (string | undefined)[]): Fact => ({
  ...observed,
  kind: 'jobs',
  value: conclusions.map((conclusion) => ({
    name: 'test',
    attempt: 1,
    ...(conclusion ? { conclusion } : {}),
  })),
});
const lost = (kind: 'coverage' | 'findings' | 'tests' | 'jobs' | 'changed-lines' | 'coverage-base'): Fact =>
  ({ ...observed, status: 'unknown', kind, detail: 'HTTP 403', permission: 'actions: read' }) as Fact;
const bad = (kind: 'coverage' | 'findings' | 'tests'): Fact =>
  ({ ...observed, status: 'fail', kind, detail: 'report.xml cannot be read: unclosed tag' }) as Fact;

const quality = (text: string, exceptions = ''): string => `version: 1\nquality: ${text}\n${exceptions}`;
const exception = (rule: string, until = '2026-11-24'): string =>
  `exceptions: [{rule: ${rule}, until: ${until}, approved-by: release-owner, reason: legacy code}]\n`;
const LINES = '{coverage: {lines: 90}}';
const PATCH = '{coverage: {patch: 75}}';
const DROP = '{coverage: {max-drop: 0.5}}';
const NEW = '{findings: {new: {error: 0, warning: 0}, total: {error: 0}}}';
const worst = {
  level: 'error',
  rule: 'no-eval',
  file: 'src/a.ts',
  line: 3,
  message: 'x',
  new: true,
} as const;

describe('quality', () => {
  it.each<[string, string, readonly Fact[], RegExp | 'approved']>([
    ['enough coverage', quality(LINES), [coverage()], 'approved'],
    [
      'too little coverage',
      quality(LINES),
      [coverage({ lines: { covered: 899, total: 1000 } })],
      /At least 90 % of all lines are tested: 89\.9 % \(899 of 1000 lines\)/,
    ],
    [
      'almost enough, not rounded up',
      quality(LINES),
      [coverage({ lines: { covered: 89_999, total: 100_000 } })],
      /: 89\.9 %/,
    ],
    [
      'no executable line',
      quality('{coverage: {lines: 0}}'),
      [coverage({ lines: { covered: 0, total: 0 } })],
      /no executable line/,
    ],
    ['no report', quality(LINES), [], /A coverage report that can be read: no fact/],
    [
      'a report that is broken',
      quality(LINES),
      [bad('coverage')],
      /report\.xml cannot be read: unclosed tag/,
    ],
    [
      'a stale report',
      quality(LINES),
      [coverage({ madeAt: '2026-11-24T10:00:00.000Z' })],
      /made 2026-11-24 10:00 UTC, before the run began \(2026-11-24 11:00 UTC\)/,
    ],
    [
      'a report a little before the run, by another clock',
      quality(LINES),
      [coverage({ madeAt: new Date(Date.parse(CREATED) - 60_000).toISOString() })],
      'approved',
    ],
    ['changed lines tested', quality(PATCH), [coverage(), changed()], 'approved'],
    [
      'changed lines not tested',
      quality(PATCH),
      [coverage(), changed([[3, 30]])],
      /75 % of the changed lines are tested: 50\.0 % \(2 of 4 lines\); not tested: src\/a\.ts:4,30/,
    ],
    ['no executable line changed', quality(PATCH), [coverage(), changed([[6, 19]])], 'approved'],
    ['only documents changed', quality(PATCH), [coverage(), changed([[1, 9]], 'README.md')], 'approved'],
    [
      'a changed file that a package names in its own way',
      quality(PATCH),
      [
        coverage({ changed: [], unclear: [{ path: 'packages/a/src/a.ts', reported: 'src/a.ts' }] }),
        changed([[1, 5]], 'packages/a/src/a.ts'),
      ],
      /which files they mean: src\/a\.ts may be packages\/a\/src\/a\.ts/,
    ],
    [
      'changed lines without permission',
      quality(PATCH),
      [coverage(), lost('changed-lines')],
      /the permission actions: read is missing/,
    ],
    [
      'changed lines of another commit',
      quality(PATCH),
      [
        coverage(),
        { ...changed(), value: { ...(changed() as { value: object }).value, headSha: HEAD } } as Fact,
      ],
      /the changed lines are those of eeeeeee, the tests ran on ddddddd/,
    ],
    [
      'a source file in no report',
      quality('{coverage: {paths: [src/**]}}'),
      [coverage(), changed([[1, 5]], 'src/b.ts')],
      /Every changed source file is in the coverage reports: not in any report: src\/b\.ts/,
    ],
    [
      'all source files in a report',
      quality('{coverage: {paths: [src/**]}}'),
      [coverage(), changed()],
      'approved',
    ],
    ['a small drop', quality(DROP), [coverage(), base(90.5 * 10, 1000)], 'approved'],
    [
      'a larger drop',
      quality(DROP),
      [coverage(), base(91)],
      /drops by at most 0\.5 percentage points: 91\.0 % \(91 of 100 lines\) before, 90\.0 %/,
    ],
    ['a rise', quality(DROP), [coverage(), base(10)], 'approved'],
    ['no base', quality(DROP), [coverage()], /no fact about it \(coverage-base\)/],
    ['an empty base', quality(DROP), [coverage(), base(0, 0)], 'approved'],
    ['no findings', quality(NEW), [analysis()], 'approved'],
    [
      'a new warning',
      quality(NEW),
      [analysis({ new: { ...none, warning: 1 }, total: { ...none, warning: 5 } })],
      /No new warnings of biome: 1/,
    ],
    [
      'a new error, with its place',
      quality(NEW),
      [analysis({ new: { ...none, error: 1 }, total: { ...none, error: 1 }, worst: [worst] })],
      /No new errors of biome: 1: no-eval in src\/a\.ts:3/,
    ],
    ['an old warning', quality(NEW), [analysis({ total: { ...none, warning: 5 } })], 'approved'],
    ['an old error', quality(NEW), [analysis({ total: { ...none, error: 1 } })], /No errors of biome: 1/],
    ['new ones without a base', quality(NEW), [analysis({ new: undefined })], /the base's report is missing/],
    [
      'a report about another commit',
      quality(NEW),
      [analysis({ revisions: [commitId('9')] })],
      /about commit 9999999/,
    ],
    ['a report about the head', quality(NEW), [analysis({ revisions: [HEAD] })], 'approved'],
    ['a report about the merge', quality(NEW), [analysis({ revisions: [MERGED] })], 'approved'],
    ['no report of analysis', quality(NEW), [], /A report of static analysis that can be read/],
    ['a broken report of analysis', quality(NEW), [bad('findings')], /unclosed tag/],
    ['tests that pass', quality('{tests: {}}'), [tests()], 'approved'],
    [
      'a test that fails',
      quality('{tests: {}}'),
      [tests({ failed: 1, failures: ['a › b'] })],
      /No test fails: 1 failed: a › b/,
    ],
    ['no test', quality('{tests: {}}'), [tests({ passed: 0 })], /At least 1 passed test: 0 passed/],
    ['too many skipped', quality('{tests: {max-skipped: 0}}'), [tests({ skipped: 2 })], /2 skipped/],
    ['no test report', quality('{tests: {}}'), [], /A test report that can be read/],
    ['jobs that succeeded', quality('{jobs: [test]}'), [jobs('success')], 'approved'],
    ['a skipped job', quality('{jobs: [test]}'), [jobs('skipped')], /The job test succeeded: skipped/],
    ['a cancelled job', quality('{jobs: [test]}'), [jobs('success', 'cancelled')], /cancelled/],
    ['a job that runs', quality('{jobs: [test]}'), [jobs(undefined)], /not finished/],
    ['a job that is not there', quality('{jobs: [lint]}'), [jobs('success')], /the run has no such job/],
    ['jobs without permission', quality('{jobs: [test]}'), [lost('jobs')], /actions: read is missing/],
    [
      'an exception',
      quality(LINES, exception('quality.coverage.lines')),
      [coverage({ lines: { covered: 1, total: 2 } })],
      'approved',
    ],
    [
      'an exception of the group',
      quality(LINES, exception('quality.coverage')),
      [coverage({ lines: { covered: 1, total: 2 } })],
      'approved',
    ],
    [
      'an exception of another rule',
      quality(LINES, exception('quality.coverage.patch')),
      [coverage({ lines: { covered: 1, total: 2 } })],
      /50\.0 %/,
    ],
    [
      'an exception that ended',
      quality(LINES, exception('quality.coverage', '2026-11-23')),
      [coverage({ lines: { covered: 1, total: 2 } })],
      /the exception of release-owner ended on 2026-11-23/,
    ],
    [
      'an exception does not cover a missing report',
      quality(LINES, exception('quality.coverage')),
      [],
      /no fact/,
    ],
  ])('%s', (_what, text, more, expected) => {
    const { decision, reasons } = decideMerge(parsePolicy(text, 'policy.yml'), changeFacts({ more }));
    if (expected === 'approved') {
      expect(reasons).toEqual([]);
    } else {
      expect(reasons.join('\n')).toMatch(expected);
    }
    expect(decision).toBe(expected === 'approved' ? 'approved' : 'refused');
  });

  it('does not ask for a report of a file that was only moved', () => {
    const text = quality('{coverage: {paths: [src/**]}}');
    const facts = changeFacts({ more: [coverage(), changed([], 'src/moved.ts')] });
    expect(decideMerge(parsePolicy(text, 'policy.yml'), facts).reasons).toEqual([]);
    const touched = changeFacts({ more: [coverage(), changed([[1, 1]], 'src/moved.ts')] });
    expect(decideMerge(parsePolicy(text, 'policy.yml'), touched).reasons.join()).toMatch(/src\/moved\.ts/);
  });

  it('does not know the coverage of a change whose lines are not known', () => {
    const unclear: Fact = {
      ...observed,
      kind: 'changed-lines',
      value: { baseSha: commitId('b'), headSha: MERGED, files: [{ path: 'src/a.ts' }] },
    };
    const { reasons } = decideMerge(
      parsePolicy(quality(PATCH), 'policy.yml'),
      changeFacts({ more: [coverage(), unclear] }),
    );
    expect(reasons.join()).toMatch(/which lines changed is not known of src\/a\.ts/);
  });
});

it('writes lines as ranges', () => {
  expect(ranges([9, 3, 4, 5, 11])).toBe('3-5,9,11');
});
