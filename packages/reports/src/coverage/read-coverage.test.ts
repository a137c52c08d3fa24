import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixture, ports, reportFolder } from '../../test/files.ts';
import { FileMatcher } from './match.ts';
import { readCoverage } from './read-coverage.ts';

const folder = reportFolder();
const coverageOf = async (text: string | Uint8Array) =>
  (await readCoverage([await folder.write(text)], ports)).coverage;
const errorOf = async (text: string | Uint8Array): Promise<string> => {
  const file = await folder.write(text);
  return readCoverage([file], ports).then(
    () => 'no error',
    (error: { code: string; message: string }) => {
      expect(error.code).toBe('unreadable-report');
      expect(error.message).toContain(file);
      return error.message;
    },
  );
};

/** Made by real tools; see test/fixtures/README.md. */
describe.each<[string, string, { covered: number[]; missed: number[] }, { covered: number; total: number }]>([
  ['lcov-1.16.info', 'discount.c', { covered: [1, 2, 5, 6], missed: [3, 8] }, { covered: 7, total: 9 }],
  [
    'gcovr-5.2.cobertura.xml',
    'discount.c',
    { covered: [1, 2, 5, 6], missed: [3, 8] },
    { covered: 7, total: 9 },
  ],
  [
    'jacoco-0.8.6.xml',
    'src/main/java/com/example/Discount.java',
    { covered: [7, 10, 11, 17, 18], missed: [8, 13] },
    { covered: 5, total: 7 },
  ],
  ['nyc.lcov.info', 'discount.js', { covered: [1, 2, 5, 6], missed: [3, 8] }, { covered: 6, total: 8 }],
  ['nyc.cobertura.xml', 'discount.js', { covered: [1, 2, 5, 6], missed: [3, 8] }, { covered: 6, total: 8 }],
  ['nyc.clover.xml', 'discount.js', { covered: [1, 2, 5, 6], missed: [3, 8] }, { covered: 6, total: 8 }],
  ['nyc.istanbul.json', 'discount.js', { covered: [1, 2, 5, 6], missed: [3, 8] }, { covered: 6, total: 8 }],
  ['jest.lcov.info', 'discount.js', { covered: [1, 2, 5, 6], missed: [3, 8] }, { covered: 4, total: 6 }],
  ['jest.cobertura.xml', 'discount.js', { covered: [1, 2, 5, 6], missed: [3, 8] }, { covered: 4, total: 6 }],
  ['jest.clover.xml', 'discount.js', { covered: [1, 2, 5, 6], missed: [3, 8] }, { covered: 4, total: 6 }],
  ['jest.istanbul.json', 'discount.js', { covered: [1, 2, 5, 6], missed: [3, 8] }, { covered: 4, total: 6 }],
])('%s', (name, file, lines, count) => {
  it('is read as its tool counts', async () => {
    const { coverage, madeAt } = await readCoverage([fixture(`coverage/${name}`)], ports);
    expect(coverage.count()).toEqual(count);
    expect((await new FileMatcher(coverage, '/builds/sample').find(file))?.lines()).toEqual(lines);
    expect(madeAt.getTime()).toBeGreaterThan(Date.UTC(2026, 0));
  });

  it('is refused when it was cut off, wherever', async () => {
    const { readFile } = await import('node:fs/promises');
    const whole = await readFile(fixture(`coverage/${name}`), 'utf8');
    const body = whole.trimEnd();
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
      const cut = body.slice(0, Math.floor(body.length * share));
      // A line-based report that ends between two files is whole: only its tool could know better.
      if (!cut.trimEnd().endsWith('end_of_record')) {
        expect(await errorOf(cut)).toContain('cannot be read');
      }
    }
  });
});

describe('go', () => {
  it('is read as its tool counts, by the import path of go.mod', async () => {
    const { coverage } = await readCoverage([fixture('coverage/go-1.19.out')], ports);
    const workspace = path.join(folder.path, 'repository');
    await mkdir(path.join(workspace, 'shop/pricing'), { recursive: true });
    await writeFile(
      path.join(workspace, 'shop/go.mod'),
      '// a comment\nmodule example.com/shop\n\ngo 1.19\n',
    );
    const matcher = new FileMatcher(coverage, workspace);
    expect((await matcher.find('shop/pricing/discount.go'))?.lines()).toEqual({
      covered: [4, 5, 8, 9, 10],
      missed: [6, 7, 11],
    });
    expect(await matcher.find('other/pricing/discount.go')).toBeUndefined();
  });

  it.each([
    ['mode: set\n', 'it holds no block'],
    ['mode: set\na.go:1.1,2.2 1\n', 'line 2: not a block'],
    ['mode: set\na.go:5.1,2.2 1 1\n', 'not a block'],
    ['mode: set\na.go:1.1,999999999.2 1 1\n', 'not a block'],
    ['mode: atomic\nnothing\n', 'not a block'],
  ])('%j is refused', async (text, reason) => {
    expect(await errorOf(text)).toContain(reason);
  });
});

describe('reports together', () => {
  it('cover a line when one of them does', async () => {
    const one = await folder.write('SF:a.js\nDA:1,0\nDA:2,5\nend_of_record\n');
    const two = await folder.write(
      'SF:./a.js\nDA:1,3\nDA:3,0\nend_of_record\nSF:b.js\nDA:1,1\nend_of_record\n',
    );
    const { coverage } = await readCoverage([one, two], ports);
    expect(coverage.hits('a.js')?.lines()).toEqual({ covered: [1, 2], missed: [3] });
    expect(coverage.count()).toEqual({ covered: 3, total: 4 });
  });

  it('fail with one that is bad', async () => {
    const good = await folder.write('SF:a.js\nDA:1,0\nend_of_record\n');
    await expect(readCoverage([good, `${good}.none`], ports)).rejects.toMatchObject({
      code: 'report-not-found',
    });
    await expect(readCoverage([good, folder.path], ports)).rejects.toMatchObject({
      code: 'unreadable-report',
    });
  });
});

describe('a hostile or broken report', () => {
  const entity = '<!DOCTYPE coverage [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'it is empty'],
    ['blanks', '   \n', 'none of lcov'],
    ['another format', 'PK\u0003\u0004', 'none of lcov'],
    ['not UTF-8', Uint8Array.of(0x53, 0x46, 0x3a, 0xff, 0xfe, 0x0a), 'not UTF-8'],
    ['lcov without a file', 'TN:\n', 'names no file'],
    ['lcov with hits of no file', 'TN:\nDA:1,1\n', 'line 2: hits of no file'],
    ['lcov without numbers', 'SF:a\nDA:x,1\nend_of_record\n', 'line 2'],
    ['lcov with a line that is not one', 'SF:a\nDA:1,1\nhello\nend_of_record\n', 'line 3: not a record'],
    ['lcov with line 0', 'SF:a\nDA:0,1\nend_of_record\n', 'line 2'],
    ['lcov with a huge line', 'SF:a\nDA:9999999999,1\nend_of_record\n', 'line 2'],
    ['lcov with a file inside another', 'SF:a\nSF:b\nend_of_record\n', 'begins inside'],
    ['lcov with an empty path', 'SF:\nend_of_record\n', 'without a usable path'],
    ['a very long line', `SF:${'a'.repeat(70_000)}\n`, 'longer than'],
    [
      'entities that multiply',
      `<?xml version="1.0"?>${entity}<coverage line-rate="1"><packages>&b;</packages></coverage>`,
      'document type of its own',
    ],
    [
      'an outside entity',
      '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><coverage>&x;</coverage>',
      'document type of its own',
    ],
    ['an unknown entity', '<coverage line-rate="1"><class filename="&x;"/></coverage>', 'undefined entity'],
    ['XML that is not', '<coverage line-rate="1"><class filename="a"></coverage>', 'unexpected close tag'],
    ['XML of another kind', '<html></html>', 'root element html'],
    ['Cobertura without a class', '<coverage line-rate="1"></coverage>', 'names no file'],
    [
      'Cobertura without hits',
      '<coverage line-rate="1"><class filename="a"><line number="1"/></class></coverage>',
      'without number and hits',
    ],
    ['Cobertura without a file name', '<coverage line-rate="1"><class/></coverage>', 'without a file name'],
    [
      'Clover without a count',
      '<coverage><project><file path="a"><line num="1"/></file></project></coverage>',
      'without number and count',
    ],
    [
      'JaCoCo with a line of no file',
      '<report name="x"><line nr="1" mi="0" ci="1"/></report>',
      'without number',
    ],
    ['deep XML', '<coverage line-rate="1">'.repeat(300), 'nested more than'],
    ['JSON that is not', '{"a": tru}', 'not JSON'],
    ['JSON with something after it', '{"a":{"statementMap":{},"s":{}}} x', 'not JSON'],
    ['JSON cut off', '{"a":{"statementMap":{},"s":{}}', 'ends in the middle'],
    ['Istanbul without files', '{}', 'names no file'],
    ['Istanbul without statements', '{"a":{}}', 'a: it has no statements'],
    [
      'Istanbul without counts',
      '{"a":{"statementMap":{"0":{"start":{"line":1}}},"s":{}}}',
      'has no line and count',
    ],
    ['Istanbul with a list', '{"a":[]}', 'no statements'],
    ['deep JSON', `{"a":${'['.repeat(300)}`, 'nested more than'],
  ])('of %s is refused', async (_what, text, reason) => {
    expect(await errorOf(text)).toContain(reason);
  });

  it('in a named pipe holds nothing up', async () => {
    const { execFileSync } = await import('node:child_process');
    const pipe = path.join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(readCoverage([pipe], ports)).rejects.toMatchObject({ code: 'unreadable-report' });
  });

  it('stops when the job is cancelled', async () => {
    const file = await folder.write('SF:a\nDA:1,1\nend_of_record\n');
    await expect(readCoverage([file], { signal: AbortSignal.abort(new Error('cancelled')) })).rejects.toThrow(
      'cancelled',
    );
  });

  it('with prototype names does no harm', async () => {
    const coverage = await coverageOf(
      '{"__proto__":{"path":"__proto__","statementMap":{"0":{"start":{"line":1}}},"s":{"0":1}}}',
    );
    expect(coverage.hits('__proto__')?.count()).toEqual({ covered: 1, total: 1 });
    expect(({} as { path?: string }).path).toBeUndefined();
  });
});

describe('properties', () => {
  it('any text ends in a value or in an error that is ours', async () => {
    const start = fc.constantFrom('', '<', '<coverage ', '{', 'SF:', 'mode: set\n', '<report name="x">');
    await fc.assert(
      fc.asyncProperty(start, fc.string({ unit: 'binary', maxLength: 60 }), async (head, tail) => {
        const file = await folder.write(`${head}${tail}`);
        await readCoverage([file], ports).catch((error: { code?: string }) =>
          expect(error.code).toBe('unreadable-report'),
        );
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('lcov is read whatever the order and repetition of its lines', async () => {
    const record = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 2 }));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 400 }), async (records) => {
        const expected = new Map<number, boolean>();
        for (const [line, hits] of records) {
          expected.set(line, (expected.get(line) ?? false) || hits > 0);
        }
        const text = records.map(([line, hits]) => `DA:${line},${hits}`).join('\n');
        const lines = (await coverageOf(`SF:a\n${text}\nend_of_record\n`)).hits('a')?.lines();
        const sorted = [...expected].sort(([a], [b]) => a - b);
        expect(lines?.covered).toEqual(sorted.filter(([, hit]) => hit).map(([line]) => line));
        expect(lines?.missed).toEqual(sorted.filter(([, hit]) => !hit).map(([line]) => line));
      }),
      { numRuns: 50 },
    );
  }, 120_000);
});
