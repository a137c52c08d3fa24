import { describe, expect, it } from '@jest/globals';
import { type FvtResult, failureOf } from '../results.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';

const EVIL =
  '</pre><script>alert(1)</script> ::error::x ##[group]y \u001b[31m \u0000 ]]> "quoted" \u202e & <b>';
const base = { title: 'A title', why: 'A reason', tags: [], suite: 'functional' } as const;

function result(overrides: Partial<FvtResult> = {}): FvtResult {
  return {
    image: { name: 'debian-13', version: '1', sha256: 'a'.repeat(64) },
    accelerator: { name: 'tcg', reason: 'there is no /dev/kvm' },
    firmware: 'bios',
    cases: [
      { ...base, id: 'one', outcome: 'pass', message: 'fine' },
      { ...base, id: 'two', outcome: 'fail', expected: EVIL, actual: EVIL, message: EVIL },
      { ...base, id: 'three', outcome: 'skip', message: EVIL },
      { ...base, id: 'four', outcome: 'error', message: EVIL },
      { ...base, id: 'five', outcome: 'not-run', message: 'later' },
      { ...base, id: 'six', outcome: 'flaky', message: EVIL },
    ],
    stages: [
      { stage: 'firmware', seconds: 1 },
      { stage: EVIL, seconds: 3 },
    ],
    consoleFindings: [{ kind: 'panic', line: EVIL }],
    blocked: [{ protocol: 'tcp', target: '169.254.169.254', port: 80 }],
    startedOn: new Date('2026-01-01T00:00:00Z'),
    finishedOn: new Date('2026-01-01T00:01:30Z'),
    problems: [EVIL],
    reproduce: 'qemu-system-x86_64',
    ...overrides,
  };
}

describe('JUnit', () => {
  const text = junitReport(result());

  it('counts each outcome apart and carries the properties', () => {
    expect(text).toContain('tests="7" failures="1" errors="2" skipped="2" time="90.000"');
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
    consoleLog: 'console/x.log',
    consoleTail: EVIL,
    journal: EVIL,
    screenshot: 'console/x.png',
  };

  it('lets nothing of the guest act', () => {
    const text = htmlReport(result({ reproduce: EVIL }), extras);
    expect(text).not.toMatch(/<script|<b>alert|\u001b|\u0000|\u202e|::error|##\[/);
    expect(text).toContain("default-src 'none'");
    expect(text).toContain('Signs of trouble');
    expect(text).toContain('169.254.169.254');
  });

  it('says passed only when all is well', () => {
    const good = result({
      cases: result().cases.slice(0, 1),
      problems: [],
      stages: [],
      consoleFindings: [],
      blocked: [],
    });
    expect(htmlReport(good, { ...extras, journal: '', consoleTail: '' })).toContain('>Passed</p>');
    expect(htmlReport(result(), extras)).toContain('>Failed</p>');
  });
});

describe('JSON and the verdict', () => {
  it('agree', () => {
    expect(JSON.parse(jsonReport(result()))).toMatchObject({
      result: 'FAILED',
      startedOn: '2026-01-01T00:00:00.000Z',
    });
    expect(jsonReport(result())).not.toContain('##[');
    expect(JSON.parse(jsonReport(result()))).toMatchObject({ problems: [EVIL] });
    const good = result({ cases: result().cases.slice(0, 1), problems: [] });
    expect(JSON.parse(jsonReport(good))).toMatchObject({ result: 'PASSED' });
  });

  it('fail a run without a case, one with a failure, one with an error', () => {
    const cases = result().cases;
    expect(failureOf({ cases: [], problems: [] })).toBe('no case was run');
    expect(failureOf({ cases: cases.slice(2, 3), problems: [] })).toBe('no case was run');
    expect(failureOf({ cases: cases.slice(1, 2), problems: [] })).toBe('failed: two');
    expect(failureOf({ cases: cases.slice(3, 4), problems: [] })).toBe('in error: four');
    expect(failureOf({ cases: cases.slice(0, 1), problems: ['boom'] })).toBe('boom');
    expect(failureOf({ cases: cases.slice(0, 1), problems: [] })).toBeUndefined();
  });
});
