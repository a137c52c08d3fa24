import { describeError, type Ports } from '@golden-image/host';
import {
  type CoverageReport,
  FileMatcher,
  type FindingsReport,
  readBase,
  readCoverage,
  readFindings,
  readTests,
} from '@golden-image/reports';
import type { Fact, FactOf } from '../facts/facts.ts';
import type { QualityPolicy } from '../policy/policy-schema.ts';
import { filesMatching } from './files-matching.ts';
import { inRanges } from './line-ranges.ts';

/** Where the reports are: paths or globs, relative to the workspace. */
export interface ReportInputs {
  /** The checked-out repository. */
  readonly workspace: string;
  readonly coverage: readonly string[];
  readonly coverageBase: readonly string[];
  readonly sarif: readonly string[];
  readonly sarifBase: readonly string[];
  readonly junit: readonly string[];
}

type ChangedFiles = NonNullable<FactOf<'changed-lines'>['value']>['files'];
type ReportPorts = Pick<Ports, 'clock' | 'log' | 'signal'>;
type Kind = 'coverage' | 'coverage-base' | 'findings' | 'tests';

/**
 * Reads the reports that the policy asks for. One that is missing, empty or cannot be read becomes a fact that says
 * so; nothing is decided here.
 *
 * @param changed files with their changed lines, to keep of the coverage what the change is about
 */
export async function collectReportFacts(
  inputs: ReportInputs,
  policy: QualityPolicy,
  changed: ChangedFiles,
  ports: ReportPorts,
): Promise<readonly Fact[]> {
  const { coverage, findings, tests } = policy;
  const facts: Fact[] = [];
  if (coverage) {
    facts.push(
      await reportFact('coverage', inputs.coverage, inputs, ports, async (files) =>
        coverageValue(await readCoverage(files, ports), changed, inputs.workspace),
      ),
    );
  }
  if (coverage?.['max-drop'] !== undefined) {
    facts.push(
      await reportFact('coverage-base', inputs.coverageBase, inputs, ports, async (files) => ({
        lines: (await readCoverage(files, ports)).coverage.count(),
      })),
    );
  }
  if (findings) {
    facts.push(
      await reportFact('findings', inputs.sarif, inputs, ports, async (files) => {
        const base =
          inputs.sarifBase.length > 0 ? await expand(inputs.sarifBase, inputs.workspace) : undefined;
        return findingsValue(await readFindings(files, base && (await readBase(base, ports)), ports));
      }),
    );
  }
  if (tests) {
    facts.push(
      await reportFact('tests', inputs.junit, inputs, ports, async (files) => {
        const { madeAt, ...counts } = await readTests(files, ports);
        return { ...counts, madeAt: madeAt.toISOString() };
      }),
    );
  }
  return facts;
}

/** The inputs' names, for messages. */
const INPUTS: Readonly<Record<Kind, string>> = {
  coverage: 'coverage',
  'coverage-base': 'coverage-base',
  findings: 'sarif',
  tests: 'junit',
};

async function reportFact(
  kind: Kind,
  patterns: readonly string[],
  { workspace }: ReportInputs,
  ports: ReportPorts,
  read: (files: readonly [string, ...string[]]) => Promise<unknown>,
): Promise<Fact> {
  const common = { kind, source: patterns.join(', '), time: ports.clock.now().toISOString() };
  if (patterns.length === 0) {
    return {
      ...common,
      status: 'unknown',
      detail: `no report was given in the input ${INPUTS[kind]}`,
    } as Fact;
  }
  try {
    const files = await expand(patterns, workspace);
    ports.log.info(`Reading ${files.length} report${files.length === 1 ? '' : 's'} (${INPUTS[kind]})`);
    // Through JSON, so that undefined fields vanish: a replay reads the same value.
    const value = JSON.parse(JSON.stringify(await read(files)));
    return { ...common, status: 'pass', value } as Fact;
  } catch (error) {
    ports.signal.throwIfAborted();
    return { ...common, status: 'fail', detail: describeError(error).message } as Fact;
  }
}

/** The files of all patterns, sorted; a pattern without a file is a missing report. */
async function expand(
  patterns: readonly string[],
  workspace: string,
): Promise<readonly [string, ...string[]]> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    const found = await filesMatching(pattern, workspace);
    if (found.length === 0) {
      throw new Error(`no report ${pattern} was found`);
    }
    for (const file of found) {
      files.add(file);
    }
  }
  return [...files].sort() as [string, ...string[]];
}

async function coverageValue({ coverage, madeAt }: CoverageReport, changed: ChangedFiles, workspace: string) {
  const matcher = new FileMatcher(coverage, workspace);
  const known: { path: string; covered: readonly number[]; missed: readonly number[] }[] = [];
  const unclear: { path: string; reported: string }[] = [];
  for (const file of changed) {
    const hits = await matcher.find(file.path);
    if (hits) {
      // Where it is not known which lines changed, nothing is known of them either.
      const lines = file.lines ? hits.lines(inRanges(file.lines)) : { covered: [], missed: [] };
      known.push({ path: file.path, ...lines });
      continue;
    }
    const reported = await matcher.mayBe(file.path);
    if (reported !== undefined) {
      unclear.push({ path: file.path, reported });
    }
  }
  return {
    madeAt: madeAt.toISOString(),
    files: coverage.size,
    lines: coverage.count(),
    changed: known,
    ...(unclear.length > 0 ? { unclear } : {}),
  };
}

function findingsValue({ madeAt, ...report }: FindingsReport) {
  return { ...report, madeAt: madeAt.toISOString() };
}
