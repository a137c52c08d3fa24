import type { Ports } from '@golden-image/host';
import { withReport } from '../source/report-file.ts';
import { ReportLimit, unreadable } from '../source/unreadable.ts';
import { type Base, emptyBase } from './base.ts';
import type { ByLevel } from './level.ts';
import { readSarif } from './sarif.ts';
import { type Finding, worst } from './tally.ts';

export interface FindingsReport {
  /** When the oldest report was made. */
  readonly madeAt: Date;
  /** Names, sorted. */
  readonly tools: readonly string[];
  /** Commits that the reports say they are about, sorted. */
  readonly revisions: readonly string[];
  readonly total: ByLevel;
  /** Not in the base; undefined without a base. */
  readonly new: ByLevel | undefined;
  /** The 25 worst. */
  readonly worst: readonly Finding[];
}

/**
 * Reads SARIF 2.1.0 logs, all together.
 *
 * @param base the findings that were there before (`readBase`); each makes up for one, and is used up by it
 * @throws UserError `report-not-found`, `unreadable-report`: also for a log without runs, a run without results, and a
 *   tool that says that it did not succeed
 */
export async function readFindings(
  paths: readonly [string, ...string[]],
  base: Base | undefined,
  ports: Pick<Ports, 'signal'>,
): Promise<FindingsReport> {
  const total = { error: 0, warning: 0, note: 0 };
  const fresh = { error: 0, warning: 0, note: 0 };
  const tools = new Set<string>();
  const revisions = new Set<string>();
  const samples: Finding[] = [];
  let madeAt = new Date(8.64e15);
  const isNew = (identity: string): boolean | undefined => {
    const left = base?.get(identity) ?? 0;
    if (left > 0) {
      base?.set(identity, left - 1);
    }
    return base ? left === 0 : undefined;
  };
  for (const path of paths) {
    const log = await read(path, isNew, ports);
    madeAt = log.madeAt < madeAt ? log.madeAt : madeAt;
    for (const run of log.runs) {
      tools.add(run.tool);
      for (const revision of run.revisions) {
        revisions.add(revision);
      }
      for (const level of ['error', 'warning', 'note'] as const) {
        total[level] += run.total[level];
        fresh[level] += run.fresh[level];
      }
      samples.push(...run.samples);
    }
  }
  return {
    madeAt,
    tools: [...tools].sort(),
    revisions: [...revisions].sort(),
    total,
    new: base ? fresh : undefined,
    worst: worst(samples),
  };
}

/**
 * The findings of the base's SARIF logs, to compare with.
 *
 * @throws UserError as `readFindings`
 */
export async function readBase(
  paths: readonly [string, ...string[]],
  ports: Pick<Ports, 'signal'>,
): Promise<Base> {
  const base = emptyBase();
  for (const path of paths) {
    await read(
      path,
      (identity) => {
        base.set(identity, (base.get(identity) ?? 0) + 1);
        return undefined;
      },
      ports,
    );
  }
  return base;
}

function read(path: string, isNew: (identity: string) => boolean | undefined, ports: Pick<Ports, 'signal'>) {
  return withReport(path, ports.signal, (report) =>
    readSarif(report, isNew).catch((error: unknown) => {
      throw error instanceof ReportLimit ? unreadable(path, error.message, error) : error;
    }),
  );
}
