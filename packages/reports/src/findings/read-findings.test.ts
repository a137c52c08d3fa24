import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixture, ports, reportFolder } from '../../test/files.ts';
import { readBase, readFindings } from './read-findings.ts';

const folder = reportFolder();

interface Sample {
  readonly ruleId?: string;
  readonly level?: string;
  readonly line?: number;
  readonly fingerprint?: string;
  readonly [property: string]: unknown;
}
const result = ({ ruleId = 'r1', line = 1, fingerprint, ...more }: Sample = {}) => ({
  ruleId,
  message: { text: `about ${ruleId}` },
  locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.ts' }, region: { startLine: line } } }],
  ...(fingerprint === undefined
    ? {}
    : { partialFingerprints: { 'primaryLocationLineHash/v1': fingerprint } }),
  ...more,
});
const driver = {
  name: 'linter',
  rules: [
    { id: 'r1', defaultConfiguration: { level: 'error' } },
    { id: 'r2', defaultConfiguration: { level: 'note' } },
    { id: 'r3' },
    { id: 'r4', defaultConfiguration: { level: 'none' } },
  ],
};
const run = (results: unknown, more: object = {}) => ({ tool: { driver }, results, ...more });
const log = (...runs: readonly object[]): string => JSON.stringify({ version: '2.1.0', runs });
const read = async (text: string, base?: string) =>
  readFindings(
    [await folder.write(text)],
    base === undefined ? undefined : await readBase([await folder.write(base)], ports),
    ports,
  );

describe('levels', () => {
  it('come from the result, else from its rule, else they are warnings', async () => {
    const {
      total,
      tools,
      new: fresh,
    } = await read(
      log(
        run([
          result(),
          result({ ruleId: 'r1', level: 'note' }),
          result({ ruleId: 'r1/sub' }),
          result({ ruleId: 'r2' }),
          result({ ruleId: 'r3' }),
          result({ ruleId: 'unknown' }),
          result({ ruleId: 'r4' }),
          result({ level: 'none' }),
          { ruleIndex: 1, message: { text: 'by index' } },
          { rule: { index: 0 }, message: { text: 'by reference' } },
          { message: { text: 'of no rule' } },
        ]),
      ),
    );
    expect(total).toEqual({ error: 3, warning: 3, note: 3 });
    expect(tools).toEqual(['linter']);
    expect(fresh).toBeUndefined();
  });

  it('are the same when the tool stands after its results', async () => {
    const text = JSON.stringify({ runs: [{ results: [result()], tool: { driver } }], version: '2.1.0' });
    expect((await read(text)).total).toEqual({ error: 1, warning: 0, note: 0 });
  });

  it('of an extension are found there', async () => {
    const extensions = [{ name: 'plugin', rules: [{ id: 'p', defaultConfiguration: { level: 'note' } }] }];
    const found = { rule: { id: 'p', toolComponent: { index: 0 } }, message: { text: 'x' } };
    const { total } = await read(log({ tool: { driver: { name: 'a' }, extensions }, results: [found] }));
    expect(total).toEqual({ error: 0, warning: 0, note: 1 });
  });
});

it("reads Biome's own report", async () => {
  const { total, tools, worst } = await readFindings([fixture('sarif/biome-2.5.15.sarif')], undefined, ports);
  expect(total).toEqual({ error: 2, warning: 2, note: 0 });
  expect(tools).toEqual(['Biome']);
  expect(worst.map(({ rule }) => rule)).toContain('lint/security/noGlobalEval');
});

describe('what does not count', () => {
  it.each<[string, object, number]>([
    ['a result that passed', { kind: 'pass', level: 'none' }, 0],
    ['information', { kind: 'informational' }, 0],
    ['one that is gone since the baseline', { baselineState: 'absent' }, 0],
    ['one that is suppressed in the source', { suppressions: [{ kind: 'inSource' }] }, 0],
    ['an accepted suppression', { suppressions: [{ kind: 'external', status: 'accepted' }] }, 0],
    ['no suppression', { suppressions: [] }, 1],
    ['a suppression under review', { suppressions: [{ kind: 'external', status: 'underReview' }] }, 1],
    ['a rejected suppression', { suppressions: [{ status: 'accepted' }, { status: 'rejected' }] }, 1],
    ['an unchanged one', { baselineState: 'unchanged' }, 1],
  ])('%s', async (_what, more, count) => {
    expect((await read(log(run([result(more as Sample)])))).total.error).toBe(count);
  });
});

describe('new findings', () => {
  it('are those that the base does not have, by fingerprint, wherever they moved', async () => {
    const base = log(run([result({ fingerprint: 'a', line: 1 }), result({ fingerprint: 'b' })]));
    const head = log(run([result({ fingerprint: 'a', line: 90 }), result({ fingerprint: 'c' })]));
    const { total, new: fresh, worst } = await read(head, base);
    expect(total.error).toBe(2);
    expect(fresh).toEqual({ error: 1, warning: 0, note: 0 });
    expect(worst.map((entry) => entry.new)).toEqual([true, false]);
  });

  it('without fingerprints go by rule, file and message, and are counted', async () => {
    const base = log(run([result({ line: 1 }), result({ line: 2 })]));
    expect((await read(log(run([result({ line: 7 }), result({ line: 8 })])), base)).new?.error).toBe(0);
    expect((await read(log(run([result(), result(), result()])), base)).new?.error).toBe(1);
  });

  it('never outnumber the total, and are none against itself', async () => {
    const samples = fc.array(
      fc.record({ ruleId: fc.constantFrom('r1', 'r2', 'r3'), fingerprint: fc.constantFrom('a', 'b', 'c') }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(samples, samples, async (a, b) => {
        const [one, two] = [log(run(a.map(result))), log(run(b.map(result)))];
        const sum = (levels: { error: number; warning: number; note: number } | undefined): number =>
          (levels?.error ?? 0) + (levels?.warning ?? 0) + (levels?.note ?? 0);
        const findings = await read(one, two);
        expect(sum(findings.new)).toBeLessThanOrEqual(sum(findings.total));
        expect(sum(findings.new)).toBeGreaterThanOrEqual(a.length - b.length);
        expect(sum((await read(one, one)).new)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('are shown before old ones, errors before warnings, 25 at most', async () => {
    const old = Array.from({ length: 60 }, (_unused, line) =>
      result({ line: line + 1, fingerprint: `old${line}` }),
    );
    const { worst } = await read(
      log(run([...old, result({ ruleId: 'r3', fingerprint: 'w' }), result({ fingerprint: 'e' })])),
      log(run(old)),
    );
    expect(worst).toHaveLength(25);
    expect(worst.slice(0, 2).map(({ level, new: fresh }) => [level, fresh])).toEqual([
      ['error', true],
      ['warning', true],
    ]);
  });
});

describe('a log', () => {
  it('says of which commits and when it is', async () => {
    const revisionId = 'a'.repeat(40);
    const { revisions, madeAt } = await read(
      log(
        run([], {
          versionControlProvenance: [{ repositoryUri: 'https://x', revisionId }, { revisionId: 'short' }],
          invocations: [{ executionSuccessful: true, endTimeUtc: '2025-01-02T03:04:05.678Z' }],
        }),
      ),
    );
    expect(revisions).toEqual([revisionId]);
    expect(madeAt.toISOString()).toBe('2025-01-02T03:04:05.678Z');
  });

  it.each<[string, string, string]>([
    ['no runs', log(), 'holds no run'],
    ['no version', JSON.stringify({ runs: [run([])] }), 'its version is missing'],
    ['another version', JSON.stringify({ version: '1.0.0', runs: [run([])] }), 'its version is "1.0.0"'],
    ['no results', log({ tool: { driver } }), 'no list of results'],
    ['null for results', log(run(null)), 'no list of results'],
    ['results in one run only', log(run([]), { tool: { driver } }), 'run 1: it has no list of results'],
    ['no tool', log({ results: [] }), 'names no tool'],
    [
      'a tool that failed',
      log(run([], { invocations: [{ executionSuccessful: false }] })),
      'did not succeed',
    ],
    [
      'results elsewhere',
      log(run([], { externalPropertyFileReferences: { results: [] } })),
      'lie in other files',
    ],
    ['a level that is none', log(run([result({ level: 'fatal' })])), 'run 0, result 0 is not as SARIF'],
    ['a list instead', '[]', 'its version is missing'],
    ['half of it', log(run([result()])).slice(0, -3), 'ends in the middle'],
  ])('with %s is refused', async (_what, text, reason) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'unreadable-report',
      message: expect.stringContaining(reason),
    });
  });
});
