import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EnvironmentValue } from '../environments.ts';
import { type EnvironmentSettings, refKey, reviewerKey, stricterEnvironment } from './environment.ts';
import { comparable, type ExistingRuleset, type Rule, type Ruleset, stricter } from './ruleset.ts';

const subset = <T>(entries: readonly T[]) => fc.subarray([...entries]);

const rules: fc.Arbitrary<readonly Rule[]> = fc
  .tuple(
    subset(['deletion', 'non_fast_forward', 'required_signatures', 'required_linear_history']),
    fc.option(
      fc.record({
        required_approving_review_count: fc.integer({ min: 0, max: 10 }),
        dismiss_stale_reviews_on_push: fc.boolean(),
        require_last_push_approval: fc.boolean(),
      }),
    ),
    fc.option(
      subset(['gate', 'test', 'lint']).map((names) => ({
        required_status_checks: names.map((context) => ({ context, integration_id: 15368 })),
        strict_required_status_checks_policy: true,
      })),
    ),
  )
  .map(([plain, review, checks]) => [
    ...plain.map((type) => ({ type })),
    ...(review ? [{ type: 'pull_request', parameters: review }] : []),
    ...(checks ? [{ type: 'required_status_checks', parameters: checks }] : []),
  ]);

const actors = subset([
  { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
  { actor_id: 1, actor_type: 'OrganizationAdmin', bypass_mode: 'pull_request' },
]);
const refs = subset(['~DEFAULT_BRANCH', 'refs/heads/a', 'refs/heads/b']);

const ruleset = <E extends string>(enforcement: fc.Arbitrary<E>) =>
  fc.record({ rules, actors, include: refs, exclude: refs, enforcement }).map((parts) => ({
    id: 1,
    name: 'n',
    target: 'branch' as const,
    enforcement: parts.enforcement,
    bypass_actors: parts.actors,
    conditions: { ref_name: { include: parts.include, exclude: parts.exclude } },
    rules: parts.rules,
  }));

const wanted: fc.Arbitrary<Ruleset> = ruleset(fc.constant('active' as const)).map((entry) => ({
  ...entry,
  conditions: { ref_name: { include: entry.conditions.ref_name.include, exclude: [] } },
}));
const current: fc.Arbitrary<ExistingRuleset> = ruleset(fc.constantFrom('active', 'disabled', 'evaluate'));

/** Whether every demand of `weak` is one of `strong`. */
function asksAtLeast(strong: readonly Rule[], weak: readonly Rule[]): boolean {
  return weak.every(({ type, parameters = {} }) => {
    const same = strong.find((rule) => rule.type === type);
    return (
      same !== undefined &&
      Object.entries(parameters).every(([key, value]) => {
        const own = same.parameters?.[key];
        if (Array.isArray(value)) {
          const names = (own as { context: string }[]).map(({ context }) => context);
          return value.every(({ context }) => names.includes(context));
        }
        return typeof value === 'number' ? Number(own) >= value : !value || own === true;
      })
    );
  });
}

describe('the stricter of two rulesets', () => {
  it('asks for all that either asks for, of as many refs, and lets nobody by whom either does not', () => {
    fc.assert(
      fc.property(wanted, current, (policy, found) => {
        const result = stricter(policy, found);
        expect(asksAtLeast(result.rules, policy.rules)).toBe(true);
        expect(asksAtLeast(result.rules, found.rules)).toBe(true);
        const { include, exclude } = result.conditions.ref_name;
        expect(include).toEqual(expect.arrayContaining(policy.conditions.ref_name.include));
        expect(include).toEqual(expect.arrayContaining(found.conditions.ref_name.include));
        expect(exclude).toEqual([]);
        expect(policy.bypass_actors).toEqual(expect.arrayContaining([...result.bypass_actors]));
        expect(found.bypass_actors).toEqual(expect.arrayContaining([...result.bypass_actors]));
        expect(result.enforcement).toBe('active');
      }),
    );
  });

  it('is itself when made again', () => {
    fc.assert(
      fc.property(wanted, current, (policy, found) => {
        const once = stricter(policy, found);
        expect(comparable(stricter(policy, { ...once, id: 1 }))).toEqual(comparable(once));
      }),
    );
  });
});

const people = subset([
  { type: 'User' as const, name: 'erin' },
  { type: 'User' as const, name: 'dave' },
  { type: 'Team' as const, name: 'acme/owners' },
]);
const patterns = subset([
  { type: 'branch' as const, pattern: 'main' },
  { type: 'tag' as const, pattern: 'v*' },
]);
const settings = fc
  .record({
    reviewers: people,
    preventSelfReview: fc.boolean(),
    adminsCanBypass: fc.boolean(),
    refPolicy: fc.constantFrom('all' as const, 'protected' as const, 'custom' as const),
    refs: patterns,
  })
  .map((entry) => ({ ...entry, refs: entry.refPolicy === 'custom' ? entry.refs : [] }));
const asked: fc.Arbitrary<EnvironmentSettings> = settings.map((entry) =>
  entry.refPolicy === 'protected' ? { ...entry, refPolicy: 'all' as const } : entry,
);
const present: fc.Arbitrary<EnvironmentValue> = settings.map((entry) => ({ ...entry, waitTimer: 0 }));

describe('the stricter of two environments', () => {
  it('lets nobody approve, bypass or deploy whom the policy does not, and loosens nothing', () => {
    fc.assert(
      fc.property(asked, present, (policy, found) => {
        const result = stricterEnvironment(policy, found);
        const names = (entries: EnvironmentSettings['reviewers']): string[] => entries.map(reviewerKey);
        if (policy.reviewers.length > 0) {
          expect(result.reviewers.length).toBeGreaterThan(0);
          expect(names(policy.reviewers)).toEqual(expect.arrayContaining(names(result.reviewers)));
        }
        // Whoever had to approve before does not vanish.
        expect(result.reviewers.length > 0 || found.reviewers.length === 0).toBe(true);
        const prevented = policy.preventSelfReview || found.preventSelfReview;
        expect(result.preventSelfReview).toBe(prevented && result.reviewers.length > 0);
        expect(!result.adminsCanBypass || (policy.adminsCanBypass && found.adminsCanBypass)).toBe(true);
        if (policy.refPolicy === 'custom') {
          expect(result.refPolicy).toBe('custom');
          expect(policy.refs.map(refKey)).toEqual(expect.arrayContaining(result.refs.map(refKey)));
          if (found.refPolicy === 'custom') {
            expect(found.refs.map(refKey)).toEqual(expect.arrayContaining(result.refs.map(refKey)));
          }
        } else {
          expect(result.refPolicy).toBe(found.refPolicy);
          expect(result.refs).toEqual(found.refs);
        }
      }),
    );
  });
});

describe('a parameter of both', () => {
  const one = (parameters: object): Ruleset & { id: number } => ({
    ...{ id: 1, name: 'n', target: 'branch', enforcement: 'active', bypass_actors: [] },
    conditions: { ref_name: { include: [], exclude: [] } },
    rules: [{ type: 'x', parameters: { ...parameters } }],
  });
  const both = (policy: object, found: object): unknown =>
    stricter(one(policy), one(found)).rules[0]?.parameters;

  it('is the larger or the true one, except where true asks for less', () => {
    expect(both({ strict: false }, { strict: true })).toEqual({ strict: true });
    expect(both({ do_not_enforce_on_create: false }, { do_not_enforce_on_create: true })).toEqual({
      do_not_enforce_on_create: false,
    });
    expect(both({ merge_method: 'SQUASH' }, { merge_method: 'MERGE' })).toEqual({ merge_method: 'SQUASH' });
    expect(both({ strict: true }, { other: 1 })).toEqual({ strict: true, other: 1 });
  });
});
