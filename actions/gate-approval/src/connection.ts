import type { InputsOf } from '@golden-image/action-kit';
import { githubClient, type WorkflowRun, workflowRun } from '@golden-image/action-kit/github';
import { explain, type GitHubApi, makeResilient, upsertComment } from '@golden-image/github';
import { type Ports, UserError } from '@golden-image/host';
import type { definition } from './definition.ts';

type Inputs = Pick<InputsOf<typeof definition>, 'token' | 'mode'>;

export interface Connection {
  readonly api: GitHubApi;
  readonly run: WorkflowRun;
}

/** The API of the GitHub that this run is on, or undefined outside GitHub Actions and without a token. */
export async function connection(inputs: Inputs, ports: Ports): Promise<Connection | undefined> {
  const run = await workflowRun();
  // Outside GitHub nobody evaluates the default of the input.
  const token = inputs.token?.startsWith('${{') ? undefined : inputs.token;
  if (!run || !token) {
    return undefined;
  }
  const api = await githubClient(token, ports.log);
  makeResilient(api, ports);
  return { api, run };
}

/** @throws UserError `not-on-github`, `missing-token` */
export async function requireConnection(inputs: Inputs, ports: Ports): Promise<Connection> {
  const found = await connection(inputs, ports);
  if (!found) {
    throw (await workflowRun())
      ? new UserError(`The mode ${inputs.mode} needs the input token`, {
          code: 'missing-token',
          fix: 'Leave the input token as it is, or pass a token of a GitHub App.',
        })
      : new UserError(`The mode ${inputs.mode} works on GitHub only`, {
          code: 'not-on-github',
          fix: 'Run it in a workflow; GITHUB_REPOSITORY and GITHUB_API_URL say which repository and server.',
        });
  }
  return found;
}

/** Puts the report on the pull request. The token of a fork's pull request may not: then the summary has to do. */
export async function shareReport(
  { api, run }: Connection,
  pull: number,
  report: string,
  ports: Pick<Ports, 'log' | 'signal'>,
): Promise<void> {
  try {
    ports.log.info(`Report: ${await upsertComment(api, run.repository, pull, report)}`);
  } catch (error) {
    ports.signal.throwIfAborted();
    ports.log.notice(`The report could not be written as a comment: ${explain(error).detail}`);
  }
}
