import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeFacts, commit, commitId, HEAD, review, stranger, user } from '../../test/change.ts';
import { type Fact, type Facts, parseFacts } from '../facts/facts.ts';
import type { Review } from '../facts/people.ts';
import { parsePolicy } from '../policy/policy-file.ts';
import { decideMerge } from './decide-merge.ts';

const PEOPLE = ['ada', 'bob', 'carol', 'dan'] as const;
const policies = [
  'version: 1\nchanges: [{paths: ["**"]}]\n',
  'version: 1\nchanges: [{paths: ["**"], approvals: {min: 2}}]\n',
  'version: 1\nchanges: [{paths: ["**"], approvals: {teams: [core]}, code-owners: true}]\n',
  'version: 1\nchanges: [{paths: [src/**], approvals: {not: [author, co-author]}}, {paths: ["**"], approvals: {min: 0}}]\n',
].map((text) => parsePolicy(text, 'policy.yml'));
const policy = fc.constantFrom(...policies);
const login = fc.constantFrom(...PEOPLE);
const state = fc.constantFrom<Review['state']>(
  'APPROVED',
  'APPROVED',
  'CHANGES_REQUESTED',
  'COMMENTED',
  'DISMISSED',
);
const reviews = fc.array(
  fc.record({
    login,
    state,
    commit: fc.constantFrom(HEAD, HEAD, commitId('1')),
    permission: fc.constantFrom<Review['permission']>('write', 'write', 'read', undefined),
  }),
  { maxLength: 6 },
);
const pull = fc.record({
  author: login,
  coAuthors: fc.array(login, { maxLength: 1 }),
  pusher: login,
  anonymous: fc.constantFrom(false, false, false, true),
  reviews,
  files: fc.constantFrom(['src/a.ts'], ['docs/a.md'], ['src/a.ts', 'docs/a.md'], []),
});
const change = fc
  .record({
    pulls: fc.array(pull, { minLength: 1, maxLength: 2 }),
    team: fc.subarray([...PEOPLE]),
    attempt: fc.constantFrom(1, 2),
  })
  .map(
    ({ pulls, team, attempt }): Facts =>
      changeFacts({
        run: { attempt },
        teams: { 'acme/core': team },
        codeOwners: { text: '/src/ @acme/core\n' },
        pulls: pulls.map((entry, index) => ({
          number: index + 1,
          author: user(entry.author),
          commits: [
            commit(HEAD, entry.anonymous ? stranger('x@y.example') : user(entry.author), {
              coAuthors: entry.coAuthors.map(user),
            }),
          ],
          pushers: [user(entry.pusher)],
          reviews: entry.reviews.map(({ login: name, ...more }) => review(name, more.state, more)),
          files: entry.files,
        })),
      }),
  );

const decide = (rules: (typeof policies)[number], facts: Facts): string => decideMerge(rules, facts).decision;

describe('a decision on a merge', () => {
  it('is sometimes an approval and sometimes a refusal of what is generated here', () => {
    const seen = new Set(
      fc.sample(fc.tuple(policy, change), 400).map(([rules, facts]) => decide(rules, facts)),
    );
    expect([...seen].sort()).toEqual(['approved', 'refused']);
  });

  it('is never turned from refused to approved by the approval of a contributor', () => {
    fc.assert(
      fc.property(policy, change, fc.nat(), fc.nat(), (rules, facts, which, when) => {
        fc.pre(decide(rules, facts) === 'refused');
        const lists = facts.facts.filter((fact) => fact.kind === 'reviews');
        const target = lists[which % lists.length];
        const request = facts.facts.find(
          (fact) => fact.kind === 'pull-request' && fact.pull === target?.pull,
        );
        const author = request?.kind === 'pull-request' ? request.value?.author.login : undefined;
        const added = review(author ?? '', 'APPROVED', { permission: 'admin' });
        const more = facts.facts.map((fact): Fact => {
          if (fact !== target || fact.kind !== 'reviews') {
            return fact;
          }
          const list = [...(fact.value ?? [])];
          list.splice(when % (list.length + 1), 0, added);
          return { ...fact, value: list };
        });
        return decide(rules, { ...facts, facts: more }) === 'refused';
      }),
      { numRuns: 1000 },
    );
  });

  it('is never turned from refused to approved by taking a fact away, or by not knowing it', () => {
    fc.assert(
      fc.property(policy, change, fc.nat(), fc.boolean(), (rules, facts, pick, remove) => {
        fc.pre(decide(rules, facts) === 'refused');
        const at = pick % facts.facts.length;
        const fewer = remove
          ? facts.facts.filter((_fact, index) => index !== at)
          : facts.facts.map((fact, index) =>
              index === at ? ({ ...fact, status: 'unknown' } as Fact) : fact,
            );
        return decide(rules, { ...facts, facts: fewer }) === 'refused';
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same whatever the order of the facts, and after they were saved', () => {
    fc.assert(
      fc.property(policy, change, (rules, facts) => {
        const saved = parseFacts(JSON.stringify(facts), 'facts.json');
        expect(decideMerge(rules, saved)).toEqual(decideMerge(rules, facts));
        expect(decide(rules, { ...facts, facts: facts.facts.toReversed() })).toBe(decide(rules, facts));
      }),
      { numRuns: 200 },
    );
  });

  it('is never made worse by one more independent approval', () => {
    fc.assert(
      fc.property(policy, change, (rules, facts) => {
        fc.pre(decide(rules, facts) === 'approved');
        const more = facts.facts.map(
          (fact): Fact =>
            fact.kind === 'reviews' ? { ...fact, value: [...(fact.value ?? []), review('zoe')] } : fact,
        );
        return decide(rules, { ...facts, facts: more }) === 'approved';
      }),
      { numRuns: 200 },
    );
  });
});
