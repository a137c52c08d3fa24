import { describe, expect, it } from '@jest/globals';
import { anOutcome as outcome, aRule as rule, aWaiver as waiver } from '../../test/outcome.ts';
import { refusals } from '../outcome.ts';
import { scoreOf } from '../score.ts';
import { hardeningStatement } from '../statement.ts';
import { hardeningHtml } from './html.ts';
import { hardeningSarif } from './sarif.ts';

describe('the SARIF report', () => {
  const sarif = hardeningSarif(outcome()) as {
    runs: [
      {
        tool: { driver: { rules: { id: string; properties: Record<string, unknown> }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          suppressions?: unknown[];
          partialFingerprints: Record<string, string>;
        }[];
      },
    ];
  };
  const [run] = sarif.runs;

  it('lists what does not pass, waivers as suppressions', () => {
    expect(run.results.map(({ ruleId, suppressions }) => [ruleId, suppressions?.length ?? 0])).toEqual([
      ['open', 0],
      ['accepted', 1],
      ['dark', 0],
    ]);
    expect(
      run.results.every(({ ruleId, ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id === ruleId),
    ).toBe(true);
    expect(run.tool.driver.rules[0]?.properties['security-severity']).toBe('8.0');
  });

  it('has fingerprints that stay the same from run to run and differ by rule', () => {
    const again = hardeningSarif(outcome({ finishedOn: new Date() })) as typeof sarif;
    const prints = (from: typeof sarif) => from.runs[0].results.map((result) => result.partialFingerprints);
    expect(prints(again)).toEqual(prints(sarif));
    expect(new Set(prints(sarif).map((print) => print['hardeningRule/v1'])).size).toBe(3);
  });
});

describe('the HTML report', () => {
  it('escapes all outside text and names what is open, waived and fixed', () => {
    const html = hardeningHtml(outcome());
    expect(html).not.toContain('<script');
    expect(html).toContain('Title open &lt;script&gt;');
    expect(html).toContain('A long enough reason');
    expect(html).toMatch(/Content-Security-Policy/);
  });
});

describe('the statement', () => {
  it('says what remains and what was accepted, never as a pass', () => {
    const { predicate } = hardeningStatement(outcome(), 'disk.qcow2', false);
    expect(predicate).toMatchObject({
      result: 'WARNED',
      passedTests: ['fixed'],
      warnedTests: ['accepted'],
      failedTests: ['dark', 'open'],
      notJudgedTests: ['dark'],
      score: 33.33,
    });
    expect(hardeningStatement(outcome(), 'disk.qcow2', true).predicate.result).toBe('FAILED');
    const clean = [rule('a', 'pass')];
    const all = outcome({ after: { rules: clean, score: scoreOf(clean) } });
    expect(hardeningStatement(all, 'd', false).predicate.result).toBe('PASSED');
  });
});

describe('refusals', () => {
  it('are none without limits, and name each limit that is broken', () => {
    expect(refusals(outcome(), { minScore: undefined, failOn: undefined })).toEqual([]);
    expect(
      refusals(outcome({ expiredWaivers: [waiver] }), { minScore: 34, failOn: 'high' }).map(
        (reason) => /33.33|expired|severity high.*: open$/.exec(reason)?.[0],
      ),
    ).toEqual(['33.33', 'expired', expect.stringContaining('open')]);
    const low = [rule('l', 'fail', 'low'), rule('u', 'fail', 'unknown')];
    const some = outcome({ after: { rules: low, score: scoreOf(low) } });
    expect(refusals(some, { minScore: undefined, failOn: 'high' })).toEqual([expect.stringMatching(/: u$/)]);
  });
});
