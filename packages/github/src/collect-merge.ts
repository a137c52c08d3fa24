import { createHash } from 'node:crypto';
import { type Fact, type FactOf, ownerTeams, parseCodeOwners } from '@golden-image/policy';
import type { GitHubApi, RepositoryName } from './api.ts';
import { changedLines } from './changed-lines.ts';
import { codeOwnersErrors, readCodeOwners, readText } from './content.ts';
import { type RunContext, subjectOf } from './context.ts';
import { Incomplete } from './failure.ts';
import { pullsOfGroup } from './merge-group.ts';
import { type ObservePorts, observe } from './observe.ts';
import { pullRequestFacts } from './pull-facts.ts';
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
