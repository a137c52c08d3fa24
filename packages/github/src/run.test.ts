import { describe, expect, it } from '@jest/globals';
import { type Repository, sampleRepository, sampleWorld, sha } from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { context, name } from '../test/setup.ts';
import { runFacts } from './run.ts';

const start = eachBench();
type Run = Repository['runs'][number];

async function run(change: Partial<Run> = {}, attempt = 1, body?: string) {
  const repository = sampleRepository();
  repository.runs.push({
    id: 77,
    attempt,
    headSha: sha('c2'),
    headBranch: 'topic',
    createdAt: '2026-01-03T02:00:00Z',
    event: 'pull_request',
    actor: 'alice',
    triggeringActor: 'bob',
    jobs: [],
    approvals: [],
    ...change,
  });
  const { api, ports, github } = await start(sampleWorld(repository));
  if (body !== undefined) {
    github.fault({ kind: 'status', status: 200, body, match: /jobs/ });
  }
  return runFacts(api, context({ runAttempt: attempt }), ports);
}

describe('a run', () => {
  it('has who started it, who started this attempt, and when it began', async () => {
    const [fact] = await run({}, 2);
    expect(fact).toMatchObject({
      kind: 'run',
      status: 'pass',
      value: {
        id: 77,
        attempt: 2,
        event: 'pull_request',
        repository: `${name.owner}/${name.repo}`,
        ref: 'refs/pull/7/merge',
        sha: sha('ee'),
        createdAt: '2026-01-03T02:00:00Z',
        actor: { login: 'alice', type: 'User' },
        triggeringActor: { login: 'bob', type: 'User' },
      },
    });
  });

  it('has all of its jobs, on every page, and what came of those that ended', async () => {
    const jobs = Array.from({ length: 120 }, (_, index) => ({
      name: `job ${index}`,
      conclusion: index === 119 ? null : index === 118 ? ('skipped' as const) : ('success' as const),
    }));
    const [, fact] = await run({ jobs }, 3);
    expect(fact).toMatchObject({ kind: 'jobs', status: 'pass', value: { length: 120 } });
    const value = (fact as { value: readonly object[] }).value;
    expect(value.slice(-3)).toEqual([
      { name: 'job 117', attempt: 3, conclusion: 'success' },
      { name: 'job 118', attempt: 3, conclusion: 'skipped' },
      { name: 'job 119', attempt: 3 },
    ]);
  });

  it('of which GitHub lists only some jobs has unknown jobs: one left out may have failed', async () => {
    const [, fact] = await run({}, 1, '{"total_count": 2, "jobs": []}');
    expect(fact).toMatchObject({ status: 'unknown', detail: 'GitHub gave 0 of 2 jobs' });
  });

  it('that GitHub does not know, or not this attempt of it, is unknown', async () => {
    const repository = sampleRepository();
    const { api, ports } = await start(sampleWorld(repository));
    const facts = await runFacts(api, context(), ports);
    expect(facts.map(({ status }) => status)).toEqual(['unknown', 'unknown']);
  });
});
