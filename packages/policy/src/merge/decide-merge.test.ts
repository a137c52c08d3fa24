import { describe, expect, it } from '@jest/globals';
import {
  BASE,
  bot,
  type ChangeOptions,
  changeFacts,
  commit,
  commitId,
  HEAD,
  MERGED,
  type PullOptions,
  review,
  stranger,
  unknownOf,
  user,
  without,
} from '../../test/change.ts';
import type { Facts } from '../facts/facts.ts';
import { parsePolicy } from '../policy/policy-file.ts';
import { decideMerge } from './decide-merge.ts';

const ONE = 'version: 1\nchanges: [{paths: ["**"]}]\n';
const TWO = 'version: 1\nchanges: [{paths: ["**"], approvals: {min: 2}}]\n';
const TEAM = 'version: 1\nchanges: [{paths: ["**"], approvals: {min: 1, teams: [maintainers]}}]\n';
const OWNERS = 'version: 1\nchanges: [{paths: ["**"], code-owners: true}]\n';
const PATHS = `version: 1
changes:
  - {name: trust, paths: [build/**, .github/**], approvals: {min: 2, teams: [maintainers]}}
  - {name: docs, paths: [docs/**, "*.md"], approvals: {min: 0}}
  - {name: code, paths: [src/**]}
`;

const one = (pull: PullOptions = {}, more: Omit<ChangeOptions, 'pulls'> = {}): Facts =>
  changeFacts({ pulls: [pull], ...more });
const OLD = commitId('1');

type Scenario = readonly [what: string, policy: string, facts: Facts, reason: RegExp | 'approved'];

function check(scenarios: readonly Scenario[]): void {
  it.each(scenarios)('%s', (_what, text, facts, expected) => {
    const { decision, reasons, findings } = decideMerge(parsePolicy(text, 'policy.yml'), facts);
    if (expected === 'approved') {
      expect(reasons).toEqual([]);
      expect(decision).toBe('approved');
      return;
    }
    expect(decision).toBe('refused');
    expect(reasons.join('\n')).toMatch(expected);
    const open = findings.filter(({ status }) => status === 'not-met' || status === 'unknown');
    expect(open.every(({ next }) => next !== '')).toBe(true);
  });
}

describe('separation of duties', () => {
  check([
    ['an approval by somebody else', ONE, one({ reviews: [review('bob')] }), 'approved'],
    ['no review', ONE, one({ reviews: [] }), /1 approval for \*\*: none counts/],
    ['the author approves', ONE, one({ reviews: [review('ada')] }), /ada \(author of the pull request/],
    [
      'the author in other letters',
      ONE,
      one({ reviews: [review('ADA')] }),
      /ADA \(author of the pull request/,
    ],
    [
      'an author of a commit approves',
      ONE,
      one({ commits: [commit(OLD, user('bob')), commit(HEAD, user('ada'))], reviews: [review('bob')] }),
      /bob \(author of 1111111/,
    ],
    [
      'a committer approves',
      ONE,
      one({ commits: [commit(HEAD, user('ada'), { committer: user('bob') })], reviews: [review('bob')] }),
      /bob \(committer of eeeeeee/,
    ],
    [
      'a co-author by trailer approves',
      ONE,
      one({ commits: [commit(HEAD, user('ada'), { coAuthors: [user('bob')] })], reviews: [review('bob')] }),
      /bob \(co-author of eeeeeee/,
    ],
    [
      'a pusher approves',
      ONE,
      one({ pushers: [user('ada'), user('bob')], reviews: [review('bob')] }),
      /bob \(pushed eeeeeee/,
    ],
    [
      'who merged the base in and pushed it approves',
      ONE,
      one({
        commits: [commit(OLD, user('ada')), commit(HEAD, user('bob'))],
        pushers: [user('bob')],
        reviews: [review('bob', 'APPROVED', { sameChange: true })],
      }),
      /bob \(author of eeeeeee, committer of eeeeeee/,
    ],
    [
      'GitHub committed for the author',
      ONE,
      one({
        commits: [
          commit(HEAD, user('ada'), { committer: stranger('noreply@github.com'), signedByGitHub: true }),
        ],
        reviews: [review('bob')],
      }),
      'approved',
    ],
    [
      'somebody only says that GitHub committed',
      ONE,
      one({ commits: [commit(HEAD, user('ada'), { committer: stranger('noreply@github.com') })] }),
      /everybody who contributed is known: no account for Somebody <noreply@github.com> \(committer/,
    ],
    [
      'the author has no account',
      ONE,
      one({ commits: [commit(HEAD, stranger('x@home.example'))] }),
      /no account for Somebody <x@home\.example>/,
    ],
    [
      'a co-author has no account',
      ONE,
      one({ commits: [commit(HEAD, user('ada'), { coAuthors: [stranger('x@home.example')] })] }),
      /no account for .* \(co-author of/,
    ],
    [
      'the address is that of the approver',
      `${ONE}people: {x@home.example: bob}\n`,
      one({ commits: [commit(HEAD, stranger('X@home.example'))], reviews: [review('bob')] }),
      /bob \(author of eeeeeee/,
    ],
    [
      'the address is that of somebody else',
      `${ONE}people: {x@home.example: dan}\n`,
      one({ commits: [commit(HEAD, stranger('x@home.example'))] }),
      'approved',
    ],
    [
      'the address stands in the policy in other letters',
      `${ONE}people: {X@Home.example: bob}\n`,
      one({ commits: [commit(HEAD, stranger('x@home.EXAMPLE'))], reviews: [review('bob')] }),
      /bob \(author of eeeeeee/,
    ],
    [
      'the address is of an outsider',
      `${ONE}people: {x@home.example: outside}\n`,
      one({ commits: [commit(HEAD, stranger('x@home.example'))] }),
      'approved',
    ],
    [
      'an account that is called outside',
      `${ONE}people: {}\n`,
      one({ author: user('outside'), reviews: [review('outside')] }),
      /outside \(author/,
    ],
    ['a ghost pushed', ONE, one({ pushers: [{ type: 'unknown' }] }), /no account for somebody \(pushed/],
    [
      'a bot wrote it, a person approves',
      ONE,
      one({ author: bot('renovate'), commits: [commit(HEAD, bot('renovate'))], pushers: [bot('renovate')] }),
      'approved',
    ],
    [
      'a bot wrote it, a person pushed too and approves',
      ONE,
      one({
        author: bot('renovate'),
        commits: [commit(HEAD, bot('renovate'))],
        pushers: [bot('renovate'), user('bob')],
        reviews: [review('bob')],
      }),
      /bob \(pushed/,
    ],
    [
      'a policy that lets pushers approve',
      'version: 1\nchanges: [{paths: ["**"], approvals: {not: [author, co-author]}}]\n',
      one({ pushers: [user('bob')], reviews: [review('bob')] }),
      'approved',
    ],
    [
      'a policy that lets committers approve',
      'version: 1\nchanges: [{paths: ["**"], approvals: {not: [author]}}]\n',
      one({ commits: [commit(HEAD, user('ada'), { committer: user('bob') })], reviews: [review('bob')] }),
      'approved',
    ],
  ]);
});

describe('which reviews count', () => {
  check([
    [
      'an approval of an older commit',
      ONE,
      one({ reviews: [review('bob', 'APPROVED', { commit: OLD })] }),
      /bob \(approved 1111111, before the last push\)/,
    ],
    [
      'an older approval, the change being the same',
      ONE,
      one({ reviews: [review('bob', 'APPROVED', { commit: OLD, sameChange: true })] }),
      'approved',
    ],
    [
      'an older approval, the change being another',
      ONE,
      one({ reviews: [review('bob', 'APPROVED', { commit: OLD, sameChange: false })] }),
      /before the last push/,
    ],
    [
      'an approval of a commit that is gone',
      ONE,
      one({ reviews: [review('bob', 'APPROVED', { commit: undefined })] }),
      /bob \(approved another commit/,
    ],
    [
      'an old approval and a new one',
      ONE,
      one({ reviews: [review('bob', 'APPROVED', { commit: OLD }), review('bob')] }),
      'approved',
    ],
    ['a dismissed approval', ONE, one({ reviews: [review('bob', 'DISMISSED')] }), /bob \(dismissed\)/],
    [
      'an approval, later dismissed',
      ONE,
      one({ reviews: [review('bob'), review('bob', 'DISMISSED')] }),
      /none counts/,
    ],
    [
      'a bot approves',
      ONE,
      one({ reviews: [review('approve-bot', 'APPROVED', { author: bot('approve-bot') })] }),
      /approve-bot \(not a person\)/,
    ],
    [
      'an organisation approves',
      ONE,
      one({ reviews: [review('acme', 'APPROVED', { author: { login: 'acme', type: 'Organization' } })] }),
      /not a person/,
    ],
    [
      'a deleted account approved',
      ONE,
      one({ reviews: [review('x', 'APPROVED', { author: { type: 'unknown' } })] }),
      /a deleted account \(the account is gone\)/,
    ],
    [
      'person or bot is not known',
      ONE,
      one({ reviews: [review('x', 'APPROVED', { author: { login: 'x', type: 'unknown' } })] }),
      /not known: x \(person or bot is not known\)/,
    ],
    [
      'somebody who may only read',
      ONE,
      one({ reviews: [review('bob', 'APPROVED', { permission: 'read' })] }),
      /bob \(no write access\)/,
    ],
    [
      'somebody who may triage',
      ONE,
      one({ reviews: [review('bob', 'APPROVED', { permission: 'triage' })] }),
      /bob \(no write access\)/,
    ],
    [
      'a maintainer',
      ONE,
      one({ reviews: [review('bob', 'APPROVED', { permission: 'maintain' })] }),
      'approved',
    ],
    [
      'an access that is not known',
      ONE,
      one({ reviews: [review('bob', 'APPROVED', { permission: undefined })] }),
      /not known: bob \(write access is not known\)/,
    ],
    [
      'an administrator approves their own change',
      ONE,
      one({ reviews: [review('ada', 'APPROVED', { permission: 'admin' })] }),
      /ada \(author/,
    ],
    ['a comment only', ONE, one({ reviews: [review('bob', 'COMMENTED')] }), /none counts/],
    [
      'an approval, then a comment',
      ONE,
      one({ reviews: [review('bob'), review('bob', 'COMMENTED')] }),
      'approved',
    ],
    [
      'two approvals by one',
      TWO,
      one({ reviews: [review('bob'), review('bob')] }),
      /2 approvals for \*\*: 1 approval counts/,
    ],
    [
      'two approvals by one in other letters',
      TWO,
      one({ reviews: [review('bob'), review('Bob')] }),
      /1 approval counts/,
    ],
    ['two of two', TWO, one(), 'approved'],
    [
      'two, of whom one wrote',
      TWO,
      one({ commits: [commit(HEAD, user('ada'), { coAuthors: [user('carol')] })] }),
      /1 approval counts; not counted: carol \(co-author/,
    ],
    [
      'changes requested',
      ONE,
      one({ reviews: [review('bob'), review('carol', 'CHANGES_REQUESTED')] }),
      /nobody waits for changes: changes requested by carol/,
    ],
    [
      'changes requested, then approved',
      ONE,
      one({ reviews: [review('carol', 'CHANGES_REQUESTED'), review('carol')] }),
      'approved',
    ],
    [
      'approved, then changes requested',
      ONE,
      one({ reviews: [review('carol'), review('carol', 'CHANGES_REQUESTED')] }),
      /changes requested by carol/,
    ],
    [
      'changes requested, then only a comment',
      ONE,
      one({ reviews: [review('bob'), review('carol', 'CHANGES_REQUESTED'), review('carol', 'COMMENTED')] }),
      /changes requested by carol/,
    ],
    [
      'changes requested by a reader',
      ONE,
      one({ reviews: [review('bob'), review('carol', 'CHANGES_REQUESTED', { permission: 'read' })] }),
      'approved',
    ],
    [
      'changes requested, permission not known',
      ONE,
      one({ reviews: [review('bob'), review('carol', 'CHANGES_REQUESTED', { permission: undefined })] }),
      /changes requested by carol/,
    ],
    [
      'changes requested and dismissed',
      ONE,
      one({ reviews: [review('bob'), review('carol', 'DISMISSED')] }),
      'approved',
    ],
    [
      'who asked for changes became a contributor and approves',
      ONE,
      one({
        pushers: [user('ada'), user('carol')],
        reviews: [review('bob'), review('carol', 'CHANGES_REQUESTED'), review('carol')],
      }),
      /changes requested by carol/,
    ],
    [
      'reviews that are not in order',
      ONE,
      one({
        reviews: [
          review('carol', 'APPROVED', { submittedAt: '2026-11-24T11:59:00Z' }),
          review('carol', 'CHANGES_REQUESTED', { submittedAt: '2026-11-24T11:00:01Z' }),
        ],
      }),
      'approved',
    ],
  ]);
});

describe('teams and code owners', () => {
  const owners = (text: string): ChangeOptions => ({ codeOwners: { text } });
  check([
    ['an approval by a member', TEAM, one({}, { teams: { 'acme/maintainers': ['bob'] } }), 'approved'],
    ['a member in other letters', TEAM, one({}, { teams: { 'acme/maintainers': ['BOB'] } }), 'approved'],
    [
      'approvals by others',
      TEAM,
      one({}, { teams: { 'acme/maintainers': ['dan'] } }),
      /bob \(not in a team that counts\), carol/,
    ],
    [
      'a team that cannot be read',
      TEAM,
      one({}, { teams: { 'acme/maintainers': 'unknown' } }),
      /not known: bob \(team is not known\)/,
    ],
    ['a team without its fact', TEAM, one(), /team is not known/],
    [
      'a team of another organisation',
      TEAM,
      one({}, { teams: { 'other/maintainers': ['bob'] } }),
      /team is not known/,
    ],
    [
      'a member who wrote it',
      TEAM,
      one({ author: user('bob') }, { teams: { 'acme/maintainers': ['bob'] } }),
      /bob \(author/,
    ],
    ['an owner approves', OWNERS, one({}, owners('* @bob')), 'approved'],
    ['no owner approves', OWNERS, one({}, owners('* @dan')), /missing for src\/a\.ts \(@dan\)/],
    [
      'the last matching line decides',
      OWNERS,
      one({}, owners('* @bob\n/src/ @dan')),
      /missing for src\/a\.ts \(@dan\)/,
    ],
    [
      'an owner who wrote it',
      OWNERS,
      one({ author: user('bob') }, owners('* @bob')),
      /missing for src\/a\.ts \(@bob\)/,
    ],
    [
      'an owning team',
      OWNERS,
      one({}, { ...owners('* @acme/core'), teams: { 'acme/core': ['carol'] } }),
      'approved',
    ],
    [
      'an owning team that cannot be read',
      OWNERS,
      one({}, { ...owners('* @acme/core'), teams: { 'acme/core': 'unknown' } }),
      /not known: bob \(team is not known\)/,
    ],
    ['an owner by e-mail', OWNERS, one({}, owners('* dan@acme.example')), /not known: bob/],
    ['files without owners', OWNERS, one({}, owners('/docs/ @dan')), 'approved'],
    ['no CODEOWNERS', OWNERS, one({}, { codeOwners: { path: undefined } }), 'approved'],
    [
      'CODEOWNERS with mistakes',
      OWNERS,
      one({}, { codeOwners: { text: '* @bob', errors: ['line 1: unknown owner'] } }),
      /has mistakes: line 1/,
    ],
    ['CODEOWNERS not read', OWNERS, one(), /code owner: no fact about it/],
    [
      'a renamed file, owned where it was',
      OWNERS,
      changeFacts({ ...owners('/old/ @dan'), more: [], pulls: [{ files: ['old/a.ts', 'new/a.ts'] }] }),
      /missing for old\/a\.ts \(@dan\)/,
    ],
  ]);
});

/** A pull request that moves a file, approved by one maintainer. */
function moved(previousPath: string, path: string): Facts {
  const { facts, ...rest } = one(
    { reviews: [review('bob')] },
    { teams: { 'acme/maintainers': ['bob', 'carol'] } },
  );
  const value = [{ path, previousPath, status: 'renamed' as const }];
  return { ...rest, facts: facts.map((fact) => (fact.kind === 'files' ? { ...fact, value } : fact)) };
}

describe('paths', () => {
  const maintainers = { teams: { 'acme/maintainers': ['bob', 'carol'] } };
  check([
    ['strict paths with enough', PATHS, one({ files: ['build/x'] }, maintainers), 'approved'],
    [
      'strict paths with one',
      PATHS,
      one({ files: ['build/x'], reviews: [review('bob')] }, maintainers),
      /2 approvals of maintainers for build\/\*\*, \.github\/\*\*: 1 approval counts/,
    ],
    [
      'a hidden folder',
      PATHS,
      one({ files: ['.github/workflows/ci.yml'], reviews: [review('bob')] }, maintainers),
      /2 approvals of maintainers/,
    ],
    [
      'a file that was moved out of a strict path',
      PATHS,
      moved('build/x', 'docs/x.md'),
      /2 approvals of maintainers/,
    ],
    [
      'a file that was moved into a strict path',
      PATHS,
      moved('docs/x.md', 'build/x'),
      /2 approvals of maintainers/,
    ],
    [
      'a mixed change: the strictest',
      PATHS,
      one({ files: ['src/a.ts', 'build/x'], reviews: [review('bob')] }, maintainers),
      /2 approvals of maintainers/,
    ],
    ['plain code', PATHS, one({ files: ['src/deep/a.ts'], reviews: [review('dan')] }), 'approved'],
    ['documents need nobody', PATHS, one({ files: ['docs/a.md', 'README.md'], reviews: [] }), 'approved'],
    [
      'a path that the policy forgot',
      PATHS,
      one({ files: ['src/a.ts', 'Makefile'] }),
      /the policy says what its files need: no rule for Makefile/,
    ],
    [
      'a change without files falls under all rules',
      PATHS,
      one({ files: [], reviews: [review('bob')] }, maintainers),
      /2 approvals of maintainers/,
    ],
    ['the policy itself', ONE, one({ files: ['.image-policy.yml'], reviews: [] }), /none counts/],
  ]);
});

describe('the run', () => {
  check([
    [
      'an older run',
      ONE,
      one({ request: { headSha: commitId('9') } }),
      /its newest commit is 9999999, this run is about eeeeeee/,
    ],
    ['a re-run after approval', ONE, one({}, { run: { attempt: 2 } }), 'approved'],
    [
      'a re-run where the policy denies it',
      `${ONE}re-runs: {merge: deny}\n`,
      one({}, { run: { attempt: 2 } }),
      /The run may decide: attempt 2/,
    ],
    [
      'a policy from the head',
      ONE,
      one({}, { policyCommit: HEAD }),
      /The policy is the one of the base: it was read at eeeeeee, the base is bbbbbbb/,
    ],
    ['a pull request that was closed', ONE, one({ request: { state: 'closed' } }), /it is closed/],
    [
      'a pull request that was merged by an administrator meanwhile',
      ONE,
      one({ request: { state: 'merged' } }),
      /it is merged/,
    ],
    [
      'a pull request that goes elsewhere now',
      ONE,
      one({ request: { base: 'release' } }),
      /it goes to release, not main/,
    ],
    ['a fork', ONE, one({ request: { fork: true } }), 'approved'],
    [
      'a fork whose pushes cannot be read',
      ONE,
      unknownOf(one({ request: { fork: true } }), 'pushers', 'contents: read'),
      /who pushed to it is known: HTTP 403; the permission contents: read is missing/,
    ],
    [
      'reviews without permission',
      ONE,
      unknownOf(one(), 'reviews', 'pull-requests: read'),
      /the permission pull-requests: read is missing/,
    ],
    ['no facts', ONE, { ...one(), facts: [] }, /no fact about it \(change\)/],
    ['a policy that asks for nothing', 'version: 1\n', one(), /the policy requires nothing/],
  ]);
});

describe('a merge group', () => {
  const group = (...pulls: PullOptions[]): Facts =>
    changeFacts({
      pulls: pulls.map((pull, index) => ({ number: index + 1, request: { headSha: HEAD }, ...pull })),
    });
  check([
    ['of three approved ones', ONE, group({}, {}, {}), 'approved'],
    [
      'of three, one without approval',
      ONE,
      group({}, { reviews: [] }, {}),
      /#2: 1 approval for \*\*: none counts/,
    ],
    [
      'of two whose authors approve each other',
      ONE,
      group({ reviews: [review('bob')] }, { author: user('bob'), reviews: [review('ada')] }),
      'approved',
    ],
    [
      'of two, one without facts',
      ONE,
      changeFacts({ pulls: [{ number: 1 }], change: { via: 'merge-group', headSha: MERGED, pulls: [1, 2] } }),
      /#2: its state and author is known: no fact/,
    ],
    [
      'of one',
      ONE,
      changeFacts({ pulls: [{ number: 1 }], change: { via: 'merge-group', headSha: MERGED } }),
      'approved',
    ],
    [
      'with a stale approval',
      ONE,
      group({}, { reviews: [review('bob', 'APPROVED', { commit: BASE })] }),
      /#2.*before the last push/,
    ],
  ]);
});

it('names the permission to grant as the next step', () => {
  const facts = unknownOf(one(), 'reviews', 'pull-requests: read');
  const { findings } = decideMerge(parsePolicy(ONE, 'policy.yml'), facts);
  expect(findings.find(({ rule }) => rule === 'changes.facts.reviews')?.next).toBe(
    "Grant the gate's token the permission pull-requests: read.",
  );
  expect(decideMerge(parsePolicy(ONE, 'policy.yml'), without(one(), 'files')).decision).toBe('refused');
});

describe('a fact that does not hold', () => {
  const rules =
    'version: 1\nchanges: [{paths: ["**"], code-owners: true, approvals: {teams: [maintainers]}}]\n';
  const holding = one(
    { reviews: [review('bob')] },
    { teams: { 'acme/maintainers': ['bob'] }, codeOwners: { text: '* @acme/maintainers\n' } },
  );

  it('refuses also when it carries a value that would be enough', () => {
    const policy = parsePolicy(rules, 'policy.yml');
    expect(decideMerge(policy, holding).reasons).toEqual([]);
    for (const { kind } of holding.facts) {
      for (const status of ['unknown', 'fail'] as const) {
        const facts = holding.facts.map((fact) =>
          fact.kind === kind ? ({ ...fact, status, detail: 'half an answer' } as typeof fact) : fact,
        );
        const { decision, reasons } = decideMerge(policy, { ...holding, facts });
        expect([kind, status, decision]).toEqual([kind, status, 'refused']);
        expect(reasons.join()).toMatch(/half an answer|team is not known/);
      }
    }
  });
});

describe('code owners of whom it is not known whether they are', () => {
  const status = (codeOwners: string, reviews: ReturnType<typeof review>[]) => {
    const facts = one({ reviews }, { codeOwners: { text: codeOwners }, teams: { 'acme/core': 'unknown' } });
    const { findings } = decideMerge(parsePolicy(OWNERS, 'policy.yml'), facts);
    return findings.find(({ rule }) => rule === 'changes.code-owners');
  };

  it('are asked for by the token, not by an approval', () => {
    expect(status('* @acme/core', [review('bob')])).toMatchObject({
      status: 'unknown',
      next: expect.stringContaining('members: read'),
    });
  });

  it('are asked to approve where nobody has who could be one', () => {
    expect(status('* @acme/core', [])).toMatchObject({
      status: 'not-met',
      next: expect.stringContaining('Ask the named owners'),
    });
  });
});
