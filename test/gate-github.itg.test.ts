/**
 * The shipped bundle of gate-approval against the strict fake GitHub: where it runs (github.com, Enterprise Server,
 * merge queue, environments), and what happens when GitHub does not tell. Scenarios of people: gate-merge.itg.test.ts.
 */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readPrivateKey } from '@golden-image/evidence';
import { readVerificationSummary } from '@golden-image/policy';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey } from '../packages/evidence/test/keys.ts';
import { writeSample } from '../packages/evidence/test/sample-folder.ts';
import {
  ADMIN_TOKEN,
  commit,
  type FakeGitHub,
  type Options,
  person,
  sampleRepository,
  sampleWorld,
  sha,
  startFakeGitHub,
  WORKFLOW_TOKEN,
  type World,
  webFlow,
} from './fake-github/src/index.ts';
import { RELEASE_POLICY, releasedWorld, repositoryOf } from './tools/release-world.ts';
import { type BundleRun, runBundle } from './tools/run-bundle.ts';

const POLICY = `version: 1
changes:
  - paths: ['**']
    approvals: {min: 2}
`;

let work: string;
let github: FakeGitHub | undefined;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'gate-github-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));
afterEach(async () => {
  await github?.close();
  github = undefined;
});

/** Pull request 7 of alice, approved by bob and carol. */
function approved(): World {
  const repository = sampleRepository();
  repository.files['.image-policy.yml'] = POLICY;
  repository.commits.push(commit('ee', [sha('b1'), sha('c2')], webFlow));
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
    jobs: [{ name: 'gate', conclusion: null }],
    approvals: [],
  });
  return sampleWorld(repository);
}

interface Given {
  readonly mode?: 'merge' | 'release';
  readonly token?: string;
  readonly event?: string;
  readonly ref?: string;
  readonly attempt?: string;
  readonly payload?: unknown;
  readonly sha?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly options?: Options;
  readonly faults?: (fake: FakeGitHub) => void;
}

async function gate(world: World, given: Given = {}): Promise<BundleRun> {
  await github?.close();
  github = await startFakeGitHub(world, given.options);
  given.faults?.(github);
  const event = path.join(work, 'event.json');
  const payload = given.payload ?? { pull_request: { number: 7, head: { sha: sha('c2') } } };
  await writeFile(event, JSON.stringify(payload));
  const env = {
    RUNNER_TEMP: path.join(work, 'temp'),
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: 'acme/images',
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_ATTEMPT: given.attempt ?? '1',
    GITHUB_EVENT_NAME: given.event ?? 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: given.ref ?? 'refs/pull/7/merge',
    GITHUB_SHA: given.sha ?? sha('ee'),
    GITHUB_WORKSPACE: work,
  };
  const inputs = { mode: given.mode ?? 'merge', token: given.token ?? WORKFLOW_TOKEN, ...given.inputs };
  const result = await runBundle('gate-approval', inputs, { env });
  expect(github.violations).toEqual([]);
  return result;
}

function expectApproved(result: BundleRun): void {
  expect(result.stdout).not.toContain('::error');
  expect([result.code, result.outputs.decision, result.outputs.reasons]).toEqual([0, 'approved', '[]']);
}

function expectRefused(result: BundleRun, reason: RegExp): void {
  expect([result.code, result.outputs.decision]).toEqual([1, 'refused']);
  expect((JSON.parse(result.outputs.reasons ?? '[]') as string[]).join('\n')).toMatch(reason);
  expect(result.stdout).toMatch(/^::error title=Gate approval::Refused: /m);
}

describe('a pull request', () => {
  it('with two approvals of others is approved, on github.com and on an Enterprise Server', async () => {
    const result = await gate(approved());
    expectApproved(result);
    const facts = JSON.parse(await readFile(result.outputs.facts ?? '', 'utf8'));
    expect(facts.mode).toBe('merge');
    expectApproved(await gate(approved(), { options: { prefix: '/api/v3' } }));
  });
});

describe('a merge group of three', () => {
  function group(): World {
    const world = approved();
    const repository = repositoryOf(world);
    const [, seven] = repository.pulls;
    for (const [number, author] of [
      [8, 'carol'],
      [9, 'dave'],
    ] as const) {
      const id = `${number}${number}`;
      repository.commits.push(commit(id, [sha('b1')], person(author)));
      repository.activities.push({
        id: number * 10,
        actor: author,
        ref: `refs/heads/topic-${number}`,
        before: sha('00'),
        after: sha(id),
        at: '2026-01-02T00:00:00Z',
        type: 'branch_creation',
      });
      if (seven) {
        const reviews = ['alice', 'bob'].map((login, index) => ({
          id: number * 10 + index,
          login,
          state: 'APPROVED' as const,
          commit: sha(id),
          at: '2026-01-03T00:00:00Z',
        }));
        const more = { number, author, headRef: `topic-${number}`, headSha: sha(id), reviews };
        repository.pulls.push({ ...seven, ...more });
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
    return world;
  }
  const given: Given = {
    event: 'merge_group',
    sha: sha('d9'),
    payload: {
      merge_group: {
        base_ref: 'refs/heads/main',
        base_sha: sha('b1'),
        head_sha: sha('d9'),
        head_ref: 'refs/heads/gh-readonly-queue/main/pr-9',
      },
    },
  };

  it('is approved when each of its pull requests is', async () => {
    expectApproved(await gate(group(), given));
  });

  it('is refused when one in the middle is not', async () => {
    const world = group();
    const eight = repositoryOf(world).pulls.find((pull) => pull.number === 8);
    eight?.reviews.pop();
    expectRefused(await gate(world, given), /#8: 2 approvals for \*\*: 1 approval counts/);
  });
});

describe('what GitHub does not tell', () => {
  it.each([
    ['actions', 'actions: read'],
    ['contents', 'contents: read'],
    ['pull_requests', 'pull-requests: read'],
  ])('without %s is unknown, refuses, and names the permission', async (scope, permission) => {
    const world = approved();
    delete world.tokens[WORKFLOW_TOKEN]?.permissions[scope as 'actions'];
    const result = await gate(world);
    expectRefused(result, new RegExp(permission));
  });

  it('at first, because of limits and faults, is waited for', async () => {
    const result = await gate(approved(), {
      faults: (fake) => {
        fake.fault({ kind: 'secondary-limit', retryAfter: 1, match: /reviews/ });
        fake.fault({ kind: 'status', status: 502, match: /activity/ });
        fake.fault({ kind: 'truncated', match: /files/ });
        fake.fault({ kind: 'html', match: /graphql/ });
        fake.fault({ kind: 'reset', match: /collaborators/ });
      },
    });
    expectApproved(result);
  });

  it('for an hour refuses with the end of the limit', async () => {
    const result = await gate(approved(), {
      faults: (fake) => fake.fault({ kind: 'primary-limit', resetIn: 3000, match: /reviews/, times: 99 }),
    });
    expectRefused(result, /rate limit is used up until 20\d\d-/);
  });

  it('at all refuses', async () => {
    const result = await gate(approved(), {
      faults: (fake) => fake.fault({ kind: 'status', status: 404, match: /reviews/, times: 99 }),
    });
    expectRefused(result, /reviews/);
  });
});

describe('a release to an environment', () => {
  const key = newKey('ec-p256');
  let image: string;
  let policy: string;
  beforeAll(async () => {
    image = path.join(work, 'image');
    policy = path.join(work, 'release-policy.yml');
    await writeFile(policy, RELEASE_POLICY);
    await writeSample(image, {});
    const signed = await runBundle('sign-image', { image, key });
    expect([signed.code, signed.stdout.match(/::error.*/)?.[0]]).toEqual([0, undefined]);
  });

  /** @param again on the folder that the last release left */
  async function release(
    world: World,
    { again = false, ...more }: Given & { again?: boolean } = {},
  ): Promise<BundleRun> {
    const copy = path.join(work, 'copy');
    if (!again) {
      await rm(copy, { recursive: true, force: true });
      await cp(image, copy, { recursive: true });
    }
    const keys = path.join(image, 'signatures/keys/all.asc');
    const inputs = { image: copy, policy, environment: 'production', 'public-key': keys, signing: key };
    const where = { event: 'push', ref: 'refs/heads/main', sha: sha('b1'), payload: {} };
    return gate(world, { mode: 'release', token: ADMIN_TOKEN, ...where, inputs, ...more });
  }

  it('is approved by one who wrote none of it', async () => {
    const result = await release(releasedWorld());
    expectApproved(result);
    expect(result.summary).toContain('dave');
  });

  it('that is approved leaves a signed verification summary of this disk, which others can require', async () => {
    const result = await release(releasedWorld());
    expectApproved(result);
    const file = path.join(work, 'copy/release/vsa.intoto.sigstore.json');
    expect(result.outputs.vsa).toBe(file);
    const { publicKey } = readPrivateKey(key);
    const sha256 = result.outputs.digest?.replace('sha256:', '') ?? '';
    const summary = readVerificationSummary(await readFile(file, 'utf8'), publicKey, sha256);
    expect(summary).toMatchObject({ verificationResult: 'PASSED', subjects: [sha256] });
    // By the policy as it lay there.
    const digest = createHash('sha256').update(RELEASE_POLICY).digest('hex');
    expect(summary.policy).toMatchObject({ uri: 'release-policy.yml', digest: { sha256: digest } });
    const other = readPrivateKey(newKey('ec-p256')).publicKey;
    await expect(async () =>
      readVerificationSummary(await readFile(file, 'utf8'), other, sha256),
    ).rejects.toThrow();
  });

  it.each<[string, string, (world: World) => void]>([
    ['from a branch that the policy does not allow', 'refs/heads/topic', () => {}],
    ['from a branch below the one that is allowed', 'refs/heads/main/x', () => {}],
    ['that nobody approved', 'refs/heads/main', (world) => repositoryOf(world).runs[0]?.approvals.pop()],
  ])('%s is refused, and leaves no summary, nor that of an earlier approval', async (_what, ref, change) => {
    expectApproved(await release(releasedWorld()));
    const folder = path.join(work, 'copy/release');
    expect(await readdir(folder)).toContain('vsa.intoto.sigstore.json');
    const world = releasedWorld();
    change(world);
    const result = await release(world, { ref, again: true });
    expectRefused(result, /production/);
    expect(result.outputs.vsa).toBe('');
    expect((await readdir(folder)).sort()).toEqual(['facts.json', 'report.md']);
  });

  it('is refused when the approver wrote a commit since the last release', async () => {
    const world = releasedWorld();
    repositoryOf(world)
      .commits.find((entry) => entry.sha === sha('b0'))
      ?.authors.push(person('dave'));
    expectRefused(await release(world), /dave/);
  });

  it('is refused when nobody approved, or administrators may bypass', async () => {
    const nobody = releasedWorld();
    repositoryOf(nobody).runs[0]?.approvals.pop();
    expectRefused(await release(nobody), /production/);
    const open = releasedWorld();
    Object.assign(repositoryOf(open).environments[0] ?? {}, { can_admins_bypass: true });
    expectRefused(await release(open), /bypass/);
  });

  it('is refused for a run that was run again after its approval', async () => {
    const world = releasedWorld();
    Object.assign(repositoryOf(world).runs[0] ?? {}, { attempt: 2 });
    expectRefused(await release(world, { attempt: '2' }), /attempt 2/);
  });

  it.each([
    ['actions', 'actions: read'],
    ['contents', 'contents: read'],
    ['members', 'members: read'],
  ])('without %s is unknown, refuses, and names the permission', async (scope, permission) => {
    const world = releasedWorld();
    delete world.tokens[ADMIN_TOKEN]?.permissions[scope as 'actions'];
    const result = await release(world);
    expectRefused(result, /production|known/);
    const { facts } = JSON.parse(await readFile(result.outputs.facts ?? '', 'utf8')) as {
      facts: { status: string; permission?: string }[];
    };
    const unknown = facts.filter((fact) => fact.status === 'unknown');
    expect(unknown.map((fact) => fact.permission ?? '').join()).toContain(permission);
  });
});
