import type { FactOf, Push } from '@golden-image/policy';
import { type GitHubApi, PAGE, type RepositoryName } from './api.ts';
import { type CommitPull, type ComparedCommit, compare, describeCommits, refuseTooMany } from './commits.ts';
import { branchEvents, pushersBefore } from './pushers.ts';

type History = NonNullable<FactOf<'history'>['value']>;

/**
 * Everything that went into `to` since the last release: a release that `to` already has in it does not count, nor do
 * drafts and prereleases (a prerelease may never have been approved).
 *
 * @param branch the released branch, whose direct pushes count; undefined for a tag
 */
export async function readHistory(
  api: GitHubApi,
  name: RepositoryName,
  to: string,
  branch: string | undefined,
): Promise<History> {
  const { since, compared } = await sinceLastRelease(api, name, to);
  const { commits, pulls } = await describeCommits(api, compared);
  const inside = new Set(commits.map((commit) => commit.sha));
  const pushers = [
    ...(branch === undefined ? [] : await directPushes(api, name, branch, since?.sha, inside)),
    ...(await pushersOfPulls(api, pulls)),
  ];
  return {
    ...(since ? { since } : {}),
    to,
    commits: [...commits],
    pulls: pulls.map(({ number, author }) => ({ number, author })),
    pushers,
  };
}

interface Since {
  readonly since: { tag: string; sha: string } | undefined;
  readonly compared: readonly Pick<ComparedCommit, 'sha' | 'nodeId'>[];
}

async function sinceLastRelease(api: GitHubApi, name: RepositoryName, to: string): Promise<Since> {
  const route = 'GET /repos/{owner}/{repo}/releases';
  for await (const { data } of api.paginate.iterator(route, { ...name, per_page: PAGE })) {
    for (const { tag_name: tag, draft, prerelease } of data) {
      if (draft || prerelease) {
        continue;
      }
      const comparison = await compare(api, name, tag, to);
      if (comparison.status === 'ahead' || comparison.status === 'diverged') {
        return { since: { tag, sha: comparison.baseSha }, compared: comparison.commits };
      }
    }
  }
  return { since: undefined, compared: await allCommits(api, name, to) };
}

async function allCommits(api: GitHubApi, name: RepositoryName, to: string): Promise<Since['compared']> {
  const commits: { sha: string; nodeId: string }[] = [];
  const route = 'GET /repos/{owner}/{repo}/commits';
  for await (const { data } of api.paginate.iterator(route, { ...name, sha: to, per_page: PAGE })) {
    commits.push(...data.map((commit) => ({ sha: commit.sha, nodeId: commit.node_id })));
    refuseTooMany(commits.length);
  }
  return commits;
}

/** Merging a pull request moves the branch too, but brings nothing of the one who merges. */
async function directPushes(
  api: GitHubApi,
  name: RepositoryName,
  branch: string,
  since: string | undefined,
  inside: ReadonlySet<string>,
): Promise<readonly Push[]> {
  const events = await branchEvents(api, name, branch, ({ push }) => push.sha === since);
  return events
    .filter(({ type }) => type === 'push' || type === 'force_push')
    .filter(({ push }) => inside.has(push.sha))
    .map(({ push }) => push);
}

async function pushersOfPulls(api: GitHubApi, pulls: readonly CommitPull[]): Promise<readonly Push[]> {
  const pushers: Push[] = [];
  for (const { headRepository, headRef, mergedAt } of pulls) {
    if (headRepository) {
      pushers.push(...(await pushersBefore(api, headRepository, headRef, mergedAt)));
    }
  }
  return pushers;
}
