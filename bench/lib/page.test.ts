import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { BENCHES } from '../index.ts';
import type { Bench } from './bench.ts';
import { measuredBenches, performancePages, summaryTable, updatePages } from './page.ts';
import { publish, withSection } from './publish.ts';
import { type BenchResult, readResults, writeResult } from './results.ts';

const bench: Bench = {
  ...{ name: 'start', title: 'Start & <end>', what: 'Starting.', tools: [], rounds: 1 },
  prepare: () => Promise.reject(new Error('not run here')),
};
const result: BenchResult = {
  ...{ date: '2026-01-02T03:04:05.000Z', commit: 'abc', load: 0 },
  machine: { processor: 'x86', cores: 2, memoryGib: 24, kernel: '6', node: 'v24' },
  sides: [
    { name: 'ours', ours: true, command: 'node dist', seconds: [1, 3], median: 2, peakMb: 50 },
    { name: 'a | b', ours: false, command: 'a | b', seconds: [4], median: 4, cpuSeconds: 3.5 },
  ],
  goals: [
    { side: 'ours', quantity: 'wall', peers: ['a | b'], atMost: 0.4, value: 0.5, met: false },
    { side: 'ours', quantity: 'memory', peers: [], atMost: 150, value: 50, met: true },
  ],
  growth: [
    {
      title: 'Growth',
      unit: 'files',
      points: [
        { x: 1, seconds: 1 },
        { x: 4, seconds: 4, peakMb: 9 },
      ],
    },
  ],
};

test('the page shows ratios, limits and commands of what was measured', () => {
  const other: Bench = { ...bench, name: 'gate' };
  const pages = new Map(performancePages([bench, other], { benches: { start: result } }));
  const page = pages.get('performance.md') ?? '';
  expect(page).not.toContain('gate');
  expect(page).toContain('| [start](#start) | ours | a \\| b | 0.50 × | ≤ 0.4 × | missed |');
  expect(page).toContain('| [start](#start) | ours | peak memory | 50 MB | ≤ 150 MB | met |');
  expect(page).toContain('# a | b\na | b\n');
  expect(page).not.toContain('Others were at work');
  expect([...pages.keys()].sort()).toEqual([
    'images/performance/start-growth-1.svg',
    'images/performance/start.svg',
    'performance.md',
  ]);
  expect(pages.get('images/performance/start.svg')).toContain('aria-label="Start &#38; &#60;end&#62;"');
});

test('a ratio of nearly nothing is not shown as nothing', () => {
  const [goal] = result.goals;
  const tiny = { ...result, goals: goal ? [{ ...goal, value: 0.0014, met: true }] : [] };
  expect(summaryTable([{ bench, result: tiny }])).toContain('| 0.001 × |');
});

test('results are merged by name, and read back only when valid', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-test-'));
  try {
    const file = path.join(folder, 'results.json');
    await writeResult(file, 'verify', result);
    await writeResult(file, 'start', { ...result, load: 2 });
    await writeResult(file, 'verify', { ...result, commit: 'def' });
    const { benches } = await readResults(file);
    expect(Object.keys(benches)).toEqual(['start', 'verify']);
    expect(benches.verify?.commit).toBe('def');
    await writeFile(file, '{"benches":{"start":{}}}');
    await expect(readResults(file)).rejects.toThrow();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('pages that differ are written, or only named', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-test-'));
  try {
    const pages = [
      ['a.md', 'one'],
      ['b/c.svg', 'two'],
    ] as const;
    expect(await updatePages(folder, pages, true)).toHaveLength(2);
    expect(await updatePages(folder, pages, false)).toHaveLength(2);
    expect(await updatePages(folder, pages, true)).toHaveLength(0);
    expect(await readFile(path.join(folder, 'b/c.svg'), 'utf8')).toBe('two');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the README gets the table, with links to the page', () => {
  const table = summaryTable(measuredBenches([bench], { benches: { start: result } }), 'docs/performance.md');
  const text = withSection('a\n<!-- performance:begin -->old<!-- performance:end -->\nb', table);
  expect(text).toContain('[start](docs/performance.md#start)');
  expect(text).not.toContain('old');
  expect(withSection(text, table)).toBe(text);
  expect(() => withSection('nothing', table)).toThrow('performance:begin');
});

test('the committed page, charts and table follow from the committed results: npm run bench -- --page', async () => {
  expect(await publish(path.resolve(import.meta.dirname, '../..'), BENCHES, true)).toEqual([]);
});
