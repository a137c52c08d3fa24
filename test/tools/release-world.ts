import { type Repository, sampleRepository, sampleWorld, sha, type World } from '../fake-github/src/index.ts';

/** The policy of a release to production: from main, approved by one of the team of release owners. */
export const RELEASE_POLICY = `version: 1
environments:
  production: {refs: [main], reviewers: [acme/release-owners]}
release:
  require: [{predicate: slsa-provenance/v1}]
  emit: vsa
`;

/** Commit b1 (pull request 6 of bob) is released by run 77, carol's, from main; dave approved. */
export function releasedWorld(): World {
  const repository = sampleRepository();
  repository.environments.push({
    id: 1,
    name: 'production',
    prevent_self_review: true,
    can_admins_bypass: false,
    reviewers: [{ type: 'Team', id: 31 }],
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    policies: [{ id: 1, name: 'main', type: 'branch' }],
  });
  repository.runs.push({
    id: 77,
    attempt: 1,
    headSha: sha('b1'),
    headBranch: 'main',
    createdAt: '2026-01-03T02:00:00Z',
    event: 'push',
    actor: 'carol',
    triggeringActor: 'carol',
    jobs: [{ name: 'gate', conclusion: null }],
    approvals: [{ login: 'dave', state: 'approved', comment: 'go', environments: ['production'] }],
  });
  return sampleWorld(repository);
}

/** The repository of a sample world. */
export function repositoryOf(world: World): Repository {
  const [repository] = world.repositories;
  if (!repository) {
    throw new Error('no repository');
  }
  return repository;
}

/** The variables of that run, for a fake GitHub at `url`. */
export function releaseJob(url: string): Readonly<Record<string, string>> {
  return {
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: 'acme/images',
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: sha('b1'),
  };
}
