import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  ADMIN_TOKEN,
  commit,
  FORK_TOKEN,
  person,
  type Repository,
  sampleRepository,
  sha,
  type World,
  webFlow,
} from '../../../test/fake-github/src/index.ts';
import { closeBench, collect, fact, unknown, world } from '../test/merge-world.ts';

afterEach(closeBench);

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

  it('of which a newer head was pushed since is known at both', async () => {
    const payload = { pull_request: { number: 7, head: { sha: sha('c1') } } };
    const result = await collect(world(), { run: { payload } });
    expect(fact(result, 'change').value?.headSha).toBe(sha('c1'));
    expect(fact(result, 'pull-request').value?.headSha).toBe(sha('c2'));
  });

  it('has the code owners of its base, and what GitHub finds wrong with them', async () => {
    const result = await collect(
      world((repository) => {
        repository.filesAt[sha('c2')] = { '.github/CODEOWNERS': '* @alice\n' };
        repository.filesAt[sha('ee')] = { '.github/CODEOWNERS': '* @alice\n' };
        const path = '.github/CODEOWNERS';
        repository.codeownersErrors.push({ path, line: 1, kind: 'Unknown owner', source: '*', message: '' });
      }),
    );
    expect(fact(result, 'code-owners').value).toEqual({
      path: '.github/CODEOWNERS',
      text: '* @acme/image-maintainers\n',
      errors: ['.github/CODEOWNERS:1 Unknown owner: *'],
    });
  });

  it('without CODEOWNERS has none, and no mistakes in it', async () => {
    const result = await collect(
      world((repository) => {
        delete repository.files['.github/CODEOWNERS'];
      }),
    );
    expect(fact(result, 'code-owners').value).toEqual({ errors: [] });
  });

  it('has the members of the teams of policy and CODEOWNERS, where the token may read them', async () => {
    const result = await collect(world(), { token: ADMIN_TOKEN, teams: ['acme/release-owners'] });
    expect(
      result.facts.flatMap((entry) => (entry.kind === 'team' ? [[entry.team, entry.value?.length]] : [])),
    ).toEqual([
      ['acme/image-maintainers', 3],
      ['acme/release-owners', 1],
    ]);
  });

  it('has the digest of the policy as it was read', async () => {
    const result = await collect(world());
    const sha256 = createHash('sha256').update('version: 1\n').digest('hex');
    expect(fact(result, 'policy').value).toEqual({ path: '.image-policy.yml', commit: sha('b1'), sha256 });
  });
});
