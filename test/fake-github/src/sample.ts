/** A small organisation to start scenarios from: everything in order, one pull request approved and ready. */
import { type Collaborator, type Commit, type Person, type Repository, sha, type World } from './world.ts';

/** Tokens of the sample world. */
export const WORKFLOW_TOKEN = 'ghs_workflow';
export const ADMIN_TOKEN = 'ghp_admin';
/** What GITHUB_TOKEN has in a workflow that a fork's pull request started. */
export const FORK_TOKEN = 'ghs_fork';

export const people = ['alice', 'bob', 'carol', 'dave', 'erin', 'mallory'] as const;

export function person(login: string): Person {
  return { name: login, email: `${login}@acme.test`, login };
}

/** GitHub itself, when a commit is made on its site. */
export const webFlow: Person = { name: 'GitHub', email: 'noreply@github.com' };

export function commit(
  id: string,
  parents: readonly string[],
  author: Person,
  more: Partial<Commit> = {},
): Commit {
  return {
    sha: sha(id),
    parents: [...parents],
    authors: [author],
    committer: author,
    message: `Change ${id}`,
    date: '2026-01-02T00:00:00Z',
    ...more,
  };
}

const collaborators: Collaborator[] = [
  { login: 'alice', role: 'write', via: 'team' },
  { login: 'bob', role: 'write', via: 'team' },
  { login: 'carol', role: 'write', via: 'team' },
  { login: 'dave', role: 'maintain', via: 'team' },
  { login: 'erin', role: 'admin', via: 'direct' },
  { login: 'mallory', role: 'read', via: 'direct' },
];

/** Branch `main` has the released commit a1, then b1 (pull request 6 of bob); pull request 7 of alice adds c1 and c2. */
export function sampleRepository(owner = 'acme', name = 'images'): Repository {
  return {
    id: 100,
    owner,
    name,
    private: false,
    defaultBranch: 'main',
    collaborators: structuredClone(collaborators),
    commits: [
      commit('a1', [], person('alice')),
      commit('b0', [sha('a1')], person('bob')),
      commit('b1', [sha('a1'), sha('b0')], person('bob'), { committer: webFlow, signedBy: 'github' }),
      commit('c1', [sha('b1')], person('alice')),
      commit('c2', [sha('c1')], person('alice')),
    ],
    branches: { main: sha('b1'), topic: sha('c2') },
    tags: { 'v1.0.0': sha('a1') },
    files: {
      '.github/CODEOWNERS': '* @acme/image-maintainers\n',
      'README.md': '# Images\n',
    },
    filesAt: {},
    pulls: [
      {
        number: 6,
        title: 'Second change',
        author: 'bob',
        state: 'closed',
        mergedAt: '2026-01-02T00:00:00Z',
        mergeCommit: sha('b1'),
        headRepository: `${owner}/${name}`,
        headRef: 'older',
        headSha: sha('b0'),
        baseRef: 'main',
        baseSha: sha('a1'),
        files: [],
        reviews: [],
      },
      {
        number: 7,
        title: 'Harden the image',
        author: 'alice',
        state: 'open',
        headRepository: `${owner}/${name}`,
        headRef: 'topic',
        headSha: sha('c2'),
        baseRef: 'main',
        baseSha: sha('b1'),
        files: [
          {
            filename: 'hardening/ssh.yml',
            status: 'modified',
            additions: 2,
            deletions: 1,
            patch: '@@ -1,2 +1,3 @@\n a\n-b\n+c\n+d',
          },
        ],
        reviews: [
          { id: 1, login: 'bob', state: 'APPROVED', commit: sha('c2'), at: '2026-01-03T00:00:00Z' },
          { id: 2, login: 'carol', state: 'APPROVED', commit: sha('c2'), at: '2026-01-03T01:00:00Z' },
        ],
      },
    ],
    activities: [
      {
        id: 1,
        actor: 'alice',
        ref: 'refs/heads/topic',
        before: sha('00'),
        after: sha('c1'),
        at: '2026-01-02T10:00:00Z',
        type: 'branch_creation',
      },
      {
        id: 2,
        actor: 'alice',
        ref: 'refs/heads/topic',
        before: sha('c1'),
        after: sha('c2'),
        at: '2026-01-02T11:00:00Z',
        type: 'push',
      },
      {
        id: 3,
        actor: 'bob',
        ref: 'refs/heads/main',
        before: sha('a1'),
        after: sha('b1'),
        at: '2026-01-02T00:00:00Z',
        type: 'pr_merge',
      },
    ],
    rulesets: [],
    protection: {},
    environments: [],
    runs: [],
    releases: [{ id: 1, tag: 'v1.0.0', at: '2026-01-01T00:00:00Z', author: 'dave' }],
    comments: [],
    mergeQueue: [],
    codeownersErrors: [],
    actions: {
      allowed_actions: 'selected',
      sha_pinning_required: true,
      default_workflow_permissions: 'read',
      can_approve_pull_request_reviews: false,
      approval_policy: 'all_external_contributors',
    },
    runners: [],
  };
}

export function sampleWorld(repository: Repository = sampleRepository()): World {
  return {
    plan: 'enterprise',
    organization: 'acme',
    users: [
      ...people.map((login, index) => ({ id: 10 + index, login, type: 'User' as const })),
      { id: 90, login: 'github-actions[bot]', type: 'Bot' },
      { id: 91, login: 'helper[bot]', type: 'Bot' },
    ],
    teams: [
      { id: 30, slug: 'image-maintainers', members: ['alice', 'bob', 'carol'], role: 'write' },
      { id: 31, slug: 'release-owners', members: ['dave'], role: 'maintain' },
    ],
    runnerGroups: [],
    repositories: [repository],
    tokens: {
      [WORKFLOW_TOKEN]: {
        kind: 'workflow',
        login: 'github-actions[bot]',
        permissions: {
          actions: 'read',
          contents: 'read',
          pull_requests: 'write',
          metadata: 'read',
        },
      },
      [FORK_TOKEN]: {
        kind: 'workflow',
        login: 'github-actions[bot]',
        permissions: { actions: 'read', contents: 'read', pull_requests: 'read', metadata: 'read' },
      },
      [ADMIN_TOKEN]: {
        kind: 'personal',
        login: 'erin',
        permissions: {
          actions: 'read',
          administration: 'write',
          contents: 'read',
          issues: 'read',
          members: 'read',
          metadata: 'read',
          organization_self_hosted_runners: 'read',
          pull_requests: 'write',
        },
      },
    },
    adminBypassKey: true,
    remaining: 5000,
  };
}
