import type { Goal, Side } from './bench.ts';
import type { Measured } from './measure.ts';

/** What all rounds of a side came to. */
export interface SideResult {
  readonly name: string;
  readonly ours: boolean;
  readonly command: string;
  /** Wall clock of each timed round, in order. */
  readonly seconds: readonly number[];
  readonly median: number;
  /** Median of user and system time; absent where it could not be told apart. */
  readonly cpuSeconds?: number;
  /** Highest of all rounds, MB. */
  readonly peakMb?: number;
}

/** A goal, judged. */
export interface GoalResult extends Goal {
  /** Ratio, seconds or MB. */
  readonly value: number;
  readonly met: boolean;
}

/**
 * Runs the sides alternately (A B A B), after one round that does not count.
 *
 * @param rounds timed rounds, at least 1
 */
export async function runRounds(
  sides: readonly Side[],
  rounds: number,
  log: (line: string) => void,
  warmUp = true,
): Promise<readonly SideResult[]> {
  const all = new Map<string, Measured[]>(sides.map((side) => [side.name, []]));
  for (let round = warmUp ? 0 : 1; round <= rounds; round += 1) {
    for (const side of sides) {
      await side.before?.();
      const got = await side.run();
      log(`${round === 0 ? 'warm-up' : `round ${round}`}  ${side.name}: ${got.seconds.toFixed(2)} s`);
      if (round > 0) {
        all.get(side.name)?.push(got);
      }
    }
  }
  return sides.map((side) => sideResult(side, all.get(side.name) ?? []));
}

function sideResult({ name, ours, command }: Side, runs: readonly Measured[]): SideResult {
  const cpu = present(runs.map((run) => run.cpuSeconds));
  const peak = present(runs.map((run) => run.peakMb));
  const seconds = runs.map((run) => run.seconds);
  return {
    ...{ name, ours, command },
    seconds: seconds.map((value) => round(value)),
    median: round(median(seconds)),
    ...(cpu.length > 0 ? { cpuSeconds: round(median(cpu)) } : {}),
    ...(peak.length > 0 ? { peakMb: Math.round(Math.max(...peak)) } : {}),
  };
}

/** @throws Error for a goal that names a side that is not there, or has no figure of that kind */
export function judge(goal: Goal, results: readonly SideResult[]): GoalResult {
  const figure = (name: string): number => {
    const found = results.find((result) => result.name === name);
    const value = goal.quantity === 'wall' ? found?.median : found?.peakMb;
    if (value === undefined) {
      throw new Error(`no ${goal.quantity} of "${name}"`);
    }
    return value;
  };
  const own = figure(goal.side);
  const value = goal.peers.length === 0 ? own : own / Math.min(...goal.peers.map(figure));
  return { ...goal, value: round(value), met: value <= goal.atMost };
}

/** Middle value, the mean of the two middle ones for an even number; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) {
    return Number.NaN;
  }
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}

function present(values: readonly (number | undefined)[]): readonly number[] {
  return values.filter((value) => value !== undefined);
}

/** Three decimals are finer than any run repeats. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
