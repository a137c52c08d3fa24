import type { CaseResult, FvtResult } from '../results.ts';

/** JUnit XML as Jenkins and GitHub's report actions read it; error, failure and skipped are told apart. */
export function junitReport(result: FvtResult): string {
  const { cases } = result;
  const total = (outcome: string): number => cases.filter((item) => item.outcome === outcome).length;
  const seconds = (result.finishedOn.getTime() - result.startedOn.getTime()) / 1000;
  const properties = [
    ['accelerator', result.accelerator.name],
    ['accelerator-reason', result.accelerator.reason],
    ['firmware', result.firmware],
    ['digest', `sha256:${result.image.sha256}`],
    ['image', `${result.image.name} ${result.image.version}`],
  ] as const;
  const problems = result.problems.map((problem) => runProblem(problem));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="run-fvt" tests="${cases.length + problems.length}" failures="${total('fail')}" errors="${total('error') + problems.length}" skipped="${total('skip') + total('not-run')}" time="${seconds.toFixed(3)}" timestamp="${result.startedOn.toISOString().slice(0, 19)}">`,
    '    <properties>',
    ...properties.map(([name, value]) => `      <property name="${name}" value="${xml(value)}"/>`),
    '    </properties>',
    ...cases.map(testCase),
    ...problems,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(item: CaseResult): string {
  const open = `    <testcase classname="run-fvt.${item.suite}" name="${xml(item.id)}" time="0"`;
  const body = caseBody(item);
  return body === '' ? `${open}/>` : `${open}>\n      ${body}\n    </testcase>`;
}

function caseBody(item: CaseResult): string {
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
