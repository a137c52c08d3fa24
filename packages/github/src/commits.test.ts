import { describe, expect, it } from '@jest/globals';
import {
  commit,
  FORK_TOKEN,
  person,
  type Repository,
  sampleRepository,
  sampleWorld,
  sha,
  type World,
  webFlow,
} from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { name } from '../test/setup.ts';
import { compare, describeCommits } from './commits.ts';

const start = eachBench();
const all = (...ids: string[]) => ids.map((id) => ({ sha: sha(id), nodeId: `C_${sha(id)}` }));

function world(change: (repository: Repository) => void): World {
  const repository = sampleRepository();
  change(repository);
  return sampleWorld(repository);
}

/** Adds `count` commits on top of c2, and returns the last one's SHA. */
function grow(repository: Repository, count: number): string {
  let parent = sha('c2');
  for (let index = 0; index < count; index += 1) {
    const next = commit((0x10000 + index).toString(16).padStart(8, '0'), [parent], person('alice'));
    repository.commits.push(next);
    parent = next.sha;
  }
  return parent;
}

/** GitHub's answer to a comparison, as far as it is read. */
const answer = (total: number, listed: number): string =>
  JSON.stringify({
    status: 'ahead',
    total_commits: total,
    base_commit: { sha: sha('b1') },
    commits: Array.from({ length: listed }, () => ({ sha: sha('c1'), node_id: 'C_1', parents: [] })),
    files: [],
  });

describe('a comparison', () => {
  it('has every commit, and the files, which stand on the first page only', async () => {
    const from = world((repository) => {
      const [, pull] = repository.pulls;
      Object.assign(pull ?? {}, { headSha: grow(repository, 250) });
    });
    const head = from.repositories[0]?.pulls[1]?.headSha ?? '';
    const { api, github } = await start(from);
    const comparison = await compare(api, name, 'main', head);
    expect(comparison).toMatchObject({ status: 'ahead', baseSha: sha('b1') });
    expect(comparison.commits).toHaveLength(252);
    expect(new Set(comparison.commits.map((entry) => entry.sha)).size).toBe(252);
    expect(comparison.commits.at(-1)).toMatchObject({ sha: head, nodeId: `C_${head}` });
    expect(comparison.files.map(({ path }) => path)).toEqual(['hardening/ssh.yml']);
    expect(github.requests).toHaveLength(3);
  });

  it('ends with its last full page', async () => {
    const from = world((repository) => {
      repository.branches.topic = grow(repository, 98);
    });
    const { api, github } = await start(from);
    expect((await compare(api, name, 'main', 'topic')).commits).toHaveLength(100);
    expect(github.requests).toHaveLength(1);
  });

  it.each([
    ['fewer commits than there are', answer(3, 1), /GitHub gave 1 of 3 commits/],
    ['more commits than there are', answer(1, 2), /GitHub gave 2 of 1 commits/],
    ['more than anybody reads', answer(10_001, 100), /10001 commits, more than the 10000 that are read/],
  ])('with %s is refused', async (_what, body, message) => {
    const { api, github } = await start(sampleWorld());
    github.fault({ kind: 'status', status: 200, body, match: /page=1$/ });
    github.fault({ kind: 'status', status: 200, body: answer(3, 0), match: /page=2$/ });
    await expect(compare(api, name, sha('b1'), sha('c2'))).rejects.toThrow(message);
  });
});

describe('who had a hand in commits', () => {
  it('is asked for in portions that GitHub takes', async () => {
    const from = world((repository) => grow(repository, 150));
    const ids = from.repositories[0]?.commits.map((entry) => ({ sha: entry.sha, nodeId: `C_${entry.sha}` }));
    const { api, github } = await start(from);
    const { commits } = await describeCommits(api, ids ?? []);
    expect(commits.map((entry) => entry.sha)).toEqual(ids?.map((entry) => entry.sha));
    expect(github.requests).toHaveLength(2);
  });

  it.each([
    ['nothing', null],
    ['another commit', { __typename: 'Commit', oid: sha('c2') }],
    ['something else', { __typename: 'Tag', oid: sha('c1') }],
  ])('is not known where GitHub gives %s', async (_what, node) => {
    const { api, github } = await start(sampleWorld());
    const body = JSON.stringify({ data: { nodes: [node] } });
    github.fault({ kind: 'status', status: 200, body, match: /graphql/ });
    await expect(describeCommits(api, all('c1'))).rejects.toThrow(
      `GitHub does not describe the commit ${sha('c1')}`,
    );
  });

  it('is not known with more authors than GitHub names', async () => {
    const crowd = Array.from({ length: 101 }, (_, index) => ({
      name: `n${index}`,
      email: `${index}@x.test`,
    }));
    const { api } = await start(
      world(({ commits }) => Object.assign(commits[3] ?? {}, { authors: crowd.slice(0, 100) })),
    );
    expect((await describeCommits(api, all('c1'))).commits[0]?.coAuthors).toHaveLength(99);
    const more = await start(world(({ commits }) => Object.assign(commits[3] ?? {}, { authors: crowd })));
    await expect(describeCommits(more.api, all('c1'))).rejects.toThrow(/has 101 authors, GitHub names fewer/);
  });

  it.each([
    ["GitHub's own valid signature", { signedBy: 'github' }, true],
    ["GitHub's signature that does not hold", { signedBy: 'github', signatureValid: false }, false],
    ["somebody's own signature", { signedBy: 'user' }, false],
    ['no signature', {}, false],
  ] as const)('is GitHub by %s: %j, %s', async (_what, signature, expected) => {
    const { api } = await start(
      world(({ commits }) => Object.assign(commits[3] ?? {}, { committer: webFlow, ...signature })),
    );
    expect((await describeCommits(api, all('c1'))).commits[0]?.signedByGitHub).toBe(expected);
  });
});

describe('the pull requests that brought commits', () => {
  it('are named in order, with where they came from', async () => {
    const { api } = await start(sampleWorld());
    const { pulls, pullsByCommit } = await describeCommits(api, all('c2', 'b0', 'a1'));
    expect(pulls).toEqual([
      {
        number: 6,
        author: { login: 'bob', type: 'User' },
        headRef: 'older',
        headRepository: { owner: 'acme', repo: 'images' },
        mergedAt: '2026-01-02T00:00:00Z',
      },
      expect.objectContaining({ number: 7, headRef: 'topic', mergedAt: undefined }),
    ]);
    expect([...pullsByCommit]).toEqual([
      [sha('c2'), [7]],
      [sha('b0'), [6]],
      [sha('a1'), []],
    ]);
  });

  it('have no repository when their fork is gone', async () => {
    const { api } = await start(
      world(({ pulls }) => Object.assign(pulls[0] ?? {}, { headRepository: undefined })),
    );
    expect((await describeCommits(api, all('b0'))).pulls[0]?.headRepository).toBeUndefined();
  });

  it('are not known when there are more than GitHub names', async () => {
    const { api } = await start(
      world(({ pulls }) => {
        const [, seven] = pulls;
        for (let number = 8; seven && number < 28; number += 1) {
          pulls.push({ ...seven, number });
        }
      }),
    );
    await expect(describeCommits(api, all('c1'))).rejects.toThrow(/more pull requests than GitHub names/);
  });

  it('need a permission, without which nothing is known', async () => {
    const from = sampleWorld();
    delete from.tokens[FORK_TOKEN]?.permissions.pull_requests;
    const { api } = await start(from, { token: FORK_TOKEN });
    await expect(describeCommits(api, all('c1'))).rejects.toThrow(/not accessible/);
  });
});
