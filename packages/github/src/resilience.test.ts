import { afterEach, describe, expect, it } from '@jest/globals';
import { sampleWorld, sha } from '../../../test/fake-github/src/index.ts';
import { type Bench, name, startBench } from '../test/setup.ts';
import { explain } from './failure.ts';
import { queries } from './queries.ts';

let bench: Bench;
afterEach(() => bench.github.close());

const ask = () => bench.api.request('GET /repos/{owner}/{repo}', name);
const comment = () =>
  bench.api.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    ...name,
    issue_number: 7,
    body: 'x',
  });
/** Milliseconds that the clock was made to wait. */
const waited = async (action: () => Promise<unknown>): Promise<number> => {
  const before = bench.ports.clock.monotonic();
  await action();
  return bench.ports.clock.monotonic() - before;
};

describe('waits out', () => {
  it('a secondary limit for as long as GitHub asks', async () => {
    bench = await startBench(sampleWorld());
    bench.github.fault({ kind: 'secondary-limit', retryAfter: 42, match: /./ });
    expect(await waited(ask)).toBe(42_000);
    expect(bench.ports.log.lines.join()).toMatch(/too many requests; GET .* again in 42 s/);
  });

  it('one with status 429, also of a request that changes something: it was not carried out', async () => {
    bench = await startBench(sampleWorld());
    bench.github.fault({ kind: 'secondary-limit', status: 429, retryAfter: 3, match: /^POST/ });
    expect(await waited(comment)).toBe(3_000);
    expect(bench.github.world.repositories[0]?.comments).toHaveLength(1);
  });

  it('the hourly limit until it ends', async () => {
    bench = await startBench(sampleWorld());
    const now = Date.now();
    bench.github.fault({ kind: 'primary-limit', resetIn: 120, match: /./ });
    // The fake's reset is by the real clock; ours stands.
    const skew = now - bench.ports.clock.now().getTime();
    await expect(ask()).rejects.toThrow(/rate limit is used up until 20\d\d-.*run the job again after that/);
    expect(skew).toBeGreaterThan(15 * 60_000);
  });

  it.each([500, 502, 503, 504])('status %i, longer each time', async (status) => {
    bench = await startBench(sampleWorld());
    bench.github.fault({ kind: 'status', status, match: /./, times: 3 });
    expect(await waited(ask)).toBe(7_000);
    expect(bench.github.requests).toHaveLength(4);
  });

  it.each(['reset', 'truncated', 'html'] as const)('an answer that is %s', async (kind) => {
    bench = await startBench(sampleWorld());
    bench.github.fault({ kind, match: /./ });
    const { data } = await ask();
    expect(data.full_name).toBe('acme/images');
    expect(bench.github.requests).toHaveLength(2);
  });

  it('an answer that does not come', async () => {
    bench = await startBench(sampleWorld(), { patience: { answerMs: 100, attempts: 3, waitMs: 60_000 } });
    bench.github.fault({ kind: 'slow', ms: 2_000, match: /./ });
    expect((await ask()).data.id).toBe(100);
  });

  it('faults of GraphQL, whose queries are safe to repeat', async () => {
    bench = await startBench(sampleWorld());
    bench.github.fault({ kind: 'status', status: 502, match: /graphql/ });
    bench.github.fault({
      kind: 'status',
      status: 200,
      body: '{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}',
      match: /graphql/,
    });
    bench.github.fault({
      kind: 'status',
      status: 200,
      body: '{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}',
      match: /graphql/,
    });
    const answer = await bench.api.graphql<{ nodes: { oid: string }[] }>(queries.commits, {
      ids: [`C_${sha('a1')}`],
    });
    expect(answer.nodes[0]?.oid).toBe(sha('a1'));
    expect(bench.github.requests).toHaveLength(4);
  });
});

describe('gives up', () => {
  it('after five attempts, with what GitHub said', async () => {
    bench = await startBench(sampleWorld());
    bench.github.fault({ kind: 'status', status: 502, match: /./, times: 100 });
    const error = await ask().catch((thrown: unknown) => thrown);
    expect(bench.github.requests).toHaveLength(5);
    expect(explain(error).detail).toBe('GET /repos/acme/images: GitHub answered 502: Server Error');
  });

  it('when all waits together are longer than is left', async () => {
    bench = await startBench(sampleWorld(), { patience: { answerMs: 1_000, attempts: 9, waitMs: 100_000 } });
    bench.github.fault({ kind: 'secondary-limit', retryAfter: 60, match: /./, times: 9 });
    await expect(ask()).rejects.toThrow(/rate limit/);
    expect(bench.github.requests).toHaveLength(2);
  });

  it('at once on what GitHub refuses', async () => {
    bench = await startBench(sampleWorld(), { token: 'wrong' });
    const error = await ask().catch((thrown: unknown) => thrown);
    expect(bench.github.requests).toHaveLength(1);
    expect(explain(error).detail).toMatch(/does not accept the token/);
  });

  it('and never sends a change twice whose answer got lost', async () => {
    bench = await startBench(sampleWorld());
    bench.github.fault({ kind: 'reset', match: /^POST/, afterEffect: true });
    await expect(comment()).rejects.toThrow();
    expect(bench.github.world.repositories[0]?.comments).toHaveLength(1);
  });

  it('when the job is cancelled, also while waiting', async () => {
    bench = await startBench(sampleWorld());
    bench.github.fault({ kind: 'status', status: 502, match: /./, times: 100 });
    const sleeping = { ...bench.ports.clock, sleep: async () => bench.cancel() };
    Object.assign(bench.ports.clock, sleeping);
    await expect(ask()).rejects.toThrow('cancelled');
    expect(bench.github.requests).toHaveLength(1);
  });
});

describe('GitHub Enterprise Server', () => {
  it('has REST below /api/v3 and GraphQL beside it', async () => {
    bench = await startBench(sampleWorld(), { prefix: '/api/v3' });
    expect((await ask()).data.id).toBe(100);
    await bench.api.graphql(queries.commits, { ids: [`C_${sha('a1')}`] });
    expect(bench.github.requests).toEqual(['GET /repos/acme/images', 'POST /graphql']);
    expect(bench.github.violations).toEqual([]);
  });
});
