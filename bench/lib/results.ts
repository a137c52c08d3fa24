import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { z } from 'zod';

const figure = z.number().min(0);
const measured = { seconds: figure, cpuSeconds: figure.optional(), peakMb: figure.optional() };
const sideResult = z.strictObject({
  name: z.string(),
  ours: z.boolean(),
  command: z.string(),
  seconds: z.array(figure).min(1),
  median: figure,
  cpuSeconds: figure.optional(),
  peakMb: figure.optional(),
});
const goalResult = z.strictObject({
  side: z.string(),
  quantity: z.enum(['wall', 'memory']),
  peers: z.array(z.string()),
  atMost: figure,
  value: figure,
  met: z.boolean(),
});
const growth = z.strictObject({
  title: z.string(),
  unit: z.string(),
  points: z.array(z.strictObject({ x: z.number(), ...measured })).min(2),
});
const benchResult = z.strictObject({
  /** ISO 8601, UTC. */
  date: z.string(),
  /** The commit that was measured; `+` when the working tree had changes. */
  commit: z.string(),
  machine: z.strictObject({
    processor: z.string(),
    cores: z.number().int(),
    memoryGib: z.number(),
    kernel: z.string(),
    node: z.string(),
  }),
  /** Load average of the minute before the run: above 0.5 others were at work. */
  load: figure,
  sides: z.array(sideResult),
  goals: z.array(goalResult),
  growth: z.array(growth),
});
const resultsSchema = z.strictObject({ benches: z.record(z.string(), benchResult) });

/** Everything that bench/results.json holds about one benchmark. */
export type BenchResult = z.infer<typeof benchResult>;
/** `bench/results.json`: the newest result of each benchmark. */
export type Results = z.infer<typeof resultsSchema>;

/** @throws Error when the file is there and is not valid */
export async function readResults(file: string): Promise<Results> {
  const text = await readFile(file, 'utf8').catch(() => '{"benches":{}}');
  return resultsSchema.parse(JSON.parse(text));
}

/** Writes the results with one benchmark's replaced. */
export async function writeResult(file: string, name: string, result: BenchResult): Promise<void> {
  const { benches } = await readResults(file);
  const merged = Object.fromEntries(
    Object.entries({ ...benches, [name]: result }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  await writeFile(file, `${JSON.stringify(resultsSchema.parse({ benches: merged }), null, 2)}\n`);
}

/** The machine that measures. */
export function machine(): BenchResult['machine'] {
  const [first] = cpus();
  return {
    processor: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  };
}

/** Of the working tree. */
export function commit(root: string): string {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? '+' : ''}`;
}
