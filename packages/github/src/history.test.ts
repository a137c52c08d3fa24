import { describe, expect, it } from '@jest/globals';
import {
  ADMIN_TOKEN,
  commit,
  person,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
  type World,
} from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { name } from '../test/setup.ts';
import { readHistory } from './history.ts';

const start = eachBench();

function world(change: (repository: Repository) => void = () => {}): World {
  const repository = sampleRepository();
  change(repository);
  return sampleWorld(repository);
}

async function history(from: World, to = sha('b1'), { tag = false } = {}) {
  const { api } = await start(from, { token: ADMIN_TOKEN });
  return readHistory(api, name, to, tag ? undefined : 'main');
}

const logins = ({ pushers }: Awaited<ReturnType<typeof history>>) => pushers.map(({ actor }) => actor.login);

function push(id: number, actor: string, from: string, to: string, more: object = {}) {
  return {
    ...{ id, actor, ref: 'refs/heads/main', before: sha(from), after: sha(to) },
    ...{ at: `2026-01-03T00:00:${String(id % 60).padStart(2, '0')}Z`, type: 'push' as const },
    ...more,
  };
}

describe('the last release', () => {
  it.each([
    ['of which the commit is the same', 'b1', {}],
    ['that is a prerelease', 'b0', { prerelease: true }],
    ['that is a draft', 'b0', { draft: true }],
    ['that is newer than the commit', 'f1', {}],
  ])('is not one %s', async (_what, at, kind) => {
    const from = world((repository) => {
      repository.commits.push(commit('f1', [sha('b1')], person('alice')));
      repository.tags['v2.0.0'] = sha(at);
      repository.releases.push({ id: 2, tag: 'v2.0.0', at: '2026-01-03T00:00:00Z', author: 'dave', ...kind });
    });
    // Only who may write sees drafts.
    Object.assign(from.tokens[ADMIN_TOKEN]?.permissions ?? {}, { contents: 'write' });
    expect((await history(from)).since).toEqual({ tag: 'v1.0.0', sha: sha('a1') });
  });

  it('may be on a branch of its own, which the commit left', async () => {
    const from = world((repository) => {
      repository.commits.push(commit('f1', [sha('b0')], person('erin')));
      repository.tags['v1.0.1'] = sha('f1');
      repository.releases.push({ id: 2, tag: 'v1.0.1', at: '2026-01-03T00:00:00Z', author: 'dave' });
    });
    const result = await history(from);
    expect(result.since?.tag).toBe('v1.0.1');
    expect(result.commits.map((entry) => entry.sha)).toEqual([sha('b1')]);
  });

  it('is looked for on every page', async () => {
    const from = world((repository) => {
      for (let id = 2; id < 150; id += 1) {
        repository.tags[`v1.1.0-rc${id}`] = sha('b0');
        const at = '2026-01-03T00:00:00Z';
        repository.releases.push({ id, tag: `v1.1.0-rc${id}`, at, author: 'dave', prerelease: true });
      }
    });
    expect((await history(from)).since?.tag).toBe('v1.0.0');
  });

  it('where there is none, every commit counts, on every page', async () => {
    const from = world((repository) => {
      repository.releases = [];
      let parent = sha('b1');
      for (let index = 0; index < 220; index += 1) {
        const next = commit((0x10000 + index).toString(16).padStart(8, '0'), [parent], person('alice'));
        repository.commits.push(next);
        parent = next.sha;
      }
      repository.branches.main = parent;
    });
    const result = await history(from, from.repositories[0]?.branches.main);
    expect(result.since).toBeUndefined();
    expect(result.commits).toHaveLength(223);
  });
});

describe('who pushed since', () => {
  it('is who pushed commits to the branch, by force too, but not who merged or deleted', async () => {
    const from = world((repository) => {
      repository.commits.push(commit('f1', [sha('b1')], person('alice')));
      repository.commits.push(commit('f2', [sha('f1')], person('alice')));
      repository.activities.push(
        push(60, 'erin', 'b1', 'f1'),
        push(61, 'mallory', 'f1', 'f2', { type: 'force_push' }),
        push(62, 'carol', 'b1', 'f2', { type: 'merge_queue_merge' }),
        push(63, 'dave', 'f1', 'f2', { type: 'branch_deletion' }),
        // Not part of what is released.
        push(64, 'dave', 'f2', 'c2'),
      );
    });
    expect(logins(await history(from, sha('f2'))).sort()).toEqual(['erin', 'mallory']);
  });

  it('is nobody who pushed what the last release already had, however long ago', async () => {
    const from = world((repository) => {
      repository.activities.push(push(1, 'mallory', '00', 'a1', { at: '2025-01-01T00:00:00Z' }));
    });
    expect(logins(await history(from))).toEqual([]);
  });

  it('is nobody of the branch for a tag', async () => {
    const from = world((repository) => {
      repository.activities.push(push(60, 'erin', 'a1', 'b1'));
    });
    expect(logins(await history(from))).toEqual(['erin']);
    expect(logins(await history(from, sha('b1'), { tag: true }))).toEqual([]);
  });

  it('is known of a deleted fork only by its commits', async () => {
    const from = world(({ pulls }) => Object.assign(pulls[0] ?? {}, { headRepository: undefined }));
    const result = await history(from);
    expect(result.pulls).toEqual([{ number: 6, author: { login: 'bob', type: 'User' } }]);
    expect(logins(result)).toEqual([]);
  });
});
