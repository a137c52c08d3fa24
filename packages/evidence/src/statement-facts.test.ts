import { describe, expect, it } from '@jest/globals';
import { createStatement, predicateTypes } from './statement.ts';
import { statementFacts } from './statement-facts.ts';

const subject = { name: 'disk', digest: { sha256: 'a'.repeat(64) } };
const facts = (predicateType: string, predicate: Record<string, unknown>) =>
  statementFacts(createStatement({ subject, predicateType, predicate }));

describe('statementFacts', () => {
  it('reads a test result', () => {
    const value = facts(predicateTypes.testResult, {
      suite: 'run-fvt',
      result: 'PASSED',
      passedTests: ['a', 'b'],
      warnedTests: [],
      failedTests: [],
      skipped: { c: 'no second device' },
      notRun: ['d', 'e'],
      score: 97.3,
      finishedOn: '2026-11-24T01:00:00+01:00',
    });
    expect(value).toEqual({
      predicateType: predicateTypes.testResult,
      subjects: ['a'.repeat(64)],
      suite: 'run-fvt',
      result: 'PASSED',
      score: 97.3,
      finishedOn: '2026-11-24T00:00:00.000Z',
      cases: { passed: 2, warned: 0, failed: 0, skipped: 1, notRun: 2 },
    });
  });

  it('finds the time of provenance, media and summaries', () => {
    const time = '2026-11-24T00:00:00.000Z';
    const metadata = { runDetails: { metadata: { finishedOn: time } } };
    expect(facts(predicateTypes.provenance, metadata).finishedOn).toBe(time);
    expect(facts(predicateTypes.medium, { verifiedOn: time }).finishedOn).toBe(time);
    expect(facts(predicateTypes.verificationSummary, { timeVerified: time }).finishedOn).toBe(time);
  });

  it('takes nothing that has another form', () => {
    const value = facts(predicateTypes.testResult, {
      suite: 7,
      result: null,
      score: Number.NaN,
      finishedOn: 'yesterday',
      runDetails: null,
      passedTests: 'all',
      failedTests: -1,
    });
    expect(value).toMatchObject({
      suite: undefined,
      result: undefined,
      score: undefined,
      finishedOn: undefined,
    });
    expect(value.cases).toEqual({ passed: 0, warned: 0, failed: 0, skipped: undefined, notRun: undefined });
    expect(facts(predicateTypes.spdx, {}).cases).toBeUndefined();
  });
});
