import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bot, commit, commitId, HEAD, observed, stranger, user } from '../../test/change.ts';
import { goodFacts } from '../../test/facts.ts';
import type { Fact, FactOf, Facts } from '../facts/facts.ts';
import type { Person } from '../facts/people.ts';
import { parsePolicy } from '../policy/policy-file.ts';
import { decideRelease } from './decide-release.ts';

const BASE = 'version: 1\nrelease: {require: [{predicate: test-result/v0.1, suite: run-fvt}]}\n';
const PRODUCTION = `${BASE}environments:
  staging: {refs: [main]}
  production: {refs: [refs/tags/v*], reviewers: [rita, acme/release-owners]}
`;
const TWO = PRODUCTION.replace('owners]}', 'owners], approvals: 2}');

type Value<K extends Fact['kind']> = NonNullable<Extract<FactOf<K>, { value?: unknown }>['value']>;
type Approval = Value<'deployment-approvals'>[number];

const approval = (login: string, more: Partial<Approval> = {}): Approval => ({
  state: 'approved',
  user: user(login),
  environments: ['production'],
  permission: 'read',
  ...more,
});

interface Options {
  readonly environment?: string;
  readonly approvals?: readonly Approval[];
  readonly run?: Partial<Value<'run'>>;
  readonly settings?: Partial<Value<'environment'>>;
  readonly history?: Partial<Value<'history'>>;
  readonly team?: readonly string[];
  readonly without?: Fact['kind'];
}

/** A release of HEAD, tagged v2, of commits of ada and carol since v1; rita approved. */
function facts(options: Options = {}): Facts {
  const environment = options.environment ?? 'production';
  const good = goodFacts();
  const more: Fact[] = [
    {
      ...observed,
      kind: 'run',
      value: {
        id: 1,
        attempt: 1,
        event: 'push',
        repository: 'acme/images',
        ref: 'refs/tags/v2',
        sha: HEAD,
        createdAt: good.time,
        actor: user('ada'),
        ...options.run,
      },
    },
    {
      ...observed,
      kind: 'environment',
      environment: 'production',
      value: {
        reviewers: [
          { type: 'User', name: 'rita' },
          { type: 'Team', name: 'acme/release-owners' },
        ],
        preventSelfReview: true,
        adminsCanBypass: false,
        refPolicy: 'custom',
        refs: [{ type: 'tag', pattern: 'v*' }],
        ...options.settings,
      },
    },
    { ...observed, kind: 'deployment-approvals', value: [...(options.approvals ?? [approval('rita')])] },
    {
      ...observed,
      kind: 'history',
      value: {
        since: { tag: 'v1', sha: commitId('a') },
        to: HEAD,
        commits: [commit(commitId('1'), user('carol')), commit(HEAD, user('ada'))],
        pulls: [{ number: 7, author: user('ada') }],
        pushers: [{ sha: HEAD, actor: user('ada') }],
        ...options.history,
      },
    },
    ...(options.team
      ? [{ ...observed, kind: 'team', team: 'acme/release-owners', value: options.team.map(user) } as const]
      : []),
  ];
  return {
    ...good,
    environment,
    facts: [...good.facts, ...more.filter(({ kind }) => kind !== options.without)],
  };
}

const commits = (...people: readonly Person[]): Options => ({
  history: { commits: people.map((person, index) => commit(commitId(String(index)), person)) },
});

/** Settings of staging only. */
function ofAnother(): Facts {
  const all = facts();
  return {
    ...all,
    facts: all.facts.map((fact) =>
      fact.kind === 'environment' ? { ...fact, environment: 'staging' } : fact,
    ),
  };
}

describe('an environment', () => {
  it.each<[string, string, Facts, RegExp | 'approved']>([
    ['is approved by a reviewer who did not contribute', PRODUCTION, facts(), 'approved'],
    ['not named', PRODUCTION, goodFacts(), /the environment is not named/],
    ['that the policy does not know', PRODUCTION, facts({ environment: 'moon' }), /no environment moon/],
    [
      'with the name of a prototype',
      PRODUCTION,
      facts({ environment: 'constructor' }),
      /no environment constructor/,
    ],
    [
      'without an approval',
      PRODUCTION,
      facts({ approvals: [] }),
      /approved by 1 of rita or acme\/release-owners: none counts/,
    ],
    [
      'approved for another environment',
      PRODUCTION,
      facts({ approvals: [approval('rita', { environments: ['staging'] })] }),
      /none counts/,
    ],
    [
      'approved by a reviewer of the settings whom the policy does not name',
      PRODUCTION,
      facts({
        approvals: [approval('zoe')],
        settings: { reviewers: [{ type: 'User', name: 'zoe' }] },
        team: [],
      }),
      /zoe \(no reviewer in the policy\)/,
    ],
    [
      'whose settings are those of another',
      PRODUCTION,
      ofAnother(),
      /The settings of production are known: no fact about it/,
    ],
    [
      'pending',
      PRODUCTION,
      facts({ approvals: [approval('rita', { state: 'pending' })] }),
      /rita \(pending\)/,
    ],
    [
      'rejected',
      PRODUCTION,
      facts({ approvals: [approval('rita', { state: 'rejected' })] }),
      /rita \(rejected\)/,
    ],
    [
      'approved by one and rejected by another',
      PRODUCTION,
      facts({ approvals: [approval('rita'), approval('zoe', { state: 'rejected' })] }),
      /zoe \(rejected\)/,
    ],
    [
      'approved by who started the run',
      PRODUCTION,
      facts({ run: { actor: user('rita') } }),
      /rita \(started the run\)/,
    ],
    [
      'approved by who started this attempt',
      PRODUCTION,
      facts({ run: { triggeringActor: user('Rita') } }),
      /rita \(started the run\)/,
    ],
    [
      'approved by who wrote a commit two pull requests ago',
      PRODUCTION,
      facts(commits(user('rita'), user('ada'), user('carol'))),
      /rita \(author of 0000000, committer of 0000000, since v1\)/,
    ],
    [
      'approved by a co-author',
      PRODUCTION,
      facts({ history: { commits: [commit(HEAD, user('ada'), { coAuthors: [user('rita')] })] } }),
      /rita \(co-author of/,
    ],
    [
      'approved by the author of a squashed pull request',
      PRODUCTION,
      facts({ history: { pulls: [{ number: 3, author: user('rita') }] } }),
      /rita \(author of the pull request, since v1\)/,
    ],
    [
      'approved by who pushed the branch',
      PRODUCTION,
      facts({ history: { pushers: [{ sha: HEAD, actor: user('rita') }] } }),
      /rita \(pushed/,
    ],
    [
      'approved by a contributor where the policy allows it',
      PRODUCTION.replace('owners]}', 'owners], self-review: allow}'),
      facts(commits(user('rita'))),
      'approved',
    ],
    [
      'with a contributor who has no account',
      PRODUCTION,
      facts(commits(stranger('x@home.example'))),
      /Everybody who contributed since v1 is known: no account/,
    ],
    [
      'approved by an administrator who bypassed it',
      PRODUCTION,
      facts({ approvals: [approval('root', { permission: 'admin' })], team: [] }),
      /root \(no reviewer in the policy\)/,
    ],
    [
      'approved by somebody who is only a reviewer in the policy',
      PRODUCTION,
      facts({ settings: { reviewers: [{ type: 'User', name: 'zoe' }] } }),
      /rita \(no reviewer in the environment's settings\)/,
    ],
    [
      'that administrators can bypass',
      PRODUCTION,
      facts({ settings: { adminsCanBypass: true } }),
      /Administrators cannot bypass the protection of production: they can/,
    ],
    [
      'that administrators may bypass',
      PRODUCTION.replace('owners]}', 'owners], admin-bypass: allow}'),
      facts({ settings: { adminsCanBypass: true } }),
      'approved',
    ],
    [
      'approved by a member of a team',
      PRODUCTION,
      facts({ approvals: [approval('tom')], team: ['tom'] }),
      'approved',
    ],
    [
      'approved by a member of a team that cannot be read',
      PRODUCTION,
      facts({ approvals: [approval('tom')] }),
      /not known: tom \(team\)/,
    ],
    [
      'approved by a bot',
      PRODUCTION,
      facts({ approvals: [approval('rita', { user: bot('rita') })] }),
      /rita \(not a person\)/,
    ],
    [
      'approved by a deleted account',
      PRODUCTION,
      facts({ approvals: [approval('x', { user: { type: 'unknown' } })] }),
      /a deleted account/,
    ],
    [
      'approved with rights that are not known',
      PRODUCTION,
      facts({ approvals: [approval('rita', { permission: undefined })] }),
      /not known: rita \(permission\)/,
    ],
    [
      'approved by somebody who lost access',
      PRODUCTION,
      facts({ approvals: [approval('rita', { permission: 'none' })] }),
      /rita \(no access/,
    ],
    ['needs two, has one', TWO, facts(), /by 2 of rita or acme\/release-owners: approved by rita/],
    ['needs two, has one twice', TWO, facts({ approvals: [approval('rita'), approval('Rita')] }), /by 2 of/],
    [
      'needs two, has two',
      TWO,
      facts({ approvals: [approval('rita'), approval('tom')], team: ['tom'] }),
      'approved',
    ],
    [
      'in a second attempt',
      PRODUCTION,
      facts({ run: { attempt: 2 } }),
      /The approval is for this attempt: attempt 2/,
    ],
    [
      'in a second attempt that the policy allows',
      `${PRODUCTION}re-runs: {release: allow}\n`,
      facts({ run: { attempt: 2 } }),
      'approved',
    ],
    [
      'from a branch of the same name',
      PRODUCTION,
      facts({ run: { ref: 'refs/heads/v2' } }),
      /production is released from refs\/tags\/v\*: refs\/heads\/v2/,
    ],
    [
      'from another branch',
      PRODUCTION,
      facts({ environment: 'staging', run: { ref: 'refs/heads/feature' } }),
      /staging is released from main/,
    ],
    [
      'without reviewers, from its branch',
      PRODUCTION,
      facts({ environment: 'staging', run: { ref: 'refs/heads/main' }, approvals: [] }),
      'approved',
    ],
    [
      'with the history of another commit',
      PRODUCTION,
      facts({ history: { to: commitId('9') } }),
      /it is that of 9999999/,
    ],
    [
      'whose run is not known',
      PRODUCTION,
      facts({ without: 'run' }),
      /The run that deploys to production is known: no fact/,
    ],
    [
      'whose settings are not known',
      PRODUCTION,
      facts({ without: 'environment' }),
      /The settings of production are known/,
    ],
    [
      'whose approvals are not known',
      PRODUCTION,
      facts({ without: 'deployment-approvals' }),
      /Who approved production is known/,
    ],
    [
      'whose history is not known',
      PRODUCTION,
      facts({ without: 'history' }),
      /Who contributed since the last release is known/,
    ],
  ])('%s', (_what, text, all, expected) => {
    const policy = parsePolicy(text, 'policy.yml');
    const { decision, reasons } = decideRelease({ ...policy, release: policy.release as never }, all);
    if (expected === 'approved') {
      expect(reasons).toEqual([]);
    } else {
      expect(reasons.join('\n')).toMatch(expected);
    }
    expect(decision).toBe(expected === 'approved' ? 'approved' : 'refused');
  });
});

describe('properties of an approval', () => {
  const policy = parsePolicy(PRODUCTION, 'policy.yml');
  const decision = (value: Facts): string =>
    decideRelease({ ...policy, release: policy.release as NonNullable<typeof policy.release> }, value)
      .decision;
  const login = fc.constantFrom('ada', 'carol', 'rita', 'zoe');
  const given = fc.array(
    fc.record({
      login,
      state: fc.constantFrom('approved' as const, 'rejected' as const),
      permission: fc.constantFrom('write' as const, 'none' as const, undefined),
    }),
    { maxLength: 3 },
  );
  const release = fc
    .record({ given, team: fc.option(fc.subarray(['zoe', 'carol']), { nil: undefined }), starter: login })
    .map(({ given: list, team, starter }) =>
      facts({
        approvals: list.map(({ login: name, ...more }) => approval(name, more)),
        run: { actor: user(starter) },
        ...(team ? { team } : {}),
      }),
    );

  it('is one that approves and refuses what is generated here', () => {
    expect([...new Set(fc.sample(release, 300).map(decision))].sort()).toEqual(['approved', 'refused']);
  });

  it('of a contributor never turns refused into approved', () => {
    fc.assert(
      fc.property(release, fc.constantFrom('ada', 'carol'), (value, name) => {
        fc.pre(decision(value) === 'refused');
        const more = value.facts.map(
          (fact): Fact =>
            fact.kind === 'deployment-approvals'
              ? { ...fact, value: [...(fact.value ?? []), approval(name, { permission: 'admin' })] }
              : fact,
        );
        return decision({ ...value, facts: more }) === 'refused';
      }),
      { numRuns: 500 },
    );
  });

  it('that is taken away, or any other fact, never turns refused into approved', () => {
    fc.assert(
      fc.property(release, fc.nat(), (value, pick) => {
        fc.pre(decision(value) === 'refused');
        const at = pick % value.facts.length;
        return (
          decision({ ...value, facts: value.facts.filter((_fact, index) => index !== at) }) === 'refused'
        );
      }),
      { numRuns: 500 },
    );
  });
});
