import path from 'node:path';
import type { Bench, BenchContext, Prepared } from './lib/bench.ts';
import { type Measured, shell } from './lib/measure.ts';

const ENTRIES = 10_000;
const SIZES = [1_000, 10_000, 100_000];

/** The Merkle log by itself. */
export const log: Bench = {
  name: 'log',
  title: `The audit log with ${ENTRIES} entries`,
  what: 'The log of the package catalog in memory: tiles and checkpoint are made, read back and checked; one inclusion and one consistency proof are made, the first is checked. The start of Node is part of it.',
  tools: [],
  rounds: 3,
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const program = path.join(context.root, 'bench/lib/log-run.ts');
  const run = (entries: number): Promise<Measured> =>
    shell(`${process.execPath} ${program} ${entries}`, { cwd: context.root });
  return {
    sides: [{ name: 'log', ours: true, command: 'packages/catalog, log', run: () => run(ENTRIES) }],
    goals: [],
    growth: async () => {
      const points: (Measured & { x: number })[] = [];
      for (const x of SIZES) {
        context.log(`${x} entries`);
        points.push({ ...(await run(x)), x });
      }
      return [{ title: 'Write, sign, read back, prove', unit: 'entries', points }];
    },
  };
}
