import type { Fact } from '@golden-image/policy';
import type { GitHubApi } from './api.ts';
import type { RunContext } from './context.ts';
import { readApprovals, readEnvironment } from './environments.ts';
import { readHistory } from './history.ts';
import { type ObservePorts, observe } from './observe.ts';
import { runFacts } from './run.ts';
import { teamFacts } from './teams.ts';

export interface DeploymentRequest {
  readonly context: RunContext;
  readonly environment: string;
  /** Teams that the policy names, `org/slug`. */
  readonly teams: readonly string[];
}

/** Observes what GitHub knows of a release: the run, its environment, who approved it, and who contributed to it. */
export async function collectDeploymentFacts(
  request: DeploymentRequest,
  api: GitHubApi,
  ports: ObservePorts,
): Promise<readonly Fact[]> {
  const { context, environment } = request;
  const name = context.repository;
  const at = `GET /repos/${name.owner}/${name.repo}`;
  const configured = await observe(
    { kind: 'environment', environment },
    `${at}/environments/${environment}`,
    async () => {
      const { waitTimer: _waitTimer, ...value } = await readEnvironment(api, name, environment);
      return value;
    },
    ports,
  );
  const reviewers = configured.value?.reviewers ?? [];
  const branch = /^refs\/heads\/(.+)$/.exec(context.ref)?.[1];
  return [
    ...(await runFacts(api, context, ports)),
    configured,
    await observe(
      { kind: 'deployment-approvals' },
      `${at}/actions/runs/${context.runId}/approvals`,
      () => readApprovals(api, name, context.runId),
      ports,
    ),
    await observe(
      { kind: 'history' },
      `${at}/compare of the last release with ${context.sha.slice(0, 12)}`,
      () => readHistory(api, name, context.sha, branch),
      ports,
    ),
    ...(await teamFacts(
      api,
      [...request.teams, ...reviewers.flatMap((entry) => (entry.type === 'Team' ? [entry.name] : []))],
      ports,
    )),
  ];
}
