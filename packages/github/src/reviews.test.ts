import { describe, expect, it } from '@jest/globals';
import {
  commit,
  person,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
} from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { name } from '../test/setup.ts';
import { reviewsOf } from './reviews.ts';

const start = eachBench();
type Pull = Repository['pulls'][number];
type Given = Pull['reviews'][number];
type Files = Pull['files'];

const asked = { ...name, number: 7, baseSha: sha('b1'), headSha: sha('c2') };
const given = (more: Partial<Given> = {}): Given => ({
  ...{ id: 1, login: 'bob', state: 'APPROVED' as const, commit: sha('c2'), at: '2026-01-03T00:00:00Z' },
  ...more,
});

async function pull(change: Partial<Pull>) {
  const repository = sampleRepository();
  Object.assign(repository.pulls[1] ?? {}, change);
  const bench = await start(sampleWorld(repository));
  return { ...bench, reviews: () => reviewsOf(bench.api, asked) };
}

const list = async (reviews: Given[]) => (await pull({ reviews })).reviews();

describe('reviews', () => {
  it('are all, oldest first, whatever order GitHub has them in', async () => {
    const many = Array.from({ length: 150 }, (_, index) =>
      given({ id: index, at: new Date(Date.parse('2026-01-03T00:00:00Z') - index * 1000).toISOString() }),
    );
    const reviews = await list(many);
    expect(reviews.map(({ id }) => id)).toEqual(many.map(({ id }) => id).reverse());
  });

  it.each(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED'] as const)(
    'say what was meant, %s, of which commit, by whom, who may do what',
    async (state) => {
      expect(await list([given({ state, login: 'dave' })])).toEqual([
        {
          id: 1,
          author: { login: 'dave', type: 'User' },
          state,
          commit: sha('c2'),
          submittedAt: '2026-01-03T00:00:00Z',
          permission: 'maintain',
        },
      ]);
    },
  );

  it('of a bot and of a deleted account have nobody whose permission could be asked for', async () => {
    const from = await pull({
      reviews: [
        given({ login: 'helper[bot]' }),
        given({ id: 2, login: undefined, at: '2026-01-04T00:00:00Z' }),
      ],
    });
    const [bot, ghost] = await from.reviews();
    expect(bot).toMatchObject({ author: { login: 'helper', type: 'Bot' } });
    expect(ghost?.author).toEqual({ type: 'unknown', name: 'a deleted account' });
    expect([bot, ghost].some((review) => review !== undefined && 'permission' in review)).toBe(false);
    expect(from.github.requests.filter((request) => request.includes('permission'))).toEqual([]);
  });
});

describe('an approval of an older commit', () => {
  const file = (more: object = {}): Files[number] => ({
    ...{ filename: 'a.ts', status: 'modified' as const, additions: 1, deletions: 0 },
    ...{ patch: '@@ -1,2 +1,3 @@\n a\n+b\n c' },
    ...more,
  });
  const binary = (sha1: string): Files[number] => {
    const { patch: _patch, ...rest } = file({ filename: 'logo.png', additions: 0, sha: sha1 });
    return rest;
  };
  const stale = async (then: Files, now: Files, state: Given['state'] = 'APPROVED') => {
    const from = await pull({
      files: now,
      filesAt: { [sha('c1')]: then },
      reviews: [given({ state, commit: sha('c1') })],
    });
    const [review] = await from.reviews();
    return { review, requests: from.github.requests };
  };

  const cases: readonly (readonly [string, Files, Files, boolean])[] = [
    ['which only moved within the file', [file()], [file({ patch: '@@ -9,2 +9,3 @@\n a\n+b\n c' })], true],
    [
      'whose files stand in another order',
      [file(), file({ filename: 'b' })],
      [file({ filename: 'b' }), file()],
      true,
    ],
    ['which adds another line', [file()], [file({ patch: '@@ -1,2 +1,3 @@\n a\n+x\n c' })], false],
    ['which stands beside other lines', [file()], [file({ patch: '@@ -1,2 +1,3 @@\n z\n+b\n c' })], false],
    ['of another file', [file()], [file({ filename: 'b.ts' })], false],
    ['of a file more', [file()], [file(), file({ filename: 'b.ts' })], false],
    ['of a file that is new now', [file()], [file({ status: 'added' })], false],
    ['of a file that came from elsewhere', [file()], [file({ previous_filename: 'old.ts' })], false],
    ['of a binary file', [binary('1'.repeat(40))], [binary('1'.repeat(40))], true],
    ['of another binary file', [binary('1'.repeat(40))], [binary('2'.repeat(40))], false],
    [
      'with a line that looks like a header',
      [file({ patch: '@@ -1,2 +1,3 @@\n a\n+@@ -1 +1 @@\n c' })],
      [file({ patch: '@@ -1,2 +1,3 @@\n a\n+@@ -2 +2 @@\n c' })],
      false,
    ],
  ];
  it.each(cases)('%s: the same change or not', async (_what, then, now, same) => {
    expect((await stale(then, now)).review).toMatchObject({ commit: sha('c1'), sameChange: same });
  });

  const most = Array.from({ length: 300 }, (_, index) => file({ filename: `f/${index}` }));
  it.each([
    ['without files', [], []],
    ['without files then', [], [file()]],
    ['with more files than GitHub lists', most, most],
  ])('%s: that cannot be told', async (_what, then, now) => {
    expect('sameChange' in ((await stale(then, now)).review ?? {})).toBe(false);
  });

  it('that is gone: that cannot be told', async () => {
    const [review] = await list([given({ commit: sha('99') })]);
    expect(review?.commit).toBe(sha('99'));
    expect('sameChange' in (review ?? {})).toBe(false);
  });

  it('is compared only where it counts', async () => {
    expect((await stale([file()], [file()], 'CHANGES_REQUESTED')).requests.join()).not.toContain('compare');
    const from = await pull({ reviews: [given()] });
    await from.reviews();
    expect(from.github.requests.join()).not.toContain('compare');
  });

  it('is compared with the whole change, not with what came after', async () => {
    const repository = sampleRepository();
    repository.commits.push(commit('c3', [sha('c2')], person('alice')));
    Object.assign(repository.pulls[1] ?? {}, { reviews: [given({ commit: sha('c1') })] });
    const { api, github } = await start(sampleWorld(repository));
    await reviewsOf(api, { ...asked, headSha: sha('c3') });
    const compared = github.requests.filter((request) => request.includes('compare'));
    expect(compared.map((request) => /compare\/(\w{4})\w+\.\.\.(\w{4})/.exec(request)?.slice(1))).toEqual([
      ['b1b1', 'c1c1'],
      ['b1b1', 'c3c3'],
    ]);
  });
});
