import type { Fact, FactOf } from '@golden-image/policy';
import { type GitHubApi, PAGE, type RepositoryName } from './api.ts';
import { compare, describeCommits } from './commits.ts';
import { Incomplete } from './failure.ts';
import { type ObservePorts, observe } from './observe.ts';
import { personOf } from './people.ts';
import { pushersOf } from './pushers.ts';
import { reviewsOf } from './reviews.ts';

/** The facts of one pull request; each one fails by itself. */
export async function pullRequestFacts(
  api: GitHubApi,
  name: RepositoryName,
  number: number,
  ports: ObservePorts,
): Promise<readonly Fact[]> {
  const at = `GET /repos/${name.owner}/${name.repo}/pulls/${number}`;
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  const read = async () => (await api.request(route, { ...name, pull_number: number })).data;
  let known: Awaited<ReturnType<typeof read>> | undefined;
  const fact = await observe(
    { kind: 'pull-request', pull: number },
    at,
    async () => {
      known = await read();
      const head = known.head.repo;
      return {
        title: known.title,
        url: known.html_url,
        author: personOf(known.user),
        state: known.merged ? ('merged' as const) : known.state,
        draft: known.draft ?? false,
        base: known.base.ref,
        headSha: known.head.sha,
        fork: head?.full_name?.toLowerCase() !== `${name.owner}/${name.repo}`.toLowerCase(),
      };
    },
    ports,
  );
  const pull = (): Awaited<ReturnType<typeof read>> => {
    if (!known) {
      throw new Incomplete(`the pull request ${number} is not known: ${fact.detail ?? ''}`);
    }
    return known;
  };
  const commits = async () => {
    const { base, head } = pull();
    const { commits: compared } = await compare(api, name, base.sha, head.sha);
    return [...(await describeCommits(api, compared)).commits];
  };
  const pushers = async () => {
    const { head } = pull();
    if (!head.repo) {
      throw new Incomplete(`the fork of pull request ${number} was deleted: nobody knows who pushed to it`);
    }
    const { owner, name: repo } = head.repo;
    return pushersOf(api, { owner: owner.login, repo }, head.ref, head.sha);
  };
  const reviews = async () => {
    const { base, head } = pull();
    return reviewsOf(api, { ...name, number, baseSha: base.sha, headSha: head.sha });
  };
  return [
    fact,
    await observe(
      { kind: 'commits', pull: number },
      `${at}, compared with its base, and GraphQL`,
      commits,
      ports,
    ),
    await observe({ kind: 'pushers', pull: number }, 'GET …/activity of its branch', pushers, ports),
    await observe({ kind: 'reviews', pull: number }, `${at}/reviews`, reviews, ports),
    await observe({ kind: 'files', pull: number }, `${at}/files`, () => filesOf(api, name, pull()), ports),
  ];
}

async function filesOf(
  api: GitHubApi,
  name: RepositoryName,
  pull: { readonly number: number; readonly changed_files: number },
): Promise<NonNullable<FactOf<'files'>['value']>> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
  const listed = await api.paginate(route, { ...name, pull_number: pull.number, per_page: PAGE });
  if (listed.length < pull.changed_files) {
    throw new Incomplete(`GitHub lists ${listed.length} of ${pull.changed_files} changed files`);
  }
  return listed.map(({ filename, previous_filename, status }) => ({
    path: filename,
    ...(previous_filename === undefined ? {} : { previousPath: previous_filename }),
    status,
  }));
}
