import { afterEach, describe, expect, it } from '@jest/globals';
import { commit, person, sha, type World, webFlow } from '../../../test/fake-github/src/index.ts';
import { closeBench, collect, fact, world } from '../test/merge-world.ts';
import type { RunContext } from './context.ts';

afterEach(closeBench);

describe('a merge group', () => {
  /** Pull requests 7, 8 and 9 in the queue; the group is the three of them. */
  function queued(): World {
    return world((repository) => {
      const [, seven] = repository.pulls;
      for (const number of [8, 9]) {
        const id = `${number}${number}`;
        repository.commits.push(commit(id, [sha('b1')], person(number === 8 ? 'carol' : 'dave')));
        repository.branches[`topic-${number}`] = sha(id);
        repository.activities.push({
          id: number * 10,
          actor: number === 8 ? 'carol' : 'dave',
          ref: `refs/heads/topic-${number}`,
          before: sha('00'),
          after: sha(id),
          at: '2026-01-02T00:00:00Z',
          type: 'branch_creation',
        });
        if (seven) {
          const author = number === 8 ? 'carol' : 'dave';
          repository.pulls.push({ ...seven, number, author, headRef: `topic-${number}`, headSha: sha(id) });
        }
      }
      repository.commits.push(
        commit('d7', [sha('b1'), sha('c2')], webFlow),
        commit('d8', [sha('d7'), sha('88')], webFlow),
        commit('d9', [sha('d8'), sha('99')], webFlow),
      );
      repository.mergeQueue = [
        { number: 7, headSha: sha('d7'), baseSha: sha('b1'), position: 1 },
        { number: 8, headSha: sha('d8'), baseSha: sha('d7'), position: 2 },
        { number: 9, headSha: sha('d9'), baseSha: sha('d8'), position: 3 },
      ];
    });
  }
  const group = (baseSha = sha('b1'), headSha = sha('d9')): Partial<RunContext> => ({
    eventName: 'merge_group',
    sha: headSha,
    payload: {
      merge_group: { base_ref: 'refs/heads/main', base_sha: baseSha, head_sha: headSha, head_ref: 'x' },
    },
  });

  it('has the facts of each of its pull requests', async () => {
    const result = await collect(queued(), { run: group() });
    expect(fact(result, 'change').value).toEqual({
      via: 'merge-group',
      base: 'main',
      baseSha: sha('b1'),
      headSha: sha('d9'),
      pulls: [7, 8, 9],
    });
    const commits = result.facts.filter((entry) => entry.kind === 'commits');
    expect(commits.map((entry) => [entry.pull, entry.value?.at(-1)?.author.login])).toEqual([
      [7, 'alice'],
      [8, 'carol'],
      [9, 'dave'],
    ]);
  });

  it('may begin after another group', async () => {
    const result = await collect(queued(), { run: group(sha('d7')) });
    expect(fact(result, 'change').value?.pulls).toEqual([8, 9]);
  });

  it('that lost an entry is unknown', async () => {
    const from = queued();
    from.repositories[0]?.mergeQueue.splice(1, 1);
    const result = await collect(from, { run: group() });
    expect(fact(result, 'change')).toMatchObject({
      status: 'unknown',
      detail: expect.stringMatching(/is of pull request 8, which the merge queue of main does not have/),
    });
  });

  it('that the queue has no more is unknown', async () => {
    const from = queued();
    from.repositories[0]?.mergeQueue.pop();
    const result = await collect(from, { run: group() });
    expect(fact(result, 'change')).toMatchObject({
      status: 'unknown',
      detail: expect.stringMatching(/no entry for d9d9d9d9d9d9 any more/),
    });
  });

  it('is found in a queue of several pages', async () => {
    const from = queued();
    const [repository] = from.repositories;
    const seven = repository?.pulls[1];
    for (let number = 1000; repository && seven && number < 1120; number += 1) {
      repository.pulls.push({ ...seven, number });
      const headSha = number.toString(16).padStart(40, '0');
      repository.mergeQueue.push({ number, headSha, baseSha: sha('d9'), position: number - 2000 });
    }
    // 7 is on the second page, after all of those.
    const result = await collect(from, { run: group(sha('d7')) });
    expect(fact(result, 'change').value?.pulls).toEqual([8, 9]);
  });

  it('is not the ones behind it', async () => {
    const result = await collect(queued(), { run: group(sha('b1'), sha('d8')) });
    expect(fact(result, 'change').value?.pulls).toEqual([7, 8]);
  });

  it('with an entry whose pull request is not shown is unknown', async () => {
    const from = queued();
    Object.assign(from.repositories[0]?.mergeQueue[1] ?? {}, { number: 404 });
    expect(fact(await collect(from, { run: group() }), 'change')).toMatchObject({
      status: 'unknown',
      detail: 'the merge queue of main does not name all pull requests of the group',
    });
  });

  it('of a branch without a queue is unknown', async () => {
    const run = group();
    Object.assign((run.payload as { merge_group: object }).merge_group, { base_ref: 'refs/heads/topic' });
    expect(fact(await collect(queued(), { run }), 'change')).toMatchObject({
      status: 'unknown',
      detail: 'the branch topic has no merge queue, or the token may not see it',
    });
  });

  it('may hold commits that two of its pull requests share', async () => {
    const from = queued();
    const [repository] = from.repositories;
    const nine = repository?.pulls.find((pull) => pull.number === 9);
    // A stacked pull request, that nobody queued.
    repository?.pulls.push({ ...(nine as NonNullable<typeof nine>), number: 10 });
    const result = await collect(from, { run: group() });
    expect(fact(result, 'change').value?.pulls).toEqual([7, 8, 9]);
  });
});
