import { describe, expect, it } from '@jest/globals';
import { anOutcome, aRule, aWaiver } from '../test/outcome.ts';
import { fixedRules, refusals, remainingRules, waivedRules } from './outcome.ts';
import type { RuleResult } from './scap/results.ts';
import { isOpen, scoreOf } from './score.ts';

const names = (rules: readonly Pick<RuleResult, 'rule'>[]): readonly string[] =>
  rules.map(({ rule }) => rule);
const own = (rule: RuleResult) => ({ ...rule, findings: [] });
const NO_LIMIT = { minScore: undefined, failOn: undefined };

describe('what hardening found out', () => {
  it('is open for everything that no scan judged well', () => {
    expect((['fail', 'error', 'unknown', 'notchecked'] as const).every(isOpen)).toBe(true);
    expect((['pass', 'fixed', 'notapplicable', 'notselected', 'informational'] as const).some(isOpen)).toBe(
      false,
    );
  });

  it('is fixed when it did not pass before and does now, in the profile and the baseline', () => {
    const outcome = anOutcome({
      before: { rules: [aRule('was-good', 'pass'), aRule('was-bad', 'fail')], score: scoreOf([]) },
      after: {
        rules: [aRule('was-good', 'pass'), aRule('was-bad', 'pass'), aRule('new', 'pass')],
        score: scoreOf([]),
      },
      baseline: {
        before: [own(aRule('baseline/a', 'fail')), own(aRule('baseline/b', 'unknown'))],
        after: [own(aRule('baseline/a', 'pass')), own(aRule('baseline/b', 'unknown'))],
      },
    });
    expect(names(fixedRules(outcome))).toEqual(['baseline/a', 'was-bad']);
  });

  it('remains when it is open and not waived: what fails first, then what could not be judged', () => {
    const rules = [
      aRule('dark', 'notchecked'),
      aRule('bad', 'fail'),
      aRule('accepted', 'fail'),
      aRule('ok', 'pass'),
    ];
    const outcome = anOutcome({ after: { rules, score: scoreOf(rules) } });
    expect(names(remainingRules(outcome))).toEqual(['bad', 'dark']);
    expect(waivedRules(outcome)).toEqual([{ rule: rules[2], waiver: aWaiver }]);
    const passes = [aRule('accepted', 'pass')];
    expect(waivedRules(anOutcome({ after: { rules: passes, score: scoreOf(passes) } }))).toEqual([]);
  });

  it('is not refused at the very score that is asked for', () => {
    const rules = [aRule('a', 'pass'), aRule('b', 'fail')];
    const outcome = anOutcome({ after: { rules, score: scoreOf(rules) } });
    expect(refusals(outcome, { ...NO_LIMIT, minScore: 50 })).toEqual([]);
    expect(refusals(outcome, { ...NO_LIMIT, minScore: 50.01 })).toEqual([
      'the score is 50 %, at least 50.01 % is asked for',
    ]);
  });

  it('is refused by severity for what fails, not for what could not be judged or is waived', () => {
    const rules = [
      aRule('dark', 'error', 'high'),
      aRule('accepted', 'fail', 'high'),
      aRule('bad', 'fail', 'medium'),
    ];
    const outcome = anOutcome({ after: { rules, score: scoreOf(rules) } });
    expect(refusals(outcome, { ...NO_LIMIT, failOn: 'high' })).toEqual([]);
    expect(refusals(outcome, { ...NO_LIMIT, failOn: 'low' })).toEqual([
      '1 rule fails, of severity low or higher: bad',
    ]);
  });
});
