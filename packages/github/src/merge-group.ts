import type { GitHubApi, RepositoryName } from './api.ts';
import { compare, describeCommits } from './commits.ts';
import { Incomplete } from './failure.ts';
import { queries } from './queries.ts';

interface Entry {
  readonly position: number;
  readonly headCommit: { readonly oid: string } | null;
  readonly pullRequest: { readonly number: number } | null;
}

interface Answer {
  readonly repository: {
    readonly mergeQueue: {
      readonly entries: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly (Entry | null)[];
      };
    } | null;
  } | null;
}

export interface MergeGroup {
  /** Short name of the branch that it goes to. */
  readonly base: string;
  readonly baseSha: string;
  readonly headSha: string;
}

/**
 * The pull requests of a merge group, whose ref names only the last of them: every entry of the queue up to the
 * group's commit, but not those of the group that it stands on. Checked against the commits: one of a pull request
 * that is not among them is not overlooked.
 *
 * @throws Incomplete when the queue no longer has them all, e.g. because one was thrown out meanwhile
 */
export async function pullsOfGroup(
  api: GitHubApi,
  name: RepositoryName,
  { base, baseSha, headSha }: MergeGroup,
): Promise<number[]> {
  const entries = await queueEntries(api, name, base);
  const positionOf = (sha: string): number | undefined =>
    entries.find(({ headCommit }) => headCommit?.oid === sha)?.position;
  const last = positionOf(headSha);
  if (last === undefined) {
    throw new Incomplete(`the merge queue of ${base} has no entry for ${headSha.slice(0, 12)} any more`);
  }
  const before = positionOf(baseSha) ?? Number.NEGATIVE_INFINITY;
  const own = entries.filter(({ position }) => position > before && position <= last);
  const numbers = own.flatMap(({ pullRequest }) => pullRequest?.number ?? []).sort((a, b) => a - b);
  if (numbers.length < own.length || numbers.length === 0) {
    throw new Incomplete(`the merge queue of ${base} does not name all pull requests of the group`);
  }
  await checkCommits(api, name, { base, baseSha, headSha }, numbers);
  return numbers;
}

async function checkCommits(
  api: GitHubApi,
  name: RepositoryName,
  { base, baseSha, headSha }: MergeGroup,
  numbers: readonly number[],
): Promise<void> {
  const { commits } = await compare(api, name, baseSha, headSha);
  const { pullsByCommit } = await describeCommits(api, commits);
  for (const { sha } of commits) {
    // Stacked pull requests share commits: one of a commit's pull requests is enough. The queue's own have none.
    const pulls = pullsByCommit.get(sha) ?? [];
    if (pulls.length > 0 && !pulls.some((pull) => numbers.includes(pull))) {
      throw new Incomplete(
        `the commit ${sha.slice(0, 12)} of the merge group is of pull request ${pulls.join(', ')}, which the merge queue of ${base} does not have`,
      );
    }
  }
}

async function queueEntries(
  api: GitHubApi,
  { owner, repo }: RepositoryName,
  branch: string,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let after: string | null = null; ; ) {
    const answer: Answer = await api.graphql<Answer>(queries.mergeQueue, { owner, repo, branch, after });
    const page = answer.repository?.mergeQueue?.entries;
    if (!page) {
      throw new Incomplete(`the branch ${branch} has no merge queue, or the token may not see it`);
    }
    entries.push(...page.nodes.flatMap((node) => node ?? []));
    if (!page.pageInfo.hasNextPage) {
      return entries;
    }
    after = page.pageInfo.endCursor;
  }
}
