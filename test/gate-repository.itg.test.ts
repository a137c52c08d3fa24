/** The shipped bundle of gate-approval against the strict fake GitHub: what makes and what checks the protections. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ADMIN_TOKEN,
  type FakeGitHub,
  type Options,
  sampleRepository,
  sampleWorld,
  startFakeGitHub,
  WORKFLOW_TOKEN,
  type World,
} from './fake-github/src/index.ts';
import { type BundleRun, runBundle } from './tools/run-bundle.ts';

const POLICY = `version: 1
repository:
  checks: [gate]
  admins: [erin]
environments:
  production: {refs: ['refs/tags/v*'], reviewers: [acme/release-owners]}
`;
const CI = `on: {pull_request: {}}
jobs:
  gate:
    runs-on: ubuntu-24.04
    steps: [{run: 'true'}]
`;

let work: string;
let policy: string;
let github: FakeGitHub | undefined;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'gate-repository-'));
  policy = path.join(work, '.image-policy.yml');
  await writeFile(policy, POLICY);
});
afterAll(() => rm(work, { recursive: true, force: true }));
afterEach(async () => {
  await github?.close();
  github = undefined;
});

function sound(): World {
  const repository = sampleRepository();
  repository.files['.github/workflows/ci.yml'] = CI;
  return sampleWorld(repository);
}

async function start(world: World, options: Options = {}): Promise<FakeGitHub> {
  await github?.close();
  github = await startFakeGitHub(world, options);
  return github;
}

interface Given {
  readonly token?: string;
  readonly event?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

async function gate(mode: 'provision' | 'audit', given: Given = {}): Promise<BundleRun> {
  const env = {
    RUNNER_TEMP: path.join(work, 'temp'),
    GITHUB_API_URL: github?.url ?? '',
    GITHUB_REPOSITORY: 'acme/images',
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: given.event ?? 'schedule',
    GITHUB_REF: 'refs/heads/main',
    ...given.env,
  };
  const token = given.token ?? ADMIN_TOKEN;
  const result = await runBundle('gate-approval', { mode, policy, token, ...given.inputs }, { env });
  expect(result.stdout).toContain(`::add-mask::${token}`);
  return result;
}

const writes = (): string[] => (github?.requests ?? []).filter((request) => !request.startsWith('GET'));
const reasons = (result: BundleRun): string => JSON.parse(result.outputs.reasons ?? '[]').join('\n');

describe('provision', () => {
  it('shows a plan, carries it out, has nothing left to do, and the audit agrees', async () => {
    const { violations } = await start(sound());
    const plan = await gate('provision', { inputs: { 'dry-run': 'true' }, event: 'pull_request' });
    expect(plan.stdout).not.toContain('::error');
    expect([plan.code, plan.outputs.decision]).toEqual([0, 'refused']);
    expect(writes()).toEqual([]);
    expect(plan.summary).toContain('## Protection of acme/images: 2 changes planned');
    expect(plan.summary).toContain('+ rules.pull_request.require_last_push_approval: yes');
    const done = await gate('provision');
    expect([done.code, done.outputs.decision]).toEqual([0, 'approved']);
    expect(await readFile(done.outputs.report ?? '', 'utf8')).toContain('### Create ruleset');
    const again = await gate('provision');
    expect(again.summary).toContain('nothing to change');
    const audit = await gate('audit');
    expect([audit.code, audit.outputs.decision, audit.outputs.reasons]).toEqual([0, 'approved', '[]']);
    expect(violations).toEqual([]);
  });

  it('works on an Enterprise Server', async () => {
    const { violations } = await start(sound(), { prefix: '/api/v3' });
    expect((await gate('provision')).outputs.decision).toBe('approved');
    expect(violations).toEqual([]);
  });

  it('is not for a pull request', async () => {
    await start(sound());
    const result = await gate('provision', { event: 'pull_request_target' });
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/::error .*::A pull request's own policy is not in force/);
    expect(github?.requests).toEqual([]);
  });

  it('without the permission names it', async () => {
    await start(sound());
    const result = await gate('provision', { token: WORKFLOW_TOKEN });
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/::error .*members: read/);
  });

  it('waits out limits and faults', async () => {
    const fake = await start(sound());
    fake.fault({ kind: 'secondary-limit', retryAfter: 1, match: /^POST .*rulesets/ });
    fake.fault({ kind: 'status', status: 502, match: /^GET .*rulesets/ });
    fake.fault({ kind: 'truncated', match: /^GET .*codeowners/ });
    const result = await gate('provision');
    expect([result.code, result.outputs.decision]).toEqual([0, 'approved']);
    expect(result.stdout).toMatch(/GitHub: too many requests; POST .*rulesets again in 1 s/);
  });

  it('ends with what is missing when the hourly limit lasts too long', async () => {
    const fake = await start(sound());
    fake.fault({ kind: 'primary-limit', resetIn: 3000, match: /rulesets/, times: 99 });
    const result = await gate('provision');
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/::error .*rate limit is used up until 20\d\d-.*nothing was changed/);
  });
});

describe('audit', () => {
  it('refuses what is loose, with a summary and SARIF', async () => {
    const { violations } = await start(sound());
    const result = await gate('audit');
    expect([result.code, result.outputs.decision]).toEqual([1, 'refused']);
    expect(reasons(result)).toContain('main: pull_request is not enforced');
    expect(result.summary).toContain('## Audit of acme/images: not in order');
    const sarif = JSON.parse(await readFile(result.outputs['audit-sarif'] ?? '', 'utf8'));
    expect(sarif.runs[0].results.length).toBeGreaterThan(3);
    expect(violations).toEqual([]);
  });

  it('is unknown without permissions, each named', async () => {
    await start(sound());
    const result = await gate('audit', { token: WORKFLOW_TOKEN });
    expect([result.code, result.outputs.decision]).toEqual([1, 'refused']);
    expect(reasons(result)).toMatch(/could not be looked at: .*administration: read/);
    expect(result.summary).toContain('❔&nbsp;unknown');
  });

  it('with a token that GitHub does not take says so', async () => {
    await start(sound());
    const result = await gate('audit', { token: 'ghp_wrong' });
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/::error .*does not accept the token/);
  });

  it('lets no name from GitHub act in the log or the summary', async () => {
    const world = sound();
    world.users.push({ id: 66, login: '::error::x', type: 'User' });
    world.repositories[0]?.collaborators.push({ login: '::error::x', role: 'admin', via: 'direct' });
    world.repositories[0]?.codeownersErrors.push({
      line: 1,
      kind: '<img src=x>',
      source: '\n::add-mask::main',
      path: 'CODEOWNERS',
      message: '',
    });
    await start(world);
    const audit = await gate('audit');
    const provision = await gate('provision');
    for (const { stdout, summary } of [audit, provision]) {
      expect(stdout).not.toMatch(/^::(error::x|add-mask::main)/m);
      expect(summary).not.toContain('<img');
    }
  });
});
