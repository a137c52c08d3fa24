import { createHash } from 'node:crypto';
import { type Fact, type FactOf, ownerTeams, parseCodeOwners } from '@golden-image/policy';
import { type GitHubApi, PAGE, type RepositoryName } from './api.ts';
import { changedLines } from './changed-lines.ts';
import { compare, describeCommits } from './commits.ts';
import { codeOwnersErrors, readCodeOwners, readText } from './content.ts';
import { type RunContext, subjectOf } from './context.ts';
import { Incomplete } from './failure.ts';
import { pullsOfGroup } from './merge-group.ts';
import { type ObservePorts, observe } from './observe.ts';
import { personOf } from './people.ts';
import { pushersOf } from './pushers.ts';
import { reviewsOf } from './reviews.ts';
import { runFacts } from './run.ts';
import { teamFacts } from './teams.ts';

export interface MergeRequest {
  readonly context: RunContext;
  /** Path of the policy in the repository. */
  readonly policy: string;
  /** Teams that the policy names, `org/slug`; a function because the policy is read on the way. */
  readonly teams: (policyText: string) => readonly string[];
}

export interface MergeFacts {
  readonly facts: readonly Fact[];
  /** The policy as it is at the base, for the decision; undefined when it is not known. */
  readonly policyText: string | undefined;
}

type Change = NonNullable<FactOf<'change'>['value']>;

/** Observes a pull request, or all pull requests of a merge group, and everything that a decision on it needs. */
export async function collectMergeFacts(
  request: MergeRequest,
  api: GitHubApi,
  ports: ObservePorts,
): Promise<MergeFacts> {
  const { context } = request;
  const name = context.repository;
  const run = await runFacts(api, context, ports);
  const change = await observe(
    { kind: 'change' },
    `the event ${context.eventName}`,
    () => readChange(api, context),
    ports,
  );
  if (!change.value) {
    return { facts: [...run, change], policyText: undefined };
  }
  const { baseSha, pulls } = change.value;
  const policy = await readPolicy(api, name, request.policy, baseSha, ports);
  const owners = await codeOwnersFact(api, name, baseSha, change.value.base, ports);
  const pullFacts: Fact[] = [];
  for (const pull of pulls) {
    pullFacts.push(...(await pullRequestFacts(api, name, pull, ports)));
  }
  const lines = await observe(
    { kind: 'changed-lines' },
    `GET /repos/${name.owner}/${name.repo}/compare/${baseSha}...${context.sha}`,
    () => changedLines(api, name, baseSha, context.sha),
    ports,
  );
  const named = policy.text === undefined ? [] : request.teams(policy.text);
  const owning = ownerTeams(parseCodeOwners(owners.value?.text ?? ''));
  const teams = await teamFacts(api, [...named, ...owning], ports);
  return {
    facts: [...run, change, policy.fact, owners, ...pullFacts, lines, ...teams],
    policyText: policy.text,
  };
}

async function readChange(api: GitHubApi, context: RunContext): Promise<Change> {
  const subject = subjectOf(context);
  if (subject.kind === 'none') {
    throw new Incomplete(subject.reason);
  }
  if (subject.kind === 'merge-group') {
    const { base, baseSha, headSha } = subject;
    const pulls = await pullsOfGroup(api, context.repository, subject);
    return { via: 'merge-group', base, baseSha, headSha, pulls };
  }
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  const { data } = await api.request(route, { ...context.repository, pull_number: subject.number });
  return {
    via: 'pull-request',
    base: data.base.ref,
    baseSha: data.base.sha,
    headSha: subject.headSha,
    pulls: [subject.number],
  };
}

async function readPolicy(
  api: GitHubApi,
  name: RepositoryName,
  path: string,
  commit: string,
  ports: ObservePorts,
): Promise<{ readonly fact: Fact; readonly text: string | undefined }> {
  let text: string | undefined;
  const look = async () => {
    text = await readText(api, name, path, commit);
    if (text === undefined) {
      throw new Incomplete(`the base has no ${path}`);
    }
    return { path, commit, sha256: createHash('sha256').update(text).digest('hex') };
  };
  const source = `GET /repos/${name.owner}/${name.repo}/contents/${path}?ref=${commit}`;
  const fact = await observe({ kind: 'policy' }, source, look, ports);
  return { fact, text };
}

function codeOwnersFact(
  api: GitHubApi,
  name: RepositoryName,
  commit: string,
  branch: string,
  ports: ObservePorts,
): Promise<FactOf<'code-owners'>> {
  const look = async () => {
    const file = await readCodeOwners(api, name, commit);
    return file
      ? { path: file.path, text: file.text, errors: await codeOwnersErrors(api, name, branch) }
      : { errors: [] };
  };
  const source = `GET /repos/${name.owner}/${name.repo}/contents/.github/CODEOWNERS?ref=${commit}`;
  return observe({ kind: 'code-owners' }, source, look, ports);
}

/** The facts of one pull request; each one fails by itself. */
async function pullRequestFacts(
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
