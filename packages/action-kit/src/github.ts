// Loaded where it is used: with its HTTP client it is the largest part of an action's start.
import type { getOctokit } from '@actions/github';
import { type Log, UserError } from '@golden-image/host';

/** GitHub's client for this job: for the server that `GITHUB_API_URL` names, through the runner's proxy. */
export type GitHubClient = ReturnType<typeof getOctokit>;

/** The workflow run that this process is a step of. */
export interface WorkflowRun {
  readonly repository: { readonly owner: string; readonly repo: string };
  readonly runId: number;
  /** 1 for the first. */
  readonly runAttempt: number;
  readonly eventName: string;
  /** Full ref. */
  readonly ref: string;
  readonly sha: string;
  /** The event as GitHub sent it. */
  readonly payload: unknown;
}

/**
 * An authenticated client.
 *
 * @param log gets octokit's warnings, e.g. of deprecated endpoints
 */
export async function githubClient(token: string, log: Log): Promise<GitHubClient> {
  const { getOctokit } = await import('@actions/github');
  const show = (message: string): void => log.debug(`octokit: ${message}`);
  return getOctokit(token, {
    userAgent: 'golden-image-actions',
    log: { debug: () => {}, info: () => {}, warn: show, error: show },
  });
}

/** What the runner says of this run; undefined outside GitHub Actions. */
export async function workflowRun(): Promise<WorkflowRun | undefined> {
  if (!process.env.GITHUB_REPOSITORY) {
    return undefined;
  }
  const { context } = await import('@actions/github');
  const { owner, repo } = context.repo;
  if (!owner || !repo) {
    throw new UserError(`GITHUB_REPOSITORY is ${JSON.stringify(process.env.GITHUB_REPOSITORY)}`, {
      code: 'invalid-environment',
      fix: 'It names the repository as owner/name; GitHub Actions sets it.',
    });
  }
  const { runId, runAttempt, eventName = '', ref = '', sha = '', payload } = context;
  return { repository: { owner, repo }, runId, runAttempt: runAttempt || 1, eventName, ref, sha, payload };
}
