import type { Fact, FactOf } from '@golden-image/policy';
import { parseFacts } from '@golden-image/policy';
import { afterEach, describe, expect, it } from '@jest/globals';
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
import { type Bench, context, NOW, startBench } from '../test/setup.ts';
import { collectMergeFacts, type MergeFacts } from './collect-merge.ts';
import type { RunContext } from './context.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.github.close();
  bench = undefined;
});

/** The sample world with the test merge of pull request 7, a policy and a run. */
function world(change: (repository: ReturnType<typeof sampleRepository>) => void = () => {}): World {
  const repository = sampleRepository();
  repository.commits.push(commit('ee', [sha('b1'), sha('c2')], person('alice')));
  repository.files['.image-policy.yml'] = 'version: 1\n';
  const [, pull] = repository.pulls;
  if (pull) {
    pull.filesAt = { [sha('ee')]: pull.files };
  }
  repository.runs.push({
    id: 77,
    attempt: 1,
    headSha: sha('c2'),
    headBranch: 'topic',
    createdAt: '2026-01-03T02:00:00Z',
    event: 'pull_request',
    actor: 'alice',
    triggeringActor: 'alice',
    jobs: [
      { name: 'test', conclusion: 'success' },
      { name: 'scan', conclusion: 'skipped' },
      { name: 'gate', conclusion: null },
    ],
    approvals: [],
  });
  change(repository);
  return sampleWorld(repository);
}

const pullEvent: Partial<RunContext> = { payload: { pull_request: { number: 7, head: { sha: sha('c2') } } } };

async function collect(
  from: World,
  options: {
    readonly token?: string;
    readonly run?: Partial<RunContext>;
    readonly teams?: readonly string[];
  } = {},
): Promise<MergeFacts> {
  bench = await startBench(from, options.token ? { token: options.token } : {});
  const request = {
    context: context(options.run ?? pullEvent),
    policy: '.image-policy.yml',
    teams: () => options.teams ?? [],
  };
  const result = await collectMergeFacts(request, bench.api, bench.ports);
  expect(bench.github.violations).toEqual([]);
  // What was collected can be saved and replayed.
  const saved = JSON.stringify({ version: 1, mode: 'merge', time: NOW, facts: result.facts });
  expect(parseFacts(saved, 'facts.json').facts).toHaveLength(result.facts.length);
  return result;
}

function fact<K extends Fact['kind']>({ facts }: MergeFacts, kind: K): FactOf<K> {
  const found = facts.filter((entry): entry is FactOf<K> => entry.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as FactOf<K>;
}

const unknown = (facts: MergeFacts): string[] =>
  facts.facts.filter((entry) => entry.status === 'unknown').map((entry) => entry.kind);

describe('a pull request', () => {
  it('is observed in whole: people, reviews, files, lines, owners', async () => {
    const result = await collect(world());
    // Members of teams are beyond GITHUB_TOKEN.
    expect(unknown(result)).toEqual(['team']);
    expect(fact(result, 'change').value).toEqual({
      via: 'pull-request',
      base: 'main',
      baseSha: sha('b1'),
      headSha: sha('c2'),
      pulls: [7],
    });
    expect(fact(result, 'pull-request').value).toMatchObject({
      title: 'Harden the image',
      author: { login: 'alice', type: 'User' },
      state: 'open',
      headSha: sha('c2'),
      fork: false,
    });
    expect(fact(result, 'commits').value?.map((entry) => entry.sha)).toEqual([sha('c1'), sha('c2')]);
    expect(fact(result, 'pushers').value).toEqual([
      { sha: sha('c2'), actor: { login: 'alice', type: 'User' }, time: '2026-01-02T11:00:00Z' },
      { sha: sha('c1'), actor: { login: 'alice', type: 'User' }, time: '2026-01-02T10:00:00Z' },
    ]);
    expect(fact(result, 'reviews').value).toEqual([
      {
        id: 1,
        author: { login: 'bob', type: 'User' },
        state: 'APPROVED',
        commit: sha('c2'),
        submittedAt: '2026-01-03T00:00:00Z',
        permission: 'write',
      },
      expect.objectContaining({ id: 2, author: { login: 'carol', type: 'User' }, permission: 'write' }),
    ]);
    expect(fact(result, 'files').value).toEqual([{ path: 'hardening/ssh.yml', status: 'modified' }]);
    expect(fact(result, 'changed-lines').value).toEqual({
      baseSha: sha('b1'),
      headSha: sha('ee'),
      files: [{ path: 'hardening/ssh.yml', lines: [[2, 3]] }],
    });
    expect(fact(result, 'code-owners').value).toEqual({
      path: '.github/CODEOWNERS',
      text: '* @acme/image-maintainers\n',
      errors: [],
    });
    expect(fact(result, 'policy').value?.commit).toBe(sha('b1'));
    expect(result.policyText).toBe('version: 1\n');
    expect(fact(result, 'jobs').value).toEqual([
      { name: 'test', attempt: 1, conclusion: 'success' },
      { name: 'scan', attempt: 1, conclusion: 'skipped' },
      { name: 'gate', attempt: 1 },
    ]);
    expect(fact(result, 'run').value?.createdAt).toBe('2026-01-03T02:00:00Z');
  });

  it('has co-authors, committers and authors without an account, and GitHub as committer', async () => {
    const result = await collect(
      world((repository) => {
        const stranger = { name: 'Stranger', email: 'stranger@else.test' };
        const bot = { name: 'dependabot[bot]', email: '49699333+dependabot[bot]@users.noreply.github.com' };
        Object.assign(repository.commits[3] ?? {}, {
          authors: [person('alice'), person('bob'), stranger],
          committer: webFlow,
          signedBy: 'github',
        });
        Object.assign(repository.commits[4] ?? {}, { authors: [bot], committer: webFlow });
      }),
    );
    const [first, second] = fact(result, 'commits').value ?? [];
    expect(first).toEqual({
      sha: sha('c1'),
      author: { login: 'alice', type: 'User' },
      coAuthors: [
        { login: 'bob', type: 'User' },
        { type: 'unknown', name: 'Stranger', email: 'stranger@else.test' },
      ],
      committer: { type: 'unknown', name: 'GitHub', email: 'noreply@github.com' },
      signedByGitHub: true,
    });
    // The committer's name and e-mail are anybody's to claim: without GitHub's signature it is nobody.
    expect(second).toMatchObject({ author: { login: 'dependabot', type: 'Bot' }, signedByGitHub: false });
  });

  it('has more than one page of everything', async () => {
    const result = await collect(
      world((repository) => {
        const [, pull] = repository.pulls;
        if (!pull) {
          return;
        }
        let parent = sha('c2');
        for (let index = 0; index < 260; index += 1) {
          const id = (0x1000 + index).toString(16).padStart(8, '0');
          repository.commits.push(commit(id, [parent], person(index === 259 ? 'dave' : 'alice')));
          repository.activities.push({
            id: 100 + index,
            actor: index === 3 ? 'erin' : 'alice',
            ref: 'refs/heads/topic',
            before: parent,
            after: sha(id),
            at: new Date(Date.parse('2026-01-03T00:00:00Z') + index * 1000).toISOString(),
            type: 'push',
          });
          parent = sha(id);
          pull.reviews.push({
            id: 100 + index,
            login: 'bob',
            state: 'COMMENTED',
            commit: sha('c1'),
            at: '2026-01-02T00:00:00Z',
          });
          pull.files.push({ filename: `f/${index}`, status: 'added', additions: 1, deletions: 0 });
        }
        pull.headSha = parent;
      }),
    );
    expect(fact(result, 'commits').value).toHaveLength(262);
    expect(fact(result, 'commits').value?.at(-1)?.author.login).toBe('dave');
    expect(fact(result, 'pushers').value).toHaveLength(262);
    expect(fact(result, 'pushers').value?.some(({ actor }) => actor.login === 'erin')).toBe(true);
    expect(fact(result, 'reviews').value).toHaveLength(262);
    expect(fact(result, 'files').value).toHaveLength(261);
  });

  it('of a fork has the pushers of the fork, and a token that reads', async () => {
    const from = world((repository) => {
      const [, pull] = repository.pulls;
      Object.assign(pull ?? {}, { headRepository: 'mallory/images' });
    });
    const fork: Repository = { ...sampleRepository('mallory'), id: 101, activities: [] };
    fork.activities.push({
      id: 1,
      actor: 'mallory',
      ref: 'refs/heads/topic',
      before: sha('00'),
      after: sha('c2'),
      at: '2026-01-02T00:00:00Z',
      type: 'branch_creation',
    });
    from.repositories.push(fork);
    const result = await collect(from, { token: FORK_TOKEN });
    expect(fact(result, 'pull-request').value?.fork).toBe(true);
    expect(fact(result, 'pushers').value?.map(({ actor }) => actor.login)).toEqual(['mallory']);
  });

  it('of a deleted fork has pushers that nobody knows', async () => {
    const result = await collect(
      world((repository) => {
        Object.assign(repository.pulls[1] ?? {}, { headRepository: undefined });
      }),
    );
    expect(fact(result, 'pushers')).toMatchObject({
      status: 'unknown',
      detail: expect.stringMatching(/deleted/),
    });
  });

  it('whose last push is not in the activity list has unknown pushers', async () => {
    const result = await collect(world((repository) => repository.activities.splice(1, 1)));
    expect(fact(result, 'pushers')).toMatchObject({
      status: 'unknown',
      detail: expect.stringMatching(/does not say who pushed/),
    });
  });

  it('of a deleted branch name counts only its last life', async () => {
    const result = await collect(
      world((repository) => {
        repository.activities.push({
          id: 50,
          actor: 'dave',
          ref: 'refs/heads/topic',
          before: sha('00'),
          after: sha('a1'),
          at: '2025-12-01T00:00:00Z',
          type: 'branch_creation',
        });
      }),
    );
    expect(fact(result, 'pushers').value?.map(({ actor }) => actor.login)).toEqual(['alice', 'alice']);
  });

  it('approved before a merge of the base has the same change', async () => {
    const stale = (same: boolean): World =>
      world((repository) => {
        const [, pull] = repository.pulls;
        const files = structuredClone(pull?.files ?? []);
        const [file] = files;
        if (pull?.reviews[0] && file) {
          file.patch = same ? '@@ -40,2 +40,3 @@\n a\n-b\n+c\n+d' : '@@ -1,2 +1,3 @@\n a\n-b\n+c\n+x';
          pull.reviews[0].commit = sha('c1');
          pull.filesAt = { ...pull.filesAt, [sha('c1')]: files };
        }
      });
    expect(fact(await collect(stale(true)), 'reviews').value?.[0]).toMatchObject({ sameChange: true });
    await bench?.github.close();
    expect(fact(await collect(stale(false)), 'reviews').value?.[0]).toMatchObject({ sameChange: false });
  });

  it('with too many files is unknown', async () => {
    const result = await collect(
      world((repository) => {
        const [, pull] = repository.pulls;
        for (let index = 0; index < 3100; index += 1) {
          pull?.files.push({ filename: `f/${index}`, status: 'added', additions: 1, deletions: 0 });
        }
      }),
    );
    expect(fact(result, 'files')).toMatchObject({
      status: 'unknown',
      detail: 'GitHub lists 3000 of 3101 changed files',
    });
    expect(fact(result, 'changed-lines').status).toBe('unknown');
  });

  it('without a policy at its base says so', async () => {
    const result = await collect(
      world((repository) => {
        delete repository.files['.image-policy.yml'];
        // The change brings one: it does not count.
        repository.filesAt[sha('c2')] = { '.image-policy.yml': 'version: 1\n' };
      }),
    );
    expect(fact(result, 'policy')).toMatchObject({
      status: 'unknown',
      detail: 'the base has no .image-policy.yml',
    });
    expect(result.policyText).toBeUndefined();
  });
});

describe('each missing permission makes its facts unknown and is named', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['actions', 'actions: read', ['run', 'jobs']],
    ['contents', 'contents: read', ['policy', 'code-owners', 'commits', 'pushers', 'changed-lines']],
    ['pull_requests', 'pull-requests: read', ['change']],
  ];
  it.each(cases)('%s', async (scope, permission, kinds) => {
    const from = world();
    for (const token of Object.values(from.tokens)) {
      delete token.permissions[scope as 'actions'];
    }
    const { facts } = await collect(from);
    for (const kind of kinds) {
      expect(facts.find((entry) => entry.kind === kind)).toMatchObject({
        status: 'unknown',
        permission: expect.stringContaining(permission),
        detail: expect.stringContaining(`grant ${permission}`),
      });
    }
  });

  it('members, which no workflow token can have', async () => {
    const { facts } = await collect(world(), { teams: ['acme/Release-Owners'] });
    expect(facts.filter((entry) => entry.kind === 'team')).toEqual([
      expect.objectContaining({ team: 'acme/image-maintainers', permission: 'members: read' }),
      expect.objectContaining({
        team: 'acme/release-owners',
        status: 'unknown',
        detail: expect.stringContaining('GITHUB_TOKEN cannot have it'),
      }),
    ]);
  });
});

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
      detail: expect.stringMatching(/does not say which pull request/),
    });
  });
});

describe('other events', () => {
  it('are about no change', async () => {
    const result = await collect(world(), { run: { eventName: 'push' } });
    expect(fact(result, 'change')).toMatchObject({
      status: 'unknown',
      detail: expect.stringContaining('the event push is about no pull request'),
    });
  });

  it.each([[null], ['text'], [{ pull_request: null }], [{ pull_request: { number: '7', head: [] } }]])(
    'with the payload %j are no crash',
    async (payload) => {
      const result = await collect(world(), { run: { payload } });
      expect(fact(result, 'change').status).toBe('unknown');
    },
  );
});
