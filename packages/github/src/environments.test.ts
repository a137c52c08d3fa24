import { describe, expect, it } from '@jest/globals';
import {
  ADMIN_TOKEN,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
  type World,
} from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { name } from '../test/setup.ts';
import { listBranchPolicies, readApprovals, readEnvironment } from './environments.ts';

const start = eachBench();
type Environment = Repository['environments'][number];

function world(change: Partial<Environment>): World {
  const repository = sampleRepository();
  repository.environments.push({
    id: 1,
    name: 'production',
    prevent_self_review: true,
    can_admins_bypass: false,
    reviewers: [],
    deployment_branch_policy: null,
    policies: [],
    ...change,
  });
  return sampleWorld(repository);
}

const read = async (change: Partial<Environment>) => {
  const { api } = await start(world(change), { token: ADMIN_TOKEN });
  return readEnvironment(api, name, 'production');
};

describe("an environment's protection", () => {
  it('without any rule is open', async () => {
    expect(await read({ can_admins_bypass: true })).toEqual({
      waitTimer: 0,
      reviewers: [],
      preventSelfReview: false,
      adminsCanBypass: true,
      refPolicy: 'all',
      refs: [],
    });
  });

  it('names people as they are called, and teams with their organisation', async () => {
    const reviewers = [
      { type: 'User' as const, id: 14 },
      { type: 'Team' as const, id: 31 },
    ];
    const from = world({ reviewers, wait_timer: 30 });
    Object.assign(from.teams[1] ?? {}, { slug: 'Release-Owners' });
    const { api } = await start(from, { token: ADMIN_TOKEN });
    expect(await readEnvironment(api, name, 'production')).toMatchObject({
      waitTimer: 30,
      reviewers: [
        { type: 'User', name: 'erin' },
        { type: 'Team', name: 'acme/release-owners' },
      ],
    });
  });

  it.each([true, false])('tells whether a review of oneself is prevented: %s', async (prevented) => {
    const reviewers = [{ type: 'User' as const, id: 14 }];
    expect((await read({ reviewers, prevent_self_review: prevented })).preventSelfReview).toBe(prevented);
  });

  it.each([
    [true, true],
    [false, false],
    // An older Enterprise Server does not say: GitHub's default is that they can.
    [undefined, true],
  ])('that administrators can bypass: GitHub says %s, it is %s', async (said, expected) => {
    expect((await read({ can_admins_bypass: said })).adminsCanBypass).toBe(expected);
  });

  it('tells refs that are protected from a list of patterns', async () => {
    const policies = [
      { id: 1, name: 'main', type: 'branch' as const },
      { id: 2, name: 'v*', type: 'tag' as const },
    ];
    const list = { protected_branches: false, custom_branch_policies: true };
    const protectedOnly = { protected_branches: true, custom_branch_policies: false };
    expect(await read({ deployment_branch_policy: list, policies })).toMatchObject({
      refPolicy: 'custom',
      refs: [
        { type: 'branch', pattern: 'main' },
        { type: 'tag', pattern: 'v*' },
      ],
    });
    expect(await read({ deployment_branch_policy: protectedOnly, policies })).toMatchObject({
      refPolicy: 'protected',
      refs: [],
    });
  });

  it('has every pattern, also when there are several pages', async () => {
    const policies = Array.from({ length: 230 }, (_, index) => ({
      id: index + 1,
      name: `release/${index}`,
      type: 'branch' as const,
    }));
    const list = { protected_branches: false, custom_branch_policies: true };
    const { api } = await start(world({ deployment_branch_policy: list, policies }), { token: ADMIN_TOKEN });
    const listed = await listBranchPolicies(api, name, 'production');
    expect(listed).toHaveLength(230);
    expect(listed.at(-1)).toEqual({ id: 230, pattern: 'release/229', type: 'branch' });
  });
});

describe('approvals of a run', () => {
  it('have who, what, for which environments, why, and what people may do', async () => {
    const from = world({});
    from.repositories[0]?.runs.push({
      id: 77,
      attempt: 1,
      headSha: sha('b1'),
      headBranch: 'main',
      createdAt: '2026-01-03T00:00:00Z',
      event: 'push',
      actor: 'carol',
      triggeringActor: 'carol',
      jobs: [],
      approvals: [
        { login: 'dave', state: 'approved', comment: 'go', environments: ['staging', 'production'] },
        { login: 'mallory', state: 'rejected', comment: '', environments: ['production'] },
        { login: 'helper[bot]', state: 'approved', comment: '', environments: ['production'] },
      ],
    });
    const { api, github } = await start(from, { token: ADMIN_TOKEN });
    expect(await readApprovals(api, name, 77)).toEqual([
      {
        state: 'approved',
        user: { login: 'dave', type: 'User' },
        environments: ['staging', 'production'],
        comment: 'go',
        permission: 'maintain',
      },
      {
        state: 'rejected',
        user: { login: 'mallory', type: 'User' },
        environments: ['production'],
        permission: 'read',
      },
      // What a bot may do is not asked for: it approves nothing.
      { state: 'approved', user: { login: 'helper', type: 'Bot' }, environments: ['production'] },
    ]);
    expect(github.requests.filter((request) => request.includes('helper'))).toEqual([]);
  });
});
