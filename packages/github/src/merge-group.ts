import type { GitHubApi, RepositoryName } from './api.ts';
import { Incomplete } from './failure.ts';
import { queries } from './queries.ts';

interface Entry {
  readonly headCommit: { readonly oid: string } | null;
  readonly baseCommit: { readonly oid: string } | null;
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
 * The pull requests of a merge group: the queue's entries from the group's commit back to its base. The group's ref
 * names only the last of them.
 *
 * @throws Incomplete when the queue no longer has them all, e.g. because one was thrown out meanwhile
 */
export async function pullsOfGroup(
  api: GitHubApi,
  name: RepositoryName,
  { base, baseSha, headSha }: MergeGroup,
): Promise<number[]> {
  const entries = await queueEntries(api, name, base);
  const numbers: number[] = [];
  for (let at = headSha; at !== baseSha; ) {
    const entry = entries.find(({ headCommit }) => headCommit?.oid === at);
    if (!entry?.pullRequest || !entry.baseCommit || numbers.includes(entry.pullRequest.number)) {
      throw new Incomplete(
        `the merge queue of ${base} does not say which pull request ${at.slice(0, 12)} belongs to`,
      );
    }
    numbers.push(entry.pullRequest.number);
    at = entry.baseCommit.oid;
  }
  if (numbers.length === 0) {
    throw new Incomplete('the merge group holds no pull request');
  }
  return numbers.reverse();
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
