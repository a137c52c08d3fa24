/**
 * Hostile reports of 100 MB, read by a process of their own so that its memory is theirs. They are written while the
 * tests run, and removed.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const SIZE = 100_000_000;
const PIECE = 1_000_000;
/** No reader may need more, in MB, the runtime and the compiler of the sources included. */
const MOST_MEMORY = 400;
/** A machine that does much else at once included. */
const MOST_SECONDS = 120;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hostile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code?: string;
  readonly message?: string;
  readonly value?: unknown;
  readonly seconds: number;
  readonly peakMb: number;
}

type Reader = 'coverage' | 'findings' | 'tests';
interface Report {
  readonly head: string;
  /** Repeated until the report has its size. */
  readonly filler: string | Uint8Array;
  readonly tail?: string;
  readonly size?: number;
}

async function read(reader: Reader, { head, filler, tail = '', size = SIZE }: Report): Promise<Outcome> {
  const file = path.join(folder, 'report');
  const handle = await open(file, 'w');
  try {
    const one = Buffer.from(filler);
    const times = Math.max(1, Math.floor(PIECE / one.length));
    const piece = Buffer.concat(Array.from({ length: times }, () => one));
    await handle.write(head);
    for (let written = 0; written < size; written += piece.length) {
      await handle.write(piece);
    }
    await handle.write(tail);
  } finally {
    await handle.close();
  }
  const program = path.resolve(import.meta.dirname, '../test/read-one.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, reader, file], {
    timeout: MOST_SECONDS * 1000,
  });
  const outcome = JSON.parse(stdout) as Outcome;
  expect(outcome.seconds).toBeLessThan(MOST_SECONDS);
  expect(outcome.peakMb).toBeLessThan(MOST_MEMORY);
  return outcome;
}

async function expectRefused(reader: Reader, report: Report, why: RegExp): Promise<void> {
  const outcome = await read(reader, report);
  expect(outcome).toMatchObject({ code: 'unreadable-report', message: expect.stringMatching(why) });
  // An annotation of the whole report would be one more attack.
  expect(outcome.message?.length).toBeLessThan(500);
}

/** What each format looks like before its parts, and around a text of any length. */
const FORMATS: readonly (readonly [string, Reader, string, string])[] = [
  ['lcov', 'coverage', 'TN:\n', 'SF:'],
  ['Go', 'coverage', 'mode: set\n', ''],
  ['Cobertura', 'coverage', '<coverage line-rate="1"><packages>', '<class filename="'],
  ['JaCoCo', 'coverage', '<report name="r">', '<package name="'],
  ['Clover', 'coverage', '<coverage><project>', '<file path="'],
  ['Istanbul', 'coverage', '{"a":', '{"path":"'],
  [
    'SARIF',
    'findings',
    '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"results":[',
    '{"ruleId":"',
  ],
  ['JUnit', 'tests', '<testsuite>', '<testcase name="'],
];
const isXml = (head: string): boolean => head.startsWith('<');
const isJson = (head: string): boolean => head.startsWith('{');

describe.each(FORMATS)('%s of 100 MB', (_name, reader, head, text) => {
  it(
    'with one endless line or value is refused',
    () =>
      expectRefused(
        reader,
        { head: head + text, filler: 'a' },
        isXml(head)
          ? /more than 16777216 characters without an element/
          : isJson(head)
            ? /one value in it has more than 33554432 characters/
            : /a line is longer than 65536 characters/,
      ),
    180_000,
  );

  it('that becomes binary is refused', () => {
    const noise = Array.from({ length: 2000 }, (_unused, index) =>
      createHash('sha256').update(String(index)).digest(),
    );
    return expectRefused(reader, { head, filler: Buffer.concat(noise) }, /not UTF-8 text \(near byte \d+\)/);
  }, 180_000);
});

describe.each(FORMATS.filter(([, , head]) => isXml(head)))('%s of 100 MB', (_name, reader, head, text) => {
  it.each<[string, string, RegExp]>([
    ['nested without end', '<a>', /nested more than 200 deep/],
    ['with a name without end', '<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', /.+/],
    ['of text with entities', '&lt;&amp;', /more than 16777216 characters/],
    ['with an entity that nobody declared', '&boom;', /undefined entity/],
    ['of closed tags', '</x>', /.+/],
  ])('%s is refused', (_what, filler, why) => expectRefused(reader, { head, filler }, why), 180_000);

  it('with an element of ever more attributes is refused', () => {
    const attributes = Array.from({ length: 100_000 }, (_unused, index) => ` a${index}=""`).join('');
    return expectRefused(reader, { head: `${head}<a`, filler: attributes }, /more than 200 attributes/);
  }, 180_000);

  it('whose document type multiplies entities is refused', () => {
    const declared = Array.from(
      { length: 20 },
      (_unused, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
    ).join('');
    const report = { head: `<!DOCTYPE x [<!ENTITY e0 "lol">${declared}]>${head}${text}&e20;">`, filler: ' ' };
    return expectRefused(reader, report, /a document type of its own \(entities\)/);
  }, 180_000);
});

describe.each(FORMATS.filter(([, , head]) => isJson(head)))('%s of 100 MB', (_name, reader, head, text) => {
  it.each<[string, string, RegExp]>([
    ['nested without end', '[', /nested more than 200 deep/],
    ['of one number', '9', /more than 33554432 characters/],
    ['with a text of escapes', '\\n', /more than 33554432 characters/],
    ['with a text of escaped characters', '\\u0041', /more than 33554432 characters/],
  ])(
    '%s is refused',
    (what, filler, why) =>
      expectRefused(reader, { head: what.includes('text') ? head + text : head, filler }, why),
    180_000,
  );

  it(
    'with a value of ever more small parts is refused',
    () => expectRefused(reader, { head: `${head}{"more":[{}`, filler: ',{}' }, /more than 4000000 parts/),
    180_000,
  );
});

/** Ten bytes or so each: what takes little room in a file may take much in memory. */
describe('many tiny parts', () => {
  const lines = (count: number) => ({ size: count * 10 });

  it('of lcov, 100 MB: many records of few lines are read', async () => {
    const filler = 'SF:a\nDA:7,1\nend_of_record\n';
    const { value } = await read('coverage', { head: 'TN:\n', filler });
    expect(value).toEqual({ covered: 1, total: 1 });
  }, 180_000);

  it(
    'of lcov, 100 MB, cut off in the last file are refused',
    () =>
      expectRefused(
        'coverage',
        { head: 'SF:a\n', filler: 'DA:1,1\nDA:2,0\n', tail: 'DA:3' },
        /not a line with its hits/,
      ),
    180_000,
  );

  it('of Cobertura, 100 MB, are read', async () => {
    const head = '<coverage line-rate="1"><class filename="a">';
    const filler = '<line number="1" hits="1"/>\n';
    const { value } = await read('coverage', { head, filler, tail: '</class></coverage>' });
    expect(value).toEqual({ covered: 1, total: 1 });
  }, 180_000);

  it('of JUnit, 10^6 test cases, are counted', async () => {
    const filler = '<testcase><failure/></testcase>\n';
    const { value } = await read('tests', {
      head: '<testsuite>',
      filler,
      tail: '</testsuite>',
      size: filler.length * 1_000_000,
    });
    expect(value).toEqual({ passed: 0, failed: 1_000_000, skipped: 0 });
  }, 180_000);

  it(
    'of Go that stand for very many lines are refused',
    () =>
      expectRefused(
        'coverage',
        { head: 'mode: set\n', filler: 'a.go:1.1,99999.9 1 1\n' },
        /line 502: its blocks have more than 50000000 lines together/,
      ),
    180_000,
  );

  it('of Istanbul, 10^6 files, are too many', () => {
    const files = Array.from(
      { length: 250_000 },
      (_unused, index) => `"${index}":{"statementMap":{},"s":{}},`,
    ).join('');
    return expectRefused('coverage', { head: '{', filler: files, size: 1 }, /more than 200000 files/);
  }, 180_000);

  it('of SARIF are too many after 10^6', () => {
    const head = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"results":[{}';
    return expectRefused('findings', { head, filler: ',{}' }, /more than 1000000 results/);
  }, 180_000);

  it('of SARIF, each of a rule of its own, are too many after 50,000', () => {
    const results = Array.from(
      { length: 60_000 },
      (_unused, index) => `,{"ruleId":"${index}","message":{"text":"${'x'.repeat(300)}"}}`,
    ).join('');
    const head = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"results":[{}';
    return expectRefused('findings', { head, filler: results, size: 1 }, /results of more than 50000 rules/);
  }, 180_000);

  it('of a line that a report names again and again are read', async () => {
    const first = Array.from({ length: 300_000 }, (_unused, index) => `DA:${index + 1},1`).join('\n');
    const { value } = await read('coverage', {
      head: `SF:a\n${first}\nend_of_record\n`,
      filler: 'SF:a\nDA:1,1\nend_of_record\n',
      ...lines(2_000_000),
    });
    expect(value).toEqual({ covered: 300_000, total: 300_000 });
  }, 180_000);
});
