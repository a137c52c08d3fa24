import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { HOSTILE, anOutcome as outcome, aRule as rule, aWaiver as waiver } from '../../test/outcome.ts';
import { refusals } from '../outcome.ts';
import { scoreOf } from '../score.ts';
import { hardeningStatement } from '../statement.ts';
import { hardeningHtml } from './html.ts';
import { hardeningSarif } from './sarif.ts';
import { trendChart } from './trend.ts';

/** What the schema asks of texts, by name. */
const FORMATS = {
  uri: (text: string) => URL.canParse(text),
  'uri-reference': (text: string) => URL.canParse(text, 'https://example.org/'),
  'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
};

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

  it('has no more tags than GitHub takes', () => {
    const href = 'https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-53r4.pdf';
    const families = [
      'AC',
      'AT',
      'AU',
      'CA',
      'CM',
      'CP',
      'IA',
      'IR',
      'MA',
      'MP',
      'PE',
      'PL',
      'PS',
      'RA',
      'SA',
      'SC',
    ];
    const chapters = [1, 2, 3, 4, 5, 6, 7].map((number) => ({
      ...{ href: 'https://www.cisecurity.org/cis-benchmarks', text: `${number}.1` },
    }));
    const references = [...families.map((name) => ({ href, text: `${name}-1` })), ...chapters];
    const rules = [{ ...rule('open', 'fail'), references }];
    const many = hardeningSarif(outcome({ after: { rules, score: scoreOf(rules) } })) as typeof sarif;
    expect(many.runs[0].tool.driver.rules[0]?.properties.tags).toHaveLength(20);
  });

  it('has fingerprints that stay the same from run to run and differ by rule', () => {
    const again = hardeningSarif(outcome({ finishedOn: new Date() })) as typeof sarif;
    const prints = (from: typeof sarif) => from.runs[0].results.map((result) => result.partialFingerprints);
    expect(prints(again)).toEqual(prints(sarif));
    expect(new Set(prints(sarif).map((print) => print['hardeningRule/v1'])).size).toBe(3);
    const changed = { digests: { before: 'd'.repeat(64), after: 'e'.repeat(64) } };
    expect(prints(hardeningSarif(outcome(changed)) as typeof sarif)).toEqual(prints(sarif));
    const other = hardeningSarif(outcome({ image: { ...outcome().image, name: 'db' } })) as typeof sarif;
    const all = [...prints(sarif), ...prints(other)];
    for (const key of ['hardeningRule/v1', 'primaryLocationLineHash']) {
      expect(new Set(all.map((print) => print[key])).size).toBe(6);
    }
  });
});

describe('the SARIF report, by the official schema of 2.1.0', () => {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@microsoft/jest-sarif'));
  // Written for an older draft; the words that it uses mean the same today.
  const { $schema, id, ...schema } = JSON.parse(
    readFileSync(path.join(folder, 'schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  );
  const validate = new Ajv({ strict: false, unicodeRegExp: false, formats: FORMATS }).compile(schema);

  it('is valid, with texts of any kind', () => {
    validate(JSON.parse(JSON.stringify(hardeningSarif(outcome()))));
    expect(validate.errors).toBeNull();
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, rationale) => {
        const after = { ...outcome().after, rules: [{ ...rule('open', 'fail'), title, rationale }] };
        return validate(JSON.parse(JSON.stringify(hardeningSarif(outcome({ after })))));
      }),
    );
  });

  it('would not be with a level that does not exist', () => {
    const text = JSON.stringify(hardeningSarif(outcome())).replace('"level":"error"', '"level":"high"');
    expect(validate(JSON.parse(text))).toBe(false);
  });
});

describe('the HTML report', () => {
  it('escapes all outside text and names what is open, waived and fixed', () => {
    const html = hardeningHtml(outcome());
    expect(html).not.toContain('<script');
    expect(html).toContain('Title open &lt;script&gt;');
    expect(html).toContain('A long enough reason');
    expect(html).toMatch(/Title open[\s\S]*Title dark[\s\S]*not judged \(error\)/);
    expect(html).toMatch(/Content-Security-Policy/);
  });
});

describe('the HTML report, compared with an earlier result', () => {
  const cis = { href: 'https://www.cisecurity.org/cis-benchmarks/', text: '5.1.2' };
  const worse = { ...rule('open', 'fail', 'high'), references: [cis], findings: [HOSTILE] };
  const point = { finishedOn: '2026-10-01T00:00:00Z', profile: 'p', score: 90, rawScore: 80, sha256: 'a' };
  const html = hardeningHtml(
    outcome({
      after: { rules: [worse], score: scoreOf([worse]) },
      comparison: {
        ...{ finishedOn: HOSTILE, profile: 'p', score: 90, trend: [point] },
        ...{ regressions: [{ rule: worse, before: 'pass' }], improvements: [] },
      },
    }),
  );

  it('shows the trend, what got worse, and the control families', () => {
    expect(html).toContain('0 rules are better, 1 are worse');
    expect(html).toContain('<svg class="trend"');
    expect(html).toMatch(/CIS Benchmark<\/h3>.*Access control/s);
    expect(html).toContain('<li>&lt;script&gt;');
    expect(html).not.toContain('<script');
  });

  it('draws any scores within its frame', () => {
    const points = fc.array(
      fc.record({ finishedOn: fc.string(), score: fc.double({ min: 0, max: 100, noNaN: true }) }),
    );
    fc.assert(
      fc.property(points, (scores) => {
        const chart = trendChart(scores);
        expect(chart === '').toBe(scores.length < 2);
        for (const [, x, y] of chart.matchAll(/cx="([^"]*)" cy="([^"]*)"/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(640);
          expect(Number(y)).toBeGreaterThanOrEqual(0);
          expect(Number(y)).toBeLessThanOrEqual(150);
        }
        expect(chart).not.toMatch(/<script|NaN/);
      }),
    );
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
