/**
 * Runs benchmarks and writes bench/results.json, docs/performance.md, its charts and the README's table.
 *
 *   npm run bench [name…] [-- --rounds 3 --dist dist --set size=2048 --no-install --no-record]
 *   npm run bench -- --page     only the page, charts and table, from the results that are there
 *
 * Installs the peers from the system's packages. Exit status 1 when a goal is missed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { actionsLog, aptTools } from '@golden-image/action-kit';
import { systemClock } from '@golden-image/host';
import { BENCHES } from './index.ts';
import type { Bench, BenchContext } from './lib/bench.ts';
import { publish } from './lib/publish.ts';
import { commit, machine, writeResult } from './lib/results.ts';
import { judge, runRounds } from './lib/rounds.ts';

const root = path.resolve(import.meta.dirname, '..');
const resultsFile = path.join(root, 'bench/results.json');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    dist: { type: 'string', default: 'dist' },
    set: { type: 'string', multiple: true, default: [] },
    'no-install': { type: 'boolean', default: false },
    'no-record': { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
});
const settings = new Map(
  values.set.map((entry) => {
    const [name = '', ...value] = entry.split('=');
    return [name, value.join('=')];
  }),
);

function chosen(): readonly Bench[] {
  const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no benchmark ${unknown.join(', ')}: ${BENCHES.map((bench) => bench.name).join(', ')}`,
    );
  }
  return positionals.length === 0 ? BENCHES : BENCHES.filter((bench) => positionals.includes(bench.name));
}

/** Returns whether every goal was met. */
async function runBench(bench: Bench): Promise<boolean> {
  console.log(`\n=== ${bench.name}: ${bench.title}`);
  await aptTools({ install: !values['no-install'], log: actionsLog(systemClock) }).ensure([
    { command: 'time', package: 'time' },
    ...bench.tools,
  ]);
  const folder = await mkdtemp(path.join(tmpdir(), `bench-${bench.name}-`));
  const context: BenchContext = {
    folder,
    root,
    dist: path.resolve(root, values.dist),
    option: (name, fallback) => settings.get(name) ?? fallback,
    log: (line) => console.log(line),
  };
  const load = loadavg()[0] ?? 0;
  try {
    const { sides, goals, growth, end } = await bench.prepare(context);
    try {
      const results = await runRounds(sides, Number(values.rounds ?? bench.rounds), context.log);
      const judged = goals.map((goal) => judge(goal, results));
      for (const goal of judged) {
        const against = goal.peers.length > 0 ? ` / ${goal.peers.join(' | ')}` : '';
        console.log(
          `${goal.met ? 'ok  ' : 'MISS'} ${goal.side}${against}: ${goal.quantity} ${goal.value} (goal ${goal.atMost})`,
        );
      }
      const record = {
        ...{ date: new Date().toISOString(), commit: commit(root), machine: machine(), load },
        ...{ sides: results.map((side) => ({ ...side, seconds: [...side.seconds] })) },
        ...{ goals: judged.map((goal) => ({ ...goal, peers: [...goal.peers] })) },
        growth: ((await growth?.()) ?? []).map((one) => ({ ...one, points: [...one.points] })),
      };
      if (!values['no-record']) {
        await writeResult(resultsFile, bench.name, record);
        await publish(root, BENCHES);
      }
      return judged.every((goal) => goal.met);
    } finally {
      await end?.();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (values.page) {
  for (const file of await publish(root, BENCHES)) {
    console.log(`wrote ${path.relative(root, file)}`);
  }
}
for (const bench of values.page ? [] : chosen()) {
  if (!(await runBench(bench))) {
    process.exitCode = 1;
  }
}
