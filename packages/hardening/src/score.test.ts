import { describe, expect, it } from '@jest/globals';
import { RESULTS } from './scap/results.ts';
import { scoreOf } from './score.ts';

describe('scoreOf', () => {
  it('counts what nobody knows as not passed, and leaves out what does not apply', () => {
    const rules = RESULTS.map((outcome) => ({ rule: outcome, outcome }));
    expect(scoreOf(rules)).toEqual({
      passed: 2,
      failed: 1,
      unknown: 3,
      notApplicable: 3,
      waived: 0,
      score: 33.33,
      raw: 33.33,
    });
  });

  it('shows waived rules apart, and a raw figure that counts them', () => {
    const rules = [
      { rule: 'a', outcome: 'pass' as const },
      { rule: 'b', outcome: 'fail' as const },
      { rule: 'c', outcome: 'error' as const },
      { rule: 'd', outcome: 'pass' as const },
    ];
    // A waiver for a rule that passes takes nothing out of the passes.
    expect(scoreOf(rules, new Set(['b', 'd']))).toMatchObject({
      passed: 2,
      failed: 0,
      unknown: 1,
      waived: 1,
      score: 66.66,
      raw: 50,
    });
  });

  it('rounds down, and scores nothing as zero', () => {
    const many = [...Array(2000).keys()].map((i) => ({
      rule: `${i}`,
      outcome: i === 0 ? ('fail' as const) : ('pass' as const),
    }));
    expect(scoreOf(many).score).toBe(99.95);
    expect(scoreOf([]).score).toBe(0);
  });
});
