/** GitHub's form of what the world holds; addresses and counts that nobody reads are filled in by the contract. */
import { required } from './reply.ts';
import type {
  ChangedFile,
  Commit,
  Environment,
  Person,
  Pull,
  Repository,
  Review,
  Ruleset,
  Team,
  User,
  World,
} from './world.ts';

export function userOf(world: World, login: string): User {
  return required(world.users.find((entry) => entry.login.toLowerCase() === login.toLowerCase()));
}

export function userView(user: User): Record<string, unknown> {
  return { id: user.id, login: user.login, type: user.type, node_id: `U_${user.id}`, gravatar_id: '' };
}

export function userByLogin(world: World, login: string): Record<string, unknown> {
  return userView(userOf(world, login));
}

export function fullName(repository: Repository): string {
  return `${repository.owner}/${repository.name}`;
}

export function organizationView(world: World): Record<string, unknown> {
  return { id: 1, login: world.organization, type: 'Organization', gravatar_id: '', description: null };
}

export function repositoryView(world: World, repository: Repository): Record<string, unknown> {
  return {
    id: repository.id,
    name: repository.name,
    full_name: fullName(repository),
    owner:
      repository.owner === world.organization
        ? organizationView(world)
        : userByLogin(world, repository.owner),
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    default_branch: repository.defaultBranch,
    fork: repository.owner !== world.organization,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    network_count: 0,
    subscribers_count: 0,
    mirror_url: null,
  };
}

export function teamView(team: Team): Record<string, unknown> {
  const permission = { admin: 'admin', maintain: 'maintain', write: 'push', triage: 'triage', read: 'pull' };
  return {
    id: team.id,
    slug: team.slug,
    name: team.slug,
    permission: permission[team.role],
    parent: null,
    type: 'organization',
    description: null,
  };
}

export function commitView(world: World, commit: Commit): Record<string, unknown> {
  const known = (person: Person): unknown => (person.login ? userByLogin(world, person.login) : null);
  const git = (person: Person): unknown => ({ name: person.name, email: person.email, date: commit.date });
  const [author = commit.committer] = commit.authors;
  return {
    sha: commit.sha,
    node_id: nodeId(commit.sha),
    commit: {
      message: commit.message,
      author: git(author),
      committer: git(commit.committer),
      url: 'https://github.test/',
      comment_count: 0,
      tree: { sha: commit.sha, url: 'https://github.test/' },
    },
    author: known(author),
    committer: known(commit.committer),
    parents: commit.parents.map((parent) => ({ sha: parent, url: 'https://github.test/' })),
  };
}

export function nodeId(sha: string): string {
  return `C_${sha}`;
}

/** A pull request as lists show it. */
export function pullView(world: World, pull: Pull): Record<string, unknown> {
  const repository = (name: string | undefined): unknown => {
    const found = world.repositories.find((entry) => fullName(entry) === name);
    return found ? repositoryView(world, found) : null;
  };
  const head = pull.headRepository?.split('/')[0] ?? '';
  const base = world.repositories.find((entry) => entry.pulls.includes(pull));
  return {
    id: 5000 + pull.number,
    number: pull.number,
    title: pull.title,
    state: pull.state,
    draft: pull.draft ?? false,
    body: null,
    user: userByLogin(world, pull.author),
    created_at: '2026-01-02T00:00:00Z',
    updated_at: '2026-01-02T00:00:00Z',
    closed_at: pull.mergedAt ?? null,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommit ?? null,
    head: {
      label: `${head}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.headSha,
      user: userByLogin(world, pull.author),
      repo: repository(pull.headRepository),
    },
    base: {
      label: `${world.organization}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: pull.baseSha,
      user: organizationView(world),
      repo: repository(base && fullName(base)),
    },
  };
}

/** A pull request on its own. */
export function fullPullView(world: World, pull: Pull, commits: number): Record<string, unknown> {
  return {
    ...pullView(world, pull),
    merged: pull.mergedAt !== undefined,
    commits,
    changed_files: pull.files.length,
    additions: pull.files.reduce((sum, file) => sum + file.additions, 0),
    deletions: pull.files.reduce((sum, file) => sum + file.deletions, 0),
  };
}

export function fileView(file: ChangedFile): Record<string, unknown> {
  return { sha: 'f'.repeat(40), ...file, changes: file.additions + file.deletions };
}

export function reviewView(world: World, review: Review, pull: Pull): Record<string, unknown> {
  const link = `https://github.test/pull/${pull.number}`;
  return {
    id: review.id,
    user: review.login === undefined ? null : userByLogin(world, review.login),
    body: review.body ?? '',
    state: review.state,
    commit_id: review.commit,
    submitted_at: review.at,
    html_url: link,
    pull_request_url: link,
    _links: { html: { href: link }, pull_request: { href: link } },
    author_association: 'MEMBER',
  };
}

export function environmentView(world: World, environment: Environment): Record<string, unknown> {
  const { reviewers, id } = environment;
  const reviewer = (entry: Environment['reviewers'][number]): unknown => {
    const team = world.teams.find((candidate) => candidate.id === entry.id);
    const user = world.users.find((candidate) => candidate.id === entry.id);
    return {
      type: entry.type,
      reviewer: entry.type === 'Team' ? teamView(required(team)) : userView(required(user)),
    };
  };
  const rule = (type: string, more: Record<string, unknown>, offset: number): unknown => ({
    id: id * 10 + offset,
    node_id: `R_${id}_${offset}`,
    type,
    ...more,
  });
  return {
    id,
    name: environment.name,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    can_admins_bypass: environment.can_admins_bypass,
    protection_rules: [
      ...(environment.wait_timer ? [rule('wait_timer', { wait_timer: environment.wait_timer }, 1)] : []),
      ...(reviewers.length > 0
        ? [
            rule(
              'required_reviewers',
              { prevent_self_review: environment.prevent_self_review, reviewers: reviewers.map(reviewer) },
              2,
            ),
          ]
        : []),
      ...(environment.deployment_branch_policy ? [rule('branch_policy', {}, 3)] : []),
    ],
    deployment_branch_policy: environment.deployment_branch_policy,
  };
}

/** Whoever may not write rulesets does not see who may bypass them. */
export function rulesetView(
  world: World,
  repository: Repository,
  ruleset: Ruleset,
  options: { readonly detail: boolean; readonly writer: boolean },
): Record<string, unknown> {
  const source = ruleset.source ?? 'Repository';
  const { id, name, target, enforcement, conditions, rules } = ruleset;
  return {
    id,
    name,
    target,
    enforcement,
    source_type: source,
    source: source === 'Repository' ? fullName(repository) : world.organization,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    ...(options.detail ? { conditions, rules } : {}),
    ...(options.detail && options.writer ? { bypass_actors: ruleset.bypass_actors } : {}),
    ...(options.detail ? { current_user_can_bypass: 'never' } : {}),
  };
}
