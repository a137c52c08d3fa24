import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { barChart, growthChart, seconds } from './charts.ts';
import type { BenchResult, Results } from './results.ts';

const IMAGES = 'images/performance';

/** A file that follows from the results: path below `docs/`, and content. */
export type Page = readonly [file: string, content: string];

/** A benchmark with its newest result. */
export interface MeasuredBench {
  readonly bench: Bench;
  readonly result: BenchResult;
}

/** Those that there is a result of, in the given order. */
export function measuredBenches(benches: readonly Bench[], { benches: results }: Results): MeasuredBench[] {
  return benches.flatMap((bench) => {
    const result = results[bench.name];
    return result ? [{ bench, result }] : [];
  });
}

/** `docs/performance.md` and its charts: every figure comes from the results. */
export function performancePages(benches: readonly Bench[], results: Results): readonly Page[] {
  const measured = measuredBenches(benches, results);
  const page = [
    '# Performance',
    '',
    '<!-- Written by `npm run bench` from bench/results.json. Do not edit. -->',
    '',
    'This project and what a user would pick instead, on the same work, in one run each: the sides run alternately',
    'after a warm-up; shown are medians, the spread of the rounds, processor time and peak memory. Ratios carry over to',
    'other machines better than seconds do. `npm run bench <name>` repeats one.',
    '',
    summaryTable(measured),
    '',
    ...measured.flatMap(({ bench, result }) => section(bench, result)),
  ].join('\n');
  const charts = measured.flatMap(({ bench, result }): Page[] => [
    ...(result.sides.length > 0
      ? [[`${IMAGES}/${bench.name}.svg`, barChart(bench.title, result.sides)] as const]
      : []),
    ...result.growth.map(
      (growth, index): Page => [`${IMAGES}/${bench.name}-growth-${index + 1}.svg`, growthChart(growth)],
    ),
  ]);
  return [['performance.md', `${page.trimEnd()}\n`], ...charts];
}

/**
 * The goals in a table, as README and page show them.
 *
 * @param page where the sections are, as a link; empty on the page itself
 */
export function summaryTable(measured: readonly MeasuredBench[], page = ''): string {
  const rows = measured.flatMap(({ bench, result }) =>
    result.goals.map((goal) => {
      const against = goal.peers.length > 0 ? goal.peers.map(code).join(', ') : absolute(goal);
      return `| [${bench.name}](${page}#${bench.name}) | ${goal.side} | ${against} | ${value(goal)} | ≤ ${limit(goal)} | ${goal.met ? 'met' : 'missed'} |`;
    }),
  );
  return ['| Benchmark | Side | Against | Measured | Goal | |', '|---|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

function section(bench: Bench, result: BenchResult): readonly string[] {
  const { machine } = result;
  const load =
    result.load > 0.5 ? ` Others were at work on the machine (load ${result.load.toFixed(1)}).` : '';
  return [
    `## ${bench.name}`,
    '',
    `**${bench.title}.** ${bench.what}`,
    '',
    ...(result.sides.length > 0
      ? [`![${bench.title}](${IMAGES}/${bench.name}.svg)`, '', sidesTable(result), '']
      : []),
    ...result.growth.flatMap((growth, index) => [
      `${growth.title}:`,
      '',
      `![${growth.title}](${IMAGES}/${bench.name}-growth-${index + 1}.svg)`,
      '',
    ]),
    ...(bench.remarks ? [bench.remarks, ''] : []),
    ...(result.sides.length > 0
      ? [
          '<details><summary>Commands</summary>',
          '',
          '```sh',
          ...result.sides.flatMap((side) => [`# ${side.name}`, side.command, '']).slice(0, -1),
          '```',
          '',
          '</details>',
          '',
        ]
      : []),
    `<sub>${result.date.slice(0, 10)}, commit ${result.commit}, ${machine.cores} × ${machine.processor}, ${machine.memoryGib} GiB, Node ${machine.node}.${load}</sub>`,
    '',
  ];
}

function sidesTable({ sides }: BenchResult): string {
  const rows = sides.map((side) => {
    const range = `${seconds(Math.min(...side.seconds))} – ${seconds(Math.max(...side.seconds))}`;
    const cpu = side.cpuSeconds === undefined ? '' : seconds(side.cpuSeconds);
    const memory = side.peakMb === undefined ? '' : `${side.peakMb} MB`;
    const name = side.ours ? `**${side.name}**` : side.name;
    return `| ${name} | ${seconds(side.median)} | ${range} | ${cpu} | ${memory} |`;
  });
  return ['| | Median | Range | Processor | Peak memory |', '|---|--:|--:|--:|--:|', ...rows].join('\n');
}

type Goal = BenchResult['goals'][number];

function value(goal: Goal): string {
  return goal.peers.length > 0 ? `${ratioText(goal.value)} ×` : amount(goal, goal.value);
}

function limit(goal: Goal): string {
  return goal.peers.length > 0 ? `${goal.atMost} ×` : amount(goal, goal.atMost);
}

function amount(goal: Goal, number: number): string {
  return goal.quantity === 'wall' ? seconds(number) : `${Math.round(number)} MB`;
}

function absolute(goal: Goal): string {
  return goal.quantity === 'wall' ? 'wall clock' : 'peak memory';
}

function code(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** Writes the pages that differ; returns their paths. With `check`, writes nothing. */
export async function updatePages(
  docs: string,
  pages: readonly Page[],
  check: boolean,
): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [name, content] of pages) {
    const file = path.join(docs, name);
    if ((await readFile(file, 'utf8').catch(() => '')) !== content) {
      stale.push(file);
      if (!check) {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, content);
      }
    }
  }
  return stale;
}

/** Two digits behind the point, or the first one that says something. */
function ratioText(ratio: number): string {
  return ratio < 0.01 ? ratio.toPrecision(1) : ratio.toFixed(2);
}
