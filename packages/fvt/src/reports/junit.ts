import type { CaseResult, FvtResult } from '../results.ts';

/**
 * JUnit XML as Jenkins and GitHub's report actions read it; error, failure and skipped are told apart. One suite a
 * firmware, and one for what was not run.
 */
export function junitReport(result: FvtResult): string {
  const left = result.cases.filter((item) => item.outcome === 'not-run');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...result.runs.map((run) =>
      suite(result, `run-fvt.${run.firmware}`, run.cases, run.problems, run.firmware),
    ),
    ...(result.problems.length + left.length > 0
      ? [suite(result, 'run-fvt.rest', left, result.problems, undefined)]
      : []),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(
  result: FvtResult,
  name: string,
  cases: readonly CaseResult[],
  problems: readonly string[],
  firmware: string | undefined,
): string {
  const total = (...outcomes: readonly string[]): number =>
    cases.filter((item) => item.quarantine === undefined && outcomes.includes(item.outcome)).length;
  const excused = cases.filter((item) => item.quarantine !== undefined).length;
  const seconds = (result.finishedOn.getTime() - result.startedOn.getTime()) / 1000;
  const properties = [
    ['accelerator', result.accelerator.name],
    ['accelerator-reason', result.accelerator.reason],
    ...(firmware === undefined ? [] : [['firmware', firmware] as const]),
    ['digest', `sha256:${result.image.sha256}`],
    ['image', `${result.image.name} ${result.image.version}`],
  ] as const;
  return [
    `  <testsuite name="${xml(name)}" tests="${cases.length + problems.length}" failures="${total('fail', 'flaky')}" errors="${total('error') + problems.length}" skipped="${total('skip', 'not-run') + excused}" time="${seconds.toFixed(3)}" timestamp="${result.startedOn.toISOString().slice(0, 19)}">`,
    '    <properties>',
    ...properties.map(([key, value]) => `      <property name="${key}" value="${xml(value)}"/>`),
    '    </properties>',
    ...cases.map(testCase),
    ...problems.map((problem) => runProblem(problem)),
    '  </testsuite>',
  ].join('\n');
}

function testCase(item: CaseResult): string {
  const open = `    <testcase classname="run-fvt.${item.suite}" name="${xml(item.id)}" time="0"`;
  const body = caseBody(item);
  return body === '' ? `${open}/>` : `${open}>\n      ${body}\n    </testcase>`;
}

function caseBody(item: CaseResult): string {
  if (item.quarantine) {
    const { expires, tracker } = item.quarantine;
    const text = `in quarantine until ${expires} (${tracker}): ${item.actual ?? item.message}`;
    return `<skipped message="${xml(text)}"/>`;
  }
  switch (item.outcome) {
    case 'pass':
      return `<system-out>${xml(item.message)}</system-out>`;
    case 'fail':
    case 'flaky': {
      const text = `expected: ${item.expected ?? ''}\nactual: ${item.actual ?? ''}\nevidence: ${item.message}`;
      return `<failure message="${xml(item.actual ?? item.message)}" type="${item.outcome}">${xml(text)}</failure>`;
    }
    case 'error':
      return `<error message="${xml(item.message)}" type="error"/>`;
    case 'skip':
      return `<skipped message="${xml(item.message)}"/>`;
    case 'not-run':
      return `<skipped message="${xml(`not run: ${item.message}`)}"/>`;
  }
}

function runProblem(problem: string): string {
  return `    <testcase classname="run-fvt" name="(run)" time="0">\n      <error message="${xml(problem)}" type="error"/>\n    </testcase>`;
}

/** Text for XML 1.0: escaped, without the characters that it cannot hold, and without a runner's commands. */
export function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/##\[/g, '&#35;#[')
    .replace(/::/g, '&#58;:')
    .replace(/\n/g, '&#10;');
}
