import { afterEach, describe, expect, it } from '@jest/globals';
import { FORK_TOKEN, sampleWorld } from '../../../test/fake-github/src/index.ts';
import { type Bench, name, startBench } from '../test/setup.ts';
import { upsertComment } from './comment.ts';

let bench: Bench;
afterEach(async () => {
  expect(bench.github.violations).toEqual([]);
  await bench.github.close();
});

const comments = () => bench.github.world.repositories[0]?.comments ?? [];

describe('the report as a comment', () => {
  it('is one comment, whatever the number of runs and of other comments', async () => {
    bench = await startBench(sampleWorld());
    for (let id = 1; id <= 150; id += 1) {
      comments().push({ id, issue: 7, login: 'bob', body: 'hello', at: '2026-01-02T00:00:00Z' });
    }
    await upsertComment(bench.api, name, 7, 'first');
    await upsertComment(bench.api, name, 7, 'second');
    expect(comments()).toHaveLength(151);
    expect(comments().at(-1)?.body).toMatch(/^<!-- .* -->\nsecond$/);
  });

  it('leaves a comment of somebody else alone that has the marker', async () => {
    bench = await startBench(sampleWorld());
    await upsertComment(bench.api, name, 7, 'x');
    const [own] = comments();
    comments().splice(0, 1, { ...(own as NonNullable<typeof own>), login: 'mallory' });
    await upsertComment(bench.api, name, 7, 'y');
    expect(comments().map(({ login }) => login)).toEqual(['mallory', 'github-actions[bot]']);
  });

  it('that is too long for GitHub is cut at a line', async () => {
    bench = await startBench(sampleWorld());
    await upsertComment(bench.api, name, 7, `${'a line of the report\n'.repeat(5000)}`);
    expect(comments()[0]?.body.length).toBeLessThan(65_536);
    expect(comments()[0]?.body).toMatch(/report\n\n… The rest is in the job summary\.$/);
  });

  it('of a fork is refused', async () => {
    bench = await startBench(sampleWorld(), { token: FORK_TOKEN });
    await expect(upsertComment(bench.api, name, 7, 'x')).rejects.toMatchObject({ status: 403 });
  });
});
