import type { Commit, Person } from '@golden-image/policy';
import { type GitHubApi, PAGE, type RepositoryName } from './api.ts';
import { Incomplete } from './failure.ts';
import { type GitActor, personOfActor, personOfGitActor } from './people.ts';
import { queries } from './queries.ts';

/** What is between two commits. */
export interface Comparison {
  readonly status: 'ahead' | 'behind' | 'diverged' | 'identical';
  readonly baseSha: string;
  readonly commits: readonly ComparedCommit[];
  readonly files: readonly ComparedFile[];
}

export interface ComparedCommit {
  readonly sha: string;
  readonly nodeId: string;
  readonly parents: readonly string[];
}

export interface ComparedFile {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: string;
  /** Digest of its content. */
  readonly sha: string | null;
  readonly patch: string | undefined;
  /** Added and removed lines; 0 for a binary file. */
  readonly changes: number;
}

/** GitHub lists at most this many files of a comparison. */
export const LARGEST_FILE_LIST = 300;

/** More commits than this are not read: 100 requests. */
const MOST_COMMITS = 10_000;

/**
 * Compares `head` with the point where it left `base`: all commits, page by page.
 *
 * @param base a SHA, branch or tag
 * @throws Incomplete when not all commits come
 */
export async function compare(
  api: GitHubApi,
  name: RepositoryName,
  base: string,
  head: string,
): Promise<Comparison> {
  const commits: ComparedCommit[] = [];
  let files: readonly ComparedFile[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await api.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      ...name,
      basehead: `${base}...${head}`,
      per_page: PAGE,
      page,
    });
    commits.push(
      ...data.commits.map((commit) => ({
        sha: commit.sha,
        nodeId: commit.node_id,
        parents: commit.parents.flatMap((parent) => parent.sha ?? []),
      })),
    );
    if (page === 1) {
      refuseTooMany(data.total_commits);
      // Files stand on the first page only.
      files = (data.files ?? []).map((file) => ({
        path: file.filename,
        previousPath: file.previous_filename,
        status: file.status,
        sha: file.sha,
        patch: file.patch,
        changes: file.changes,
      }));
    }
    if (commits.length >= data.total_commits || data.commits.length === 0) {
      if (commits.length !== data.total_commits) {
        throw new Incomplete(`GitHub gave ${commits.length} of ${data.total_commits} commits`);
      }
      return { status: data.status, baseSha: data.base_commit.sha, commits, files };
    }
  }
}

export function refuseTooMany(count: number): void {
  if (count > MOST_COMMITS) {
    throw new Incomplete(`there are ${count} commits, more than the ${MOST_COMMITS} that are read`);
  }
}

/** A pull request that brought a commit. */
export interface CommitPull {
  readonly number: number;
  readonly author: Person;
  readonly headRef: string;
  readonly headRepository: RepositoryName | undefined;
  readonly mergedAt: string | undefined;
}

interface CommitNode {
  readonly __typename: string;
  readonly oid: string;
  readonly authors: { readonly totalCount: number; readonly nodes: readonly (GitActor | null)[] };
  readonly committer: GitActor | null;
  readonly signature: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
  readonly associatedPullRequests: {
    readonly totalCount: number;
    readonly nodes: readonly ({
      readonly number: number;
      readonly author: { readonly __typename: string; readonly login: string } | null;
      readonly headRefName: string;
      readonly headRepository: { readonly name: string; readonly owner: { readonly login: string } } | null;
      readonly mergedAt: string | null;
    } | null)[];
  } | null;
}

/** Everyone who had a hand in each commit, and the pull requests that brought it. */
export async function describeCommits(
  api: GitHubApi,
  compared: readonly Pick<ComparedCommit, 'sha' | 'nodeId'>[],
): Promise<{
  readonly commits: readonly Commit[];
  readonly pulls: readonly CommitPull[];
  /** SHA to numbers. */
  readonly pullsByCommit: ReadonlyMap<string, readonly number[]>;
}> {
  const commits: Commit[] = [];
  const pullsByCommit = new Map<string, readonly number[]>();
  const pulls = new Map<number, CommitPull>();
  for (let start = 0; start < compared.length; start += PAGE) {
    const part = compared.slice(start, start + PAGE);
    const { nodes } = await api.graphql<{ nodes: readonly (CommitNode | null)[] }>(queries.commits, {
      ids: part.map(({ nodeId }) => nodeId),
    });
    part.forEach(({ sha }, index) => {
      const node = nodes[index];
      if (node?.__typename !== 'Commit' || node.oid !== sha) {
        throw new Incomplete(`GitHub does not describe the commit ${sha}`);
      }
      commits.push(commitOf(node));
      const own = pullsOf(node);
      pullsByCommit.set(
        sha,
        own.map(({ number }) => number),
      );
      for (const pull of own) {
        pulls.set(pull.number, pull);
      }
    });
  }
  const sorted = [...pulls.values()].sort((a, b) => a.number - b.number);
  return { commits, pulls: sorted, pullsByCommit };
}

function commitOf({ oid, authors, committer, signature }: CommitNode): Commit {
  if (authors.nodes.length < authors.totalCount) {
    throw new Incomplete(`the commit ${oid} has ${authors.totalCount} authors, GitHub names fewer`);
  }
  const [author, ...coAuthors] = authors.nodes;
  return {
    sha: oid,
    author: personOfGitActor(author),
    coAuthors: coAuthors.map((entry) => personOfGitActor(entry)),
    committer: personOfGitActor(committer),
    signedByGitHub: signature?.isValid === true && signature.wasSignedByGitHub,
  };
}

function pullsOf({ oid, associatedPullRequests }: CommitNode): readonly CommitPull[] {
  const nodes = associatedPullRequests?.nodes ?? [];
  if (nodes.length < (associatedPullRequests?.totalCount ?? 0)) {
    throw new Incomplete(`the commit ${oid} belongs to more pull requests than GitHub names`);
  }
  return nodes.flatMap((pull) =>
    pull
      ? [
          {
            number: pull.number,
            author: personOfActor(pull.author),
            headRef: pull.headRefName,
            headRepository: pull.headRepository
              ? { owner: pull.headRepository.owner.login, repo: pull.headRepository.name }
              : undefined,
            mergedAt: pull.mergedAt ?? undefined,
          },
        ]
      : [],
  );
}
