import type { Finding } from '../decision/decision.ts';
import { finding, firstOf, type Status } from '../decision/finding.ts';
import type { Facts } from '../facts/facts.ts';
import { known, notKnown } from '../facts/known.ts';
import { matchesGlob } from '../policy/glob.ts';
import type { QualityPolicy } from '../policy/policy-schema.ts';
import { freshFinding } from './freshness.ts';
import { inRanges } from './line-ranges.ts';

type CoveragePolicy = NonNullable<QualityPolicy['coverage']>;

interface Ratio {
  readonly covered: number;
  readonly total: number;
}

/** Coverage of the project, of the change, and against the base. */
export function coverageFindings(policy: CoveragePolicy, facts: Facts): readonly Finding[] {
  const coverage = known(facts, 'coverage');
  if (!coverage.value) {
    return [notKnown('quality.coverage.report', 'A coverage report that can be read', coverage)];
  }
  const { lines } = coverage.value;
  const findings = [freshFinding('quality.coverage.report', 'coverage report', coverage.value, facts)];
  if (policy.lines !== undefined) {
    const status: Status = lines.total === 0 ? 'fail' : percent(lines) >= policy.lines ? 'pass' : 'fail';
    findings.push(
      finding('quality.coverage.lines', `At least ${policy.lines} % of all lines are tested`, status, {
        found: show(lines),
        next: `Add tests until ${policy.lines} % of all lines are tested.`,
      }),
    );
  }
  if (policy.patch !== undefined || policy.paths !== undefined) {
    const { changed, unclear } = coverage.value;
    findings.push(...changedFindings(policy, changed, facts), ...namingFindings(unclear ?? []));
  }
  if (policy['max-drop'] !== undefined) {
    findings.push(dropFinding(policy['max-drop'], lines, facts));
  }
  return findings;
}

function changedFindings(
  policy: CoveragePolicy,
  reported: readonly {
    readonly path: string;
    readonly covered: readonly number[];
    readonly missed: readonly number[];
  }[],
  facts: Facts,
): readonly Finding[] {
  const rule = 'quality.coverage.patch';
  const requirement = `At least ${policy.patch ?? 0} % of the changed lines are tested`;
  const changed = known(facts, 'changed-lines');
  if (!changed.value) {
    return [notKnown(rule, requirement, changed)];
  }
  const run = known(facts, 'run').value;
  if (run && run.sha !== changed.value.headSha) {
    return [
      finding(rule, requirement, 'fail', {
        found: `the changed lines are those of ${changed.value.headSha.slice(0, 7)}, the tests ran on ${run.sha.slice(0, 7)}`,
        next: 'Check out the commit of the run, not another one.',
      }),
    ];
  }
  const byPath = new Map(reported.map((file) => [file.path, file]));
  const unclear: string[] = [];
  const untested: string[] = [];
  const missing: string[] = [];
  let covered = 0;
  let total = 0;
  for (const { path, lines } of changed.value.files) {
    const file = byPath.get(path);
    if (!file) {
      const wanted = policy.paths?.some((pattern) => matchesGlob(pattern, path)) && lines?.length !== 0;
      missing.push(...(wanted ? [path] : []));
    } else if (lines === undefined) {
      unclear.push(path);
    } else {
      const isChanged = inRanges(lines);
      const hit = file.covered.filter(isChanged).length;
      const missed = file.missed.filter(isChanged);
      covered += hit;
      total += hit + missed.length;
      untested.push(...(missed.length > 0 ? [`${path}:${ranges(missed)}`] : []));
    }
  }
  return [
    ...(policy.patch === undefined
      ? []
      : [patchFinding(rule, requirement, policy.patch, { covered, total }, { unclear, untested })]),
    ...(policy.paths === undefined ? [] : [reportedFinding(missing)]),
  ];
}

/** A package of a monorepo whose report names files from the package: not counted at all, it would pass untested. */
function namingFindings(
  unclear: readonly { readonly path: string; readonly reported: string }[],
): readonly Finding[] {
  if (unclear.length === 0) {
    return [];
  }
  const pairs = unclear.map(({ path, reported }) => `${reported} may be ${path}`);
  return [
    finding('quality.coverage.names', 'The coverage reports say which files they mean', 'unknown', {
      found: firstOf(pairs),
      next: 'Let the coverage tool name files from the root of the repository: run it there, or set its root (Jest: projectRoot of the reporter lcov; c8 and nyc: --cwd; gcovr and lcov: put the folder before the names).',
    }),
  ];
}

function patchFinding(
  rule: string,
  requirement: string,
  least: number,
  ratio: Ratio,
  { unclear, untested }: { readonly unclear: readonly string[]; readonly untested: readonly string[] },
): Finding {
  if (unclear.length > 0) {
    return finding(rule, requirement, 'unknown', {
      found: `which lines changed is not known of ${firstOf(unclear)}`,
      next: 'Check out the repository with its history (fetch-depth: 0), so that the gate can compare.',
    });
  }
  if (ratio.total === 0) {
    return finding(rule, requirement, 'pass', { found: 'no executable line changed', next: '' });
  }
  return finding(rule, requirement, percent(ratio) >= least ? 'pass' : 'fail', {
    found: `${show(ratio)}${untested.length > 0 ? `; not tested: ${firstOf(untested)}` : ''}`,
    next: `Add tests for ${firstOf(untested)}.`,
  });
}

function reportedFinding(missing: readonly string[]): Finding {
  return finding(
    'quality.coverage.paths',
    'Every changed source file is in the coverage reports',
    missing.length === 0 ? 'pass' : 'fail',
    {
      found: missing.length === 0 ? 'all of them' : `not in any report: ${firstOf(missing)}`,
      next: 'Let the coverage tool count files without tests too, and name files from the root of the repository.',
    },
  );
}

function dropFinding(most: number, lines: Ratio, facts: Facts): Finding {
  const rule = 'quality.coverage.max-drop';
  const requirement = `Coverage drops by at most ${most} percentage points`;
  const base = known(facts, 'coverage-base');
  if (!base.value) {
    return notKnown(rule, requirement, base);
  }
  if (base.value.lines.total === 0) {
    return finding(rule, requirement, 'pass', { found: 'the base has no executable line', next: '' });
  }
  const drop = percent(base.value.lines) - percent(lines);
  // Half a line of rounding is no drop.
  const status = lines.total > 0 && drop <= most + 1e-9 ? 'pass' : 'fail';
  return finding(rule, requirement, status, {
    found: `${show(base.value.lines)} before, ${show(lines)} now`,
    next: 'Add tests for what the change adds.',
  });
}

/** No line at all is nothing tested. */
function percent({ covered, total }: Ratio): number {
  return total === 0 ? 0 : (covered / total) * 100;
}

/** Rounded down, so that 89.99 % never reads as 90 %. */
function show(ratio: Ratio): string {
  if (ratio.total === 0) {
    return 'no executable line';
  }
  return `${(Math.floor(percent(ratio) * 10) / 10).toFixed(1)} % (${ratio.covered} of ${ratio.total} lines)`;
}

/** `3-5,9`. */
export function ranges(lines: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && line <= last[1] + 1) {
      last[1] = line;
    } else {
      parts.push([line, line]);
    }
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
