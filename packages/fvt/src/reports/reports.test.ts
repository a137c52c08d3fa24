import { describe, expect, it } from '@jest/globals';
import { type CaseResult, type FirmwareRun, type FvtResult, failureOf, mergeRuns } from '../results.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';

const EVIL =
  '</pre><script>alert(1)</script> ::error::x ##[group]y \u001b[31m \u0000 ]]> "quoted" \u202e & <b>';
const base = { title: 'A title', why: 'A reason', tags: [], suite: 'functional' } as const;

const CASES: readonly CaseResult[] = [
  { ...base, id: 'one', outcome: 'pass', message: 'fine' },
  { ...base, id: 'two', outcome: 'fail', expected: EVIL, actual: EVIL, message: EVIL },
  { ...base, id: 'three', outcome: 'skip', message: EVIL },
  { ...base, id: 'four', outcome: 'error', message: EVIL },
  { ...base, id: 'six', outcome: 'flaky', message: EVIL },
];
const LEFT: CaseResult = { ...base, id: 'five', outcome: 'not-run', message: 'later' };
const RUN: FirmwareRun = {
  firmware: 'bios',
  cases: CASES,
  stages: [
    { stage: 'firmware', seconds: 1 },
    { stage: EVIL, seconds: 3 },
  ],
  machines: [
    {
      name: 'first',
      kind: 'boot',
      from: 0,
      stages: [],
      findings: [],
      seconds: 3,
      problem: undefined,
      consoleTail: '',
    },
    {
      name: 'reboot',
      kind: 'fork',
      from: 0,
      stages: [],
      findings: [],
      seconds: 1,
      problem: EVIL,
      consoleTail: EVIL,
    },
  ],
  consoleFindings: [{ kind: 'panic', line: EVIL, machine: 'first' }],
  blocked: [{ protocol: 'tcp', target: '169.254.169.254', port: 80 }],
  problems: [],
};

function result(overrides: Partial<FvtResult> = {}): FvtResult {
  return {
    image: { name: 'debian-13', version: '1', sha256: 'a'.repeat(64) },
    accelerator: { name: 'tcg', reason: 'there is no /dev/kvm' },
    runs: [RUN],
    cases: [...CASES, LEFT],
    startedOn: new Date('2026-01-01T00:00:00Z'),
    finishedOn: new Date('2026-01-01T00:01:30Z'),
    problems: [EVIL],
    reproduce: 'qemu-system-x86_64',
    ...overrides,
  };
}

/** The same with only its first case, which passed. */
function good(): FvtResult {
  const cases = CASES.slice(0, 1);
  const run = { ...RUN, cases, stages: [], machines: [], consoleFindings: [], blocked: [] };
  return result({ cases, runs: [run], problems: [] });
}

describe('JUnit', () => {
  const text = junitReport(result());

  it('counts each outcome apart and carries the properties', () => {
    expect(text).toContain('name="run-fvt.bios" tests="5" failures="2" errors="1" skipped="1" time="90.000"');
    expect(text).toContain('name="run-fvt.rest" tests="2" failures="0" errors="1" skipped="1"');
    expect(text).toContain('<property name="accelerator" value="tcg"/>');
    expect(text).toContain('<property name="firmware" value="bios"/>');
    expect(text).toContain(`<property name="digest" value="sha256:${'a'.repeat(64)}"/>`);
  });

  it('stays well-formed, whatever the guest says', () => {
    const opened = [...text.matchAll(/<([a-z-]+)(?:\s[^<>]*[^/<>])?>/g)].map((match) => match[1]);
    const closed = [...text.matchAll(/<\/([a-z-]+)>/g)].map((match) => match[1]);
    expect(opened.sort()).toEqual(closed.sort());
    expect(text).not.toMatch(/[\u0000\u001b]|<script|<b>|::|##\[/);
  });
});

describe('HTML', () => {
  const extras = {
    consoles: ['console/x.log'],
    journal: EVIL,
    screenshots: ['console/x.png'],
  };

  it('lets nothing of the guest act', () => {
    const text = htmlReport(result({ reproduce: EVIL }), extras);
    expect(text).not.toMatch(/<script|<b>alert|\u001b|\u0000|\u202e|::error|##\[/);
    expect(text).toContain("default-src 'none'");
    expect(text).toContain('Signs of trouble');
    expect(text).toContain('169.254.169.254');
  });

  it('says passed only when all is well', () => {
    expect(htmlReport(good(), { ...extras, journal: '', screenshots: [] })).toContain('>Passed</p>');
    expect(htmlReport(result(), extras)).toContain('>Failed</p>');
  });
});

describe('several firmwares', () => {
  const uefi: FirmwareRun = {
    ...RUN,
    firmware: 'uefi',
    cases: CASES.map((item) => (item.id === 'one' ? { ...item, outcome: 'fail', message: 'no' } : item)),
  };

  it('give each case its worst outcome, and a column each', () => {
    const cases = mergeRuns([RUN, uefi]);
    expect(cases.map((item) => item.outcome)).toEqual(['fail', 'fail', 'skip', 'error', 'flaky']);
    expect(cases[0]?.message).toBe('under uefi: no');
    const text = htmlReport(result({ runs: [RUN, uefi], cases }), extras());
    expect(text).toContain('<th>bios</th><th>uefi</th>');
    expect(text).toMatch(/<td class="pass">.*<td class="fail">.*<code>one/);
    expect(junitReport(result({ runs: [RUN, uefi], cases }))).toContain('name="run-fvt.uefi"');
  });
});

describe('what is reported beside the outcomes', () => {
  it('is the difference from an earlier run', () => {
    const differences = [{ id: 'one', before: 'fail', now: 'pass' }];
    expect(htmlReport(result({ differences }), extras())).toMatch(
      /Against the run before[\s\S]*<td>fail<\/td><td>pass/,
    );
    expect(htmlReport(result({ differences: [] }), extras())).toContain('Every case came out as before.');
  });

  it('is a quarantine, which is no failure', () => {
    const quarantine = { case: 'two', tracker: 'https://x.test/1', expires: '2026-02-01', reason: EVIL };
    const cases = CASES.slice(0, 2).map((item) => (item.id === 'two' ? { ...item, quarantine } : item));
    const run = { ...RUN, cases };
    expect(failureOf({ cases, problems: [] })).toBeUndefined();
    expect(htmlReport(result({ runs: [run], cases }), extras())).toContain('In quarantine until 2026-02-01');
    expect(junitReport(result({ runs: [run], cases }))).toContain('failures="0" errors="0" skipped="1"');
  });
});

function extras() {
  return { consoles: ['console/x.log'], journal: EVIL, screenshots: [] };
}

describe('JSON and the verdict', () => {
  it('agree', () => {
    expect(JSON.parse(jsonReport(result()))).toMatchObject({
      result: 'FAILED',
      startedOn: '2026-01-01T00:00:00.000Z',
    });
    expect(jsonReport(result())).not.toContain('##[');
    expect(JSON.parse(jsonReport(result()))).toMatchObject({ problems: [EVIL] });
    expect(JSON.parse(jsonReport(good()))).toMatchObject({ result: 'PASSED' });
  });

  it('fail a run without a case, one with a failure, one with an error', () => {
    const cases = result().cases;
    expect(failureOf({ cases: [], problems: [] })).toBe('no case was run');
    expect(failureOf({ cases: cases.slice(2, 3), problems: [] })).toBe('no case was run');
    expect(failureOf({ cases: cases.slice(1, 2), problems: [] })).toBe('failed: two');
    expect(failureOf({ cases: cases.slice(3, 4), problems: [] })).toBe('in error: four');
    expect(failureOf({ cases: cases.slice(0, 1), problems: ['boom'] })).toBe('boom');
    expect(failureOf({ cases: cases.slice(0, 1), problems: [] })).toBeUndefined();
    expect(failureOf({ cases: cases.slice(0, 1), problems: [], runs: [{ problems: ['no'] }] })).toBe('no');
  });
});
