import type { Finding } from '../decision/decision.ts';
import { finding } from '../decision/finding.ts';
import type { Facts } from '../facts/facts.ts';
import { known, notKnown } from '../facts/known.ts';
import type { Levels, Policy, QualityPolicy } from '../policy/policy-schema.ts';
import { coverageFindings } from './coverage-rules.ts';
import { freshFinding } from './freshness.ts';

/** What the reports of the run must say. */
export function qualityFindings(policy: Policy, facts: Facts): readonly Finding[] {
  const { coverage, findings, tests, jobs } = policy.quality ?? {};
  return [
    ...(coverage ? coverageFindings(coverage, facts) : []),
    ...(findings ? analysisFindings(findings, facts) : []),
    ...(tests ? testFindings(tests, facts) : []),
    ...(jobs ? jobs.map((name) => jobFinding(name, facts)) : []),
  ];
}

const LEVELS = ['error', 'warning', 'note'] as const;

function analysisFindings(policy: NonNullable<QualityPolicy['findings']>, facts: Facts): readonly Finding[] {
  const report = known(facts, 'findings');
  if (!report.value) {
    return [notKnown('quality.findings.report', 'A report of static analysis that can be read', report)];
  }
  const { total, new: fresh, worst, tools } = report.value;
  const compare = (
    scope: 'new' | 'total',
    limits: Levels | undefined,
    found: typeof total | undefined,
  ): Finding[] =>
    LEVELS.flatMap((level) => {
      const most = limits?.[level];
      if (most === undefined) {
        return [];
      }
      const rule = `quality.findings.${scope}.${level}`;
      const requirement = `${atMost(most)} ${scope === 'new' ? 'new ' : ''}${level}${most === 1 ? '' : 's'} of ${tools.join(', ')}`;
      if (!found) {
        return [
          finding(rule, requirement, 'unknown', {
            found: "the base's report is missing, so what is new is not known",
            next: "Pass the base's SARIF in sarif-base.",
          }),
        ];
      }
      const places = worst
        .filter((entry) => entry.level === level && (scope === 'total' || entry.new !== false))
        .slice(0, 3)
        .map((entry) => `${entry.rule} in ${entry.file}:${entry.line}`);
      const count = found[level];
      return [
        finding(rule, requirement, count <= most ? 'pass' : 'fail', {
          found: count > most && places.length > 0 ? `${count}: ${places.join(', ')}` : String(count),
          next: 'Put right what the analysis found, or suppress it in the source with a reason.',
        }),
      ];
    });
  return [
    freshFinding('quality.findings.report', 'report of static analysis', report.value, facts),
    ...compare('new', policy.new, fresh),
    ...compare('total', policy.total, total),
  ];
}

function atMost(most: number): string {
  return most === 0 ? 'No' : `At most ${most}`;
}

function testFindings(policy: NonNullable<QualityPolicy['tests']>, facts: Facts): readonly Finding[] {
  const report = known(facts, 'tests');
  if (!report.value) {
    return [notKnown('quality.tests.report', 'A test report that can be read', report)];
  }
  const { passed, failed, skipped, failures } = report.value;
  const most = policy['max-skipped'];
  return [
    freshFinding('quality.tests.report', 'test report', report.value, facts),
    finding(
      'quality.tests.max-failed',
      policy['max-failed'] === 0 ? 'No test fails' : `At most ${policy['max-failed']} failed tests`,
      failed <= policy['max-failed'] ? 'pass' : 'fail',
      {
        found: failed === 0 ? 'none failed' : `${failed} failed: ${failures.slice(0, 5).join(', ')}`,
        next: 'Read the report, and put right what failed.',
      },
    ),
    finding(
      'quality.tests.min-passed',
      `At least ${policy['min-passed']} passed test${policy['min-passed'] === 1 ? '' : 's'}`,
      passed >= policy['min-passed'] ? 'pass' : 'fail',
      {
        found: `${passed} passed`,
        next: 'See why fewer tests ran than the policy expects.',
      },
    ),
    ...(most === undefined
      ? []
      : [
          finding(
            'quality.tests.max-skipped',
            `${atMost(most)} skipped test${most === 1 ? '' : 's'}`,
            skipped <= most ? 'pass' : 'fail',
            {
              found: `${skipped} skipped`,
              next: 'Run the skipped tests, or remove them.',
            },
          ),
        ]),
  ];
}

/** A skipped job counts as success for GitHub; here it has not shown anything. */
function jobFinding(name: string, facts: Facts): Finding {
  const rule = `quality.jobs.${name}`;
  const requirement = `The job ${name} succeeded`;
  const jobs = known(facts, 'jobs');
  if (!jobs.value) {
    return notKnown(rule, requirement, jobs);
  }
  const own = jobs.value.filter((job) => job.name === name);
  const bad = own.filter((job) => job.conclusion !== 'success');
  const status = own.length === 0 ? 'unknown' : bad.length === 0 ? 'pass' : 'fail';
  return finding(rule, requirement, status, {
    found:
      own.length === 0
        ? 'the run has no such job'
        : (bad[0]?.conclusion ?? (bad.length > 0 ? 'not finished' : 'success')),
    next: `Let the gate need the job ${name} and run after it (if: always()), and see why it did not succeed.`,
  });
}
