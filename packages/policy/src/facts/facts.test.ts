import { describe, expect, it } from '@jest/globals';
import { changeFacts, review } from '../../test/change.ts';
import { goodFacts } from '../../test/facts.ts';
import { type Facts, parseFacts } from './facts.ts';

const parse = (value: unknown): Facts => parseFacts(JSON.stringify(value), 'facts.json');
const change = changeFacts({
  pulls: [{ number: 1 }, { number: 2 }],
  teams: { 'acme/a': ['ada'], 'acme/b': 'unknown' },
});

describe('saved facts', () => {
  it('are read as they were written', () => {
    expect(parse(change)).toEqual(change);
    expect(parse(goodFacts())).toEqual(goodFacts());
  });

  it.each<[string, unknown]>([
    ['another version', { ...change, version: 2 }],
    ['another mode', { ...change, mode: 'audit' }],
    ['no time', { ...change, time: 'yesterday' }],
    ['something beside the facts', { ...change, decision: 'approved' }],
    ['a fact of another kind', { ...change, facts: [{ kind: 'opinion', status: 'pass' }] }],
    ['a fact of another status', { ...change, facts: [{ ...change.facts[0], status: 'met' }] }],
    ['a fact without a source', { ...change, facts: [{ ...change.facts[0], source: undefined }] }],
    ['a fact with a value of another form', { ...change, facts: [{ ...change.facts[0], value: {} }] }],
    ['no list', { ...change, facts: {} }],
  ])('with %s are not', (_what, value) => {
    expect(() => parse(value)).toThrow('facts.json does not hold facts that this version can replay');
  });

  it('with two facts about one thing are not: they could contradict each other', () => {
    for (const fact of [...change.facts, ...goodFacts().facts]) {
      const mode = change.facts.includes(fact) ? change : goodFacts();
      expect(() => parse({ ...mode, facts: [...mode.facts, fact] })).toThrow(/does not hold facts/);
    }
    const other = { kind: 'reviews', pull: 3, value: [review('bob')], status: 'pass', source: 's' };
    expect(() =>
      parse({ ...change, facts: [...change.facts, { ...other, time: change.time }] }),
    ).not.toThrow();
  });

  it('that are not JSON are not', () => {
    expect(() => parseFacts('{', 'facts.json')).toThrow(/does not hold facts/);
  });
});
