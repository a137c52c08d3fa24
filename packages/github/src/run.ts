import type { Fact, FactOf } from '@golden-image/policy';
import { type GitHubApi, PAGE } from './api.ts';
import type { RunContext } from './context.ts';
import { Incomplete } from './failure.ts';
import { type ObservePorts, observe } from './observe.ts';
import { personOf } from './people.ts';

type Run = NonNullable<FactOf<'run'>['value']>;

/** The run and its jobs. */
export async function runFacts(
  api: GitHubApi,
  context: RunContext,
  ports: ObservePorts,
): Promise<readonly Fact[]> {
  const { repository, runId, runAttempt } = context;
  const at = `/repos/${repository.owner}/${repository.repo}/actions/runs/${runId}`;
  return [
    await observe({ kind: 'run' }, `GET ${at}`, () => readRun(api, context), ports),
    await observe(
      { kind: 'jobs' },
      `GET ${at}/attempts/${runAttempt}/jobs`,
      () => readJobs(api, context),
      ports,
    ),
  ];
}

async function readRun(api: GitHubApi, context: RunContext): Promise<Run> {
  const { repository, runId, runAttempt, eventName, ref, sha } = context;
  const { data } = await api.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
    ...repository,
    run_id: runId,
  });
  return {
    id: runId,
    attempt: runAttempt,
    event: eventName,
    repository: `${repository.owner}/${repository.repo}`,
    ref,
    sha,
    createdAt: data.created_at,
    actor: personOf(data.actor),
    ...(data.triggering_actor ? { triggeringActor: personOf(data.triggering_actor) } : {}),
  };
}

async function readJobs(
  api: GitHubApi,
  { repository, runId, runAttempt }: RunContext,
): Promise<NonNullable<FactOf<'jobs'>['value']>> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs';
  const jobs: NonNullable<FactOf<'jobs'>['value']> = [];
  let total = 0;
  for await (const { data } of api.paginate.iterator(route, {
    ...repository,
    run_id: runId,
    attempt_number: runAttempt,
    per_page: PAGE,
  })) {
    total = Math.max(total, (data as { total_count?: number }).total_count ?? 0);
    jobs.push(
      ...data.map(({ name, run_attempt, conclusion }) => ({
        name,
        attempt: run_attempt ?? runAttempt,
        ...(conclusion === null ? {} : { conclusion }),
      })),
    );
  }
  if (jobs.length < total) {
    throw new Incomplete(`GitHub gave ${jobs.length} of ${total} jobs`);
  }
  return jobs;
}
