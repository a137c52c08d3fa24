import { describe, expect, it } from '@jest/globals';
import { withException } from './exceptions.ts';
import { finding } from './finding.ts';

const NOW = '2026-11-24T12:00:00.000Z';
const open = (rule = 'quality.coverage.lines', status: 'fail' | 'unknown' | 'pass' = 'fail') =>
  finding(rule, 'At least 80 %', status, { found: '70 %', next: 'Add tests.' });
const exception = (until: string, more: object = {}) => ({
  ...{ rule: 'quality.coverage', until, 'approved-by': 'rita', reason: 'legacy' },
  ...more,
});

describe('an exception', () => {
  it('accepts what is not met, and says who accepted it, why, and until when', () => {
    expect(withException(open(), [exception('2026-12-31')], NOW)).toMatchObject({
      status: 'excepted',
      by: 'rita',
      found: '70 %; accepted until 2026-12-31: legacy',
      next: 'The exception ends on 2026-12-31.',
    });
  });

  it('holds to the end of its last day, and what ended is named', () => {
    expect(withException(open(), [exception('2026-11-24')], NOW).status).toBe('excepted');
    expect(withException(open(), [exception('2026-11-23')], NOW)).toMatchObject({
      status: 'not-met',
      found: '70 %; the exception of rita ended on 2026-11-23',
    });
  });

  it('that ended does not hide one that holds', () => {
    const both = [exception('2026-01-01'), exception('2026-12-31', { 'approved-by': 'dave' })];
    expect(withException(open(), both, NOW)).toMatchObject({ status: 'excepted', by: 'dave' });
  });

  it.each(['quality.coverage', 'quality.coverage.lines'])('covers its rule and what is below: %s', (rule) => {
    expect(withException(open(rule), [exception('2026-12-31')], NOW).status).toBe('excepted');
  });

  it.each(['quality.coverage-of-others', 'quality', 'quality.tests.max-failed'])(
    'does not cover %s',
    (rule) => {
      expect(withException(open(rule), [exception('2026-12-31')], NOW)).toEqual(open(rule));
    },
  );

  it.each(['unknown', 'pass'] as const)('is not for what is %s', (status) => {
    const one = open('quality.coverage.lines', status);
    expect(withException(one, [exception('2026-12-31'), exception('2026-01-01')], NOW)).toEqual(one);
  });
});
