import { type Fact, type FactOf, parseFacts } from '@golden-image/policy';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  ADMIN_TOKEN,
  commit,
  person,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
  type World,
} from '../../../test/fake-github/src/index.ts';
import { type Bench, context, NOW, startBench } from '../test/setup.ts';
import { collectDeploymentFacts } from './collect-release.ts';
import type { RunContext } from './context.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.github.close();
  bench = undefined;
});

function world(change: (repository: Repository) => void = () => {}): World {
  const repository = sampleRepository();
  repository.environments.push({
    id: 1,
    name: 'production',
    prevent_self_review: true,
    can_admins_bypass: false,
    reviewers: [
      { type: 'Team', id: 31 },
      { type: 'User', id: 14 },
    ],
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    policies: [{ id: 1, name: 'v*', type: 'tag' }],
  });
  repository.runs.push({
    id: 77,
    attempt: 1,
    headSha: sha('b1'),
    headBranch: 'main',
    createdAt: '2026-01-03T00:00:00Z',
    event: 'push',
    actor: 'carol',
    triggeringActor: 'carol',
    jobs: [{ name: 'release', conclusion: null }],
    approvals: [{ login: 'dave', state: 'approved', comment: 'fine', environments: ['production'] }],
  });
  change(repository);
  return sampleWorld(repository);
}

async function collect(
  from: World,
  options: { readonly token?: string; readonly run?: Partial<RunContext> } = {},
): Promise<readonly Fact[]> {
  await bench?.github.close();
  bench = await startBench(from, { token: options.token ?? ADMIN_TOKEN });
  const run = { eventName: 'push', ref: 'refs/heads/main', sha: sha('b1'), ...options.run };
  const facts = await collectDeploymentFacts(
    { context: context(run), environment: 'production', teams: [] },
    bench.api,
    bench.ports,
  );
  expect(bench.github.violations).toEqual([]);
  parseFacts(JSON.stringify({ version: 1, mode: 'release', time: NOW, facts }), 'facts.json');
  return facts;
}

function fact<K extends Fact['kind']>(facts: readonly Fact[], kind: K): FactOf<K> {
  const found = facts.find((entry): entry is FactOf<K> => entry.kind === kind);
  if (!found) {
    throw new Error(`no fact ${kind}`);
  }
  return found;
}

describe('a release', () => {
  it('is observed in whole', async () => {
    const facts = await collect(world());
    expect(facts.filter((entry) => entry.status !== 'pass')).toEqual([]);
    expect(fact(facts, 'environment').value).toEqual({
      reviewers: [
        { type: 'Team', name: 'acme/release-owners' },
        { type: 'User', name: 'erin' },
      ],
      preventSelfReview: true,
      adminsCanBypass: false,
      refPolicy: 'custom',
      refs: [{ type: 'tag', pattern: 'v*' }],
    });
    expect(fact(facts, 'deployment-approvals').value).toEqual([
      {
        state: 'approved',
        user: { login: 'dave', type: 'User' },
        environments: ['production'],
        comment: 'fine',
        permission: 'maintain',
      },
    ]);
    expect(fact(facts, 'team')).toMatchObject({
      team: 'acme/release-owners',
      value: [{ login: 'dave', type: 'User' }],
    });
    expect(fact(facts, 'history').value).toMatchObject({
      since: { tag: 'v1.0.0', sha: sha('a1') },
      to: sha('b1'),
      commits: [expect.objectContaining({ sha: sha('b0') }), expect.objectContaining({ sha: sha('b1') })],
      pulls: [{ number: 6, author: { login: 'bob', type: 'User' } }],
    });
  });

  it('names who pushed to the branches of its pull requests, also when those are gone', async () => {
    const facts = await collect(
      world((repository) => {
        const event = (
          id: number,
          actor: string,
          at: string,
          type: 'push' | 'branch_creation' | 'branch_deletion',
        ) => ({
          id,
          actor,
          ref: 'refs/heads/older',
          before: sha('00'),
          after: sha('b0'),
          at,
          type,
        });
        repository.activities.push(
          // An earlier life of that name, the one of pull request 6, and a later one.
          event(50, 'mallory', '2025-12-01T00:00:00Z', 'branch_creation'),
          event(51, 'bob', '2026-01-01T00:00:00Z', 'branch_creation'),
          event(52, 'dave', '2026-01-01T12:00:00Z', 'push'),
          event(53, 'bob', '2026-01-02T00:00:00Z', 'branch_deletion'),
          event(54, 'erin', '2026-01-03T00:00:00Z', 'branch_creation'),
        );
      }),
    );
    expect(
      fact(facts, 'history')
        .value?.pushers.map(({ actor }) => actor.login)
        .sort(),
    ).toEqual(['bob', 'dave']);
  });

  it('names who pushed to the branch itself, not who merged', async () => {
    const facts = await collect(
      world((repository) => {
        repository.commits.push(commit('f1', [sha('b1')], person('alice')));
        repository.branches.main = sha('f1');
        repository.activities.push({
          id: 60,
          actor: 'erin',
          ref: 'refs/heads/main',
          before: sha('b1'),
          after: sha('f1'),
          at: '2026-01-03T00:00:00Z',
          type: 'push',
        });
      }),
      { run: { sha: sha('f1') } },
    );
    expect(fact(facts, 'history').value?.pushers.map(({ actor }) => actor.login)).toEqual(['erin']);
    expect(fact(facts, 'history').value?.commits.at(-1)?.author.login).toBe('alice');
  });

  it('counts from the last full release that it is ahead of', async () => {
    const facts = await collect(
      world((repository) => {
        repository.tags['v1.1.0'] = sha('b1');
        repository.tags['v1.1.0-rc1'] = sha('b0');
        repository.releases.push(
          { id: 2, tag: 'v1.1.0', at: '2026-01-03T00:00:00Z', author: 'dave' },
          { id: 3, tag: 'v1.1.0-rc1', at: '2026-01-02T00:00:00Z', author: 'dave', prerelease: true },
        );
      }),
    );
    expect(fact(facts, 'history').value?.since?.tag).toBe('v1.0.0');
  });

  it('that is the first counts every commit', async () => {
    const facts = await collect(world((repository) => repository.releases.splice(0)));
    const history = fact(facts, 'history').value;
    expect(history?.since).toBeUndefined();
    expect(history?.commits).toHaveLength(3);
  });

  it('from a tag has no branch whose pushes count', async () => {
    const pushed = world((repository) => {
      repository.activities.push({
        id: 60,
        actor: 'erin',
        ref: 'refs/heads/main',
        before: sha('a1'),
        after: sha('b1'),
        at: '2026-01-03T00:00:00Z',
        type: 'push',
      });
    });
    const pushers = async (ref: string) =>
      fact(await collect(pushed, { run: { ref } }), 'history').value?.pushers.map(({ actor }) => actor.login);
    expect(await pushers('refs/heads/main')).toEqual(['erin']);
    expect(await pushers('refs/tags/main')).toEqual([]);
  });
});

describe('each missing permission makes its facts unknown and is named', () => {
  it.each([
    ['actions', 'actions: read', ['run', 'jobs', 'environment', 'deployment-approvals']],
    ['contents', 'contents: read', ['history']],
    ['pull_requests', 'pull-requests: read', ['history']],
  ])('%s', async (scope, permission, kinds) => {
    const from = world();
    delete from.tokens[ADMIN_TOKEN]?.permissions[scope as 'actions'];
    const facts = await collect(from);
    for (const kind of kinds) {
      expect(facts.find((entry) => entry.kind === kind)).toMatchObject({
        status: 'unknown',
        permission: expect.stringContaining(permission),
      });
    }
  });

  it('an environment that does not exist is unknown', async () => {
    const facts = await collect(world((repository) => repository.environments.splice(0)));
    expect(fact(facts, 'environment')).toMatchObject({
      status: 'unknown',
      detail: expect.stringContaining('it is not there, or the token may not see it'),
    });
  });

  it('limits and faults that do not end are unknown, with the reason', async () => {
    const from = world();
    bench = await startBench(from, { token: ADMIN_TOKEN });
    bench.github.fault({ kind: 'status', status: 503, match: /approvals/, times: 100 });
    bench.github.fault({ kind: 'secondary-limit', retryAfter: 3600, match: /releases/, times: 100 });
    const facts = await collectDeploymentFacts(
      { context: context({ sha: sha('b1') }), environment: 'production', teams: [] },
      bench.api,
      bench.ports,
    );
    expect(fact(facts, 'deployment-approvals')).toMatchObject({
      status: 'unknown',
      detail: expect.stringContaining('GitHub answered 503'),
    });
    expect(fact(facts, 'history')).toMatchObject({
      status: 'unknown',
      detail: expect.stringMatching(/rate limit is used up until/),
    });
  });
});
