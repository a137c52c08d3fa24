import { z } from 'zod';
import { type Keys, readJson } from '../source/json.ts';
import type { ReportFile } from '../source/report-file.ts';
import { unreadable } from '../source/unreadable.ts';
import type { ByLevel, Tool } from './level.ts';
import { counts, identityOf, resultSchema } from './result.ts';
import { type Finding, RunTally } from './tally.ts';

export interface SarifRun {
  readonly tool: string;
  readonly revisions: readonly string[];
  readonly total: ByLevel;
  readonly fresh: ByLevel;
  readonly samples: readonly Finding[];
}

interface OpenRun {
  tool: Tool | undefined;
  readonly tally: RunTally;
  hasResults: boolean;
  revisions: string[];
  endedAt: Date | undefined;
}

const invocation = z.looseObject({
  executionSuccessful: z.boolean().optional(),
  endTimeUtc: z.iso.datetime({ offset: true }).optional(),
});
const provenance = z.looseObject({ revisionId: z.string().optional() });
const tool = z.looseObject({
  driver: z.looseObject({ name: z.string(), rules: z.array(z.looseObject({})).nullish() }),
  extensions: z.array(z.looseObject({ rules: z.array(z.looseObject({})).nullish() })).nullish(),
});
const MAX_RUNS = 1000;
/** Forty times what GitHub takes of one run; a bound on time and on the memory of a base. */
const MAX_RESULTS = 1_000_000;
const RUN_PARTS = [
  'tool',
  'invocations.*',
  'versionControlProvenance.*',
  'results.*',
  'externalPropertyFileReferences',
] as const;

/**
 * Reads one SARIF 2.1.0 log as a stream (OASIS, sarif-v2.1.0).
 *
 * @param isNew called once for each finding that counts, in the log's order
 * @throws UserError `unreadable-report`
 */
export async function readSarif(
  report: ReportFile,
  isNew: (identity: string) => boolean | undefined,
): Promise<{ readonly madeAt: Date; readonly runs: readonly SarifRun[] }> {
  const fail = (why: string): never => {
    throw unreadable(report.path, why);
  };
  const checked = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
    const parsed = schema.safeParse(value);
    return parsed.success
      ? parsed.data
      : fail(`${what} is not as SARIF 2.1.0 says: ${explain(parsed.error)}`);
  };
  const runs = new Map<string | number, OpenRun>();
  let version: unknown;
  let results = 0;
  const runAt = (index: string | number): OpenRun => {
    const run = runs.get(index) ?? {
      tool: undefined,
      tally: new RunTally(),
      hasResults: false,
      revisions: [],
      endedAt: undefined,
    };
    if (!runs.has(index) && runs.size >= MAX_RUNS) {
      fail(`it has more than ${MAX_RUNS} runs`);
    }
    runs.set(index, run);
    return run;
  };
  const onValue = (value: unknown, [first, index = '', property, item]: Keys): void => {
    if (first === 'version') {
      version = value;
      return;
    }
    const run = runAt(index);
    if (property === 'tool') {
      run.tool = checked(tool, value, `run ${index}: its tool`) as Tool;
    } else if (property === 'invocations') {
      const { executionSuccessful, endTimeUtc } = checked(invocation, value, `run ${index}: an invocation`);
      if (executionSuccessful === false) {
        fail(`run ${index}: its tool says that it did not succeed`);
      }
      run.endedAt = endTimeUtc === undefined ? run.endedAt : new Date(endTimeUtc);
    } else if (property === 'versionControlProvenance') {
      const { revisionId } = checked(provenance, value, `run ${index}: its provenance`);
      run.revisions.push(...(revisionId === undefined ? [] : [revisionId]));
    } else if (property === 'externalPropertyFileReferences') {
      fail(`run ${index}: its results lie in other files, which is not supported`);
    } else {
      results += 1;
      if (results > MAX_RESULTS) {
        fail(`it has more than ${MAX_RESULTS} results`);
      }
      const result = checked(resultSchema, value, `run ${index}, result ${item}`);
      if (counts(result)) {
        run.tally.add(result, isNew(identityOf(result)));
      }
    }
  };
  await readJson(report, {
    paths: ['$.version', ...RUN_PARTS.map((part) => `$.runs.*.${part}`)],
    value: onValue,
    array: ([first, index, property, ...deeper]) => {
      if (first === 'runs' && property === 'results' && index !== undefined && deeper.length === 0) {
        runAt(index).hasResults = true;
      }
    },
  });
  if (version !== '2.1.0') {
    fail(`its version is ${JSON.stringify(version) ?? 'missing'}, not "2.1.0"`);
  }
  if (runs.size === 0) {
    fail('it holds no run');
  }
  return {
    madeAt: oldest(report.modified, runs.values()),
    runs: [...runs].map(([index, run]) => finish(run, index, fail)),
  };
}

function finish(run: OpenRun, index: string | number, fail: (why: string) => never): SarifRun {
  if (!run.tool) {
    return fail(`run ${index}: it names no tool`);
  }
  if (!run.hasResults) {
    return fail(`run ${index}: it has no list of results, so nothing says that its tool looked`);
  }
  const revisions = run.revisions.filter((revision) => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(revision));
  return { tool: String(run.tool.driver?.name), revisions, ...run.tally.finish(run.tool) };
}

function oldest(modified: Date, runs: Iterable<OpenRun>): Date {
  return [...runs].reduce((date, { endedAt }) => (endedAt && endedAt < date ? endedAt : date), modified);
}

function explain(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.map(String).join('.')}: ${issue.message}` : 'it cannot be read';
}
