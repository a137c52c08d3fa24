import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RESULTS, type RuleOutcome, type RuleResult } from '../scap/results.ts';
import { isOpen } from '../score.ts';
import { mergeScans, worseThanAtRest } from './merge.ts';

const rule = (name: string, outcome: RuleOutcome): RuleResult => ({
  rule: name,
  id: `id_${name}`,
  outcome,
  severity: 'high',
  title: `Title ${name}`,
  rationale: '',
  references: [],
  hasFix: false,
});

describe('two scans of one disk', () => {
  it.each<[RuleOutcome, RuleOutcome, RuleOutcome, 'booted' | 'at-rest']>([
    ['pass', 'fail', 'fail', 'booted'],
    ['fail', 'pass', 'pass', 'booted'],
    ['unknown', 'pass', 'pass', 'booted'],
    ['pass', 'notapplicable', 'notapplicable', 'booted'],
    ['pass', 'error', 'pass', 'at-rest'],
    ['fail', 'notchecked', 'fail', 'at-rest'],
    ['unknown', 'error', 'error', 'booted'],
  ])('%s at rest and %s booted is %s', (there, here, merged, judgedBy) => {
    const { rules, differences } = mergeScans([rule('a', there)], [rule('a', here)]);
    expect(rules).toEqual([
      expect.objectContaining({ rule: 'a', outcome: merged, judgedBy, title: 'Title a' }),
    ]);
    expect(differences).toEqual([
      { rule: 'a', title: 'Title a', severity: 'high', atRest: there, booted: here, merged },
    ]);
  });

  it('show rules that only one of them covers, not those that do not apply', () => {
    const { rules, differences } = mergeScans(
      [{ rule: 'only-rest', outcome: 'pass' }],
      [rule('only-booted', 'fail'), rule('outside', 'notapplicable')],
    );
    expect(rules.map(({ rule: name, outcome }) => [name, outcome])).toEqual([
      ['only-booted', 'fail'],
      ['only-rest', 'pass'],
      ['outside', 'notapplicable'],
    ]);
    expect(differences.map(({ rule: name }) => name)).toEqual(['only-booted', 'only-rest']);
  });

  it('are told with the words of the booted one', () => {
    const old = { ...rule('a', 'fail'), title: 'Old', severity: 'low' as const };
    const { rules } = mergeScans([old], [rule('a', 'error')]);
    expect(rules).toMatchObject([
      { title: 'Title a', severity: 'high', outcome: 'fail', judgedBy: 'at-rest' },
    ]);
  });

  it('are worse in the booted one where a rule passed at rest and fails now, unless it is waived', () => {
    const names = ['bad', 'waived', 'dark', 'was-bad', 'good'];
    const at = (...outcomes: RuleOutcome[]) =>
      names.map((name, index) => rule(name, outcomes[index] ?? 'pass'));
    const { differences } = mergeScans(
      at('pass', 'pass', 'pass', 'fail', 'pass'),
      at('fail', 'fail', 'error', 'pass', 'pass'),
    );
    expect(worseThanAtRest(differences, new Set(['waived', 'good']))).toEqual(['bad']);
    expect(worseThanAtRest(differences, new Set())).toEqual(['bad', 'waived']);
  });

  it('differ in nothing when there is nothing to compare with', () => {
    expect(mergeScans([], [rule('a', 'pass')]).differences).toEqual([]);
  });

  it('never make a pass of what no scan passed, and never hide a failure of the booted one', () => {
    const results = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...RESULTS)));
    const unique = (list: [string, RuleOutcome][]) => [...new Map(list)].map(([name, o]) => rule(name, o));
    fc.assert(
      fc.property(results, results, (first, second) => {
        const [atRest, booted] = [unique(first), unique(second)];
        for (const merged of mergeScans(atRest, booted).rules) {
          const words = [...atRest, ...booted].filter(({ rule: name }) => name === merged.rule);
          const passed = (outcome: RuleOutcome) => outcome === 'pass' || outcome === 'fixed';
          expect(passed(merged.outcome)).toBe(
            passed(merged.outcome) && words.some(({ outcome }) => passed(outcome)),
          );
          if (merged.booted === 'fail') {
            expect(isOpen(merged.outcome)).toBe(true);
          }
        }
      }),
    );
  });
});
