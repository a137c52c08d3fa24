import path from 'node:path';
import { asText, type JsonObject } from './json.ts';
import { TRACKING } from './orphans.ts';
import { architecture, type JobState, type StepContext, toolCache } from './run-state.ts';

/** Variables of the surrounding shell that belong to a runner, not to its user. */
const RUNNERS_OWN = /^(GITHUB_|RUNNER_|ACTIONS_|INPUT_|STATE_|npm_)/;

/**
 * The user's environment as steps inherit it: without a runner's variables and those that hold secrets.
 *
 * @param secrets names of variables whose values were given as secrets
 */
export function inheritedEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[],
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    ([name, value]) =>
      value !== undefined && !RUNNERS_OWN.test(name) && name !== 'NODE_OPTIONS' && !secrets.includes(name),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

/** The environment of a step's program. Default variables last: a step cannot replace them. */
export function stepEnvironment(
  step: StepContext,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const { job } = step;
  const env: Record<string, string> = {
    ...job.run.baseEnv,
    ...job.env,
    ...step.env,
    ...own,
    ...githubVariables(job, step),
  };
  if (job.path.length > 0) {
    env.PATH = [...job.path, env.PATH ?? ''].join(path.delimiter);
  }
  return env;
}

/** The entries of the `github` context that GitHub hands to programs. */
const EXPORTED = [
  ...['action', 'action_path', 'actor', 'api_url', 'base_ref', 'event_name', 'event_path', 'graphql_url'],
  ...[
    'head_ref',
    'job',
    'ref',
    'ref_name',
    'ref_type',
    'repository',
    'repository_owner',
    'run_attempt',
    'run_id',
  ],
  ...['run_number', 'server_url', 'sha', 'triggering_actor', 'workflow', 'workflow_ref', 'workflow_sha'],
];

function githubVariables(job: JobState, step: StepContext): Record<string, string> {
  const github = step.scope.contexts.github as JsonObject;
  const exported = EXPORTED.filter((name) => github[name] !== undefined).map((name) => [
    `GITHUB_${name.toUpperCase()}`,
    asText(github[name] ?? null),
  ]);
  return {
    ...(Object.fromEntries(exported) as Record<string, string>),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: job.workspace,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: architecture(),
    RUNNER_NAME: 'local-runner',
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_TEMP: job.temp,
    RUNNER_TOOL_CACHE: toolCache(job.run),
    RUNNER_WORKSPACE: job.folder,
    [TRACKING]: step.env[TRACKING] ?? job.trackingId,
    ...(job.run.debug ? { RUNNER_DEBUG: '1' } : {}),
  };
}
