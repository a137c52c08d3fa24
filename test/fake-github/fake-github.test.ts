/** The fake GitHub itself: what it promises to the tests that use it. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { catalogHandlers } from './src/catalog-handlers.ts';
import { FakeGithub } from './src/catalog-server.ts';
import { loadContract } from './src/contract.ts';
import { handlers } from './src/handlers/index.ts';
import {
  ADMIN_TOKEN,
  catalogOperations,
  type FakeGitHub,
  FORK_TOKEN,
  type Options,
  operations,
  sampleRepository,
  sampleWorld,
  sha,
  startFakeGitHub,
  WORKFLOW_TOKEN,
  type World,
} from './src/index.ts';

let server: FakeGitHub | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(world: World = sampleWorld(), options: Options = {}): Promise<FakeGitHub> {
  server = await startFakeGitHub(world, options);
  return server;
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server said
  readonly body: any;
  readonly headers: Headers;
}

async function ask(
  method: string,
  path: string,
  options: { readonly token?: string; readonly body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(`${server?.url}${path}`, {
    method,
    headers: {
      authorization: `token ${options.token ?? ADMIN_TOKEN}`,
      'user-agent': 'test',
      accept: 'application/vnd.github+json',
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
    headers: response.headers,
  };
}

const REPOSITORY = '/repos/acme/images';

describe('the contract', () => {
  it('comes from a named version of the published description and covers exactly the listed operations', () => {
    const contract = loadContract();
    expect(contract.source).toMatch(/^@octokit\/openapi@\d+\.\d+\.\d+$/);
    const all = Object.keys({ ...operations, ...catalogOperations });
    expect([...contract.routes].sort()).toEqual(all.sort());
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(operations).sort());
    expect(Object.keys(catalogHandlers).sort()).toEqual(Object.keys(catalogOperations).sort());
  });

  it.each([
    [
      'an unknown query parameter',
      'GET',
      '/pulls/7/reviews?pages=2',
      undefined,
      /no parameter is named pages/,
    ],
    ['a path parameter of the wrong type', 'GET', '/pulls/seven', undefined, /pull_number=seven: .*integer/],
    [
      'a value that is not of the enumeration',
      'GET',
      '/collaborators?affiliation=some',
      undefined,
      /affiliation=some/,
    ],
    ['a missing field', 'POST', '/rulesets', { name: 'x' }, /enforcement/],
    [
      'a rule that GitHub does not know',
      'POST',
      '/rulesets',
      { name: 'x', enforcement: 'active', rules: [{ type: 'pull_requests' }] },
      /rules\/0/,
    ],
    [
      'a key that is not permitted',
      'PUT',
      '/environments/production',
      { reviewer: [] },
      /additional properties/,
    ],
    [
      'a body where none belongs',
      'DELETE',
      '/environments/production/deployment-branch-policies/1',
      { a: 1 },
      /takes no body/,
    ],
  ])('refuses and records %s', async (_name, method, path, body, problem) => {
    const { violations } = await start();
    const answer = await ask(method, `${REPOSITORY}${path}`, { body });
    expect(answer.status).toBe(422);
    expect(violations.join('\n')).toMatch(problem);
  });

  it('knows no operation beyond the slice', async () => {
    const { violations } = await start();
    expect((await ask('GET', `${REPOSITORY}/branches`)).status).toBe(404);
    expect(violations).toHaveLength(1);
  });

  it('finds its own answers out', async () => {
    const world = sampleWorld();
    const [, pull] = world.repositories[0]?.pulls ?? [];
    Object.assign(pull ?? {}, { title: 12 });
    const { violations } = await start(world);
    await ask('GET', `${REPOSITORY}/pulls/7`);
    expect(violations).toEqual([expect.stringMatching(/our answer .*\/title must be string/)]);
  });
});

describe('every operation', () => {
  /** A world where each path below exists. */
  function richWorld(): World {
    const repository = sampleRepository();
    repository.environments.push({
      id: 1,
      name: 'production',
      prevent_self_review: true,
      can_admins_bypass: false,
      wait_timer: 5,
      reviewers: [
        { type: 'Team', id: 31 },
        { type: 'User', id: 14 },
      ],
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      policies: [{ id: 1, name: 'v*', type: 'tag' }],
    });
    repository.runs.push({
      id: 77,
      attempt: 2,
      headSha: sha('b1'),
      headBranch: 'main',
      event: 'push',
      actor: 'alice',
      triggeringActor: 'bob',
      createdAt: '2026-01-02T00:00:00Z',
      jobs: [
        { name: 'test', conclusion: 'success' },
        { name: 'gate', conclusion: null },
      ],
      approvals: [{ login: 'dave', state: 'approved', comment: 'ok', environments: ['production'] }],
    });
    repository.comments.push({
      id: 9,
      issue: 7,
      login: 'erin',
      body: 'hello',
      at: '2026-01-02T00:00:00Z',
    });
    repository.protection.main = { enforce_admins: { url: 'https://github.test/', enabled: false } };
    repository.codeownersErrors.push({
      line: 1,
      kind: 'Unknown owner',
      source: '* @nobody',
      path: '.github/CODEOWNERS',
      message: 'Unknown owner on line 1',
    });
    repository.rulesets.push({
      id: 5,
      name: 'main',
      target: 'branch',
      enforcement: 'active',
      bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }],
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: [{ type: 'deletion' }],
    });
    repository.runners.push({ id: 1, name: 'one', labels: ['self-hosted'] });
    const world = sampleWorld(repository);
    world.runnerGroups.push({
      id: 4,
      name: 'build',
      visibility: 'selected',
      allows_public_repositories: false,
      restricted_to_workflows: false,
      selected_workflows: [],
      repositories: ['acme/images'],
      runners: [{ id: 2, name: 'host', labels: ['kvm'] }],
    });
    return world;
  }

  const bodies: Readonly<Record<string, unknown>> = {
    PUT: {},
    PATCH: { body: 'changed' },
  };
  const places: Readonly<Record<string, string>> = {
    owner: 'acme',
    repo: 'images',
    org: 'acme',
    run_id: '77',
    attempt_number: '2',
    branch: 'main',
    username: 'bob',
    basehead: `${sha('a1')}...${sha('c2')}`,
    path: 'README.md',
    environment_name: 'production',
    branch_policy_id: '1',
    issue_number: '7',
    comment_id: '9',
    pull_number: '7',
    ruleset_id: '5',
    runner_group_id: '4',
    team_slug: 'release-owners',
    app_slug: 'github-actions',
  };
  const post: Readonly<Record<string, unknown>> = {
    comments: { body: 'new' },
    rulesets: { name: 'new', enforcement: 'active', rules: [{ type: 'deletion' }] },
    'deployment-branch-policies': { name: 'main' },
  };

  it.each(Object.keys(operations))('%s answers as the description says', async (route) => {
    const { violations } = await start(richWorld());
    const [method = '', template = ''] = route.split(' ');
    const path = template.replace(/\{(\w+)\}/g, (_match, name: string) => places[name] ?? '?');
    const body = method === 'POST' ? post[path.split('/').at(-1) ?? ''] : bodies[method];
    const answer = await ask(method, path, { body });
    expect(violations).toEqual([]);
    expect(answer.status).toBeLessThan(300);
  });

  it.each(
    Object.entries(operations).filter(
      ([, needed]) => needed !== 'public' && !needed.includes('metadata=read'),
    ),
  )('%s is refused without its permission, which the answer names', async (route, needed) => {
    const world = richWorld();
    world.tokens.bare = { kind: 'workflow', login: 'github-actions[bot]', permissions: {} };
    await start(world);
    const [method = '', template = ''] = route.split(' ');
    const path = template.replace(/\{(\w+)\}/g, (_match, name: string) => places[name] ?? '?');
    const body = method === 'POST' ? post[path.split('/').at(-1) ?? ''] : bodies[method];
    const answer = await ask(method, path, { token: 'bare', body });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-accepted-github-permissions')).toBe((needed as string[]).join('; '));
  });
});

describe('state, pages and people', () => {
  it('keeps what a request changed', async () => {
    await start();
    await ask('PUT', `${REPOSITORY}/environments/staging`, {
      body: { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } },
    });
    const policies = `${REPOSITORY}/environments/staging/deployment-branch-policies`;
    expect((await ask('POST', policies, { body: { name: 'main' } })).status).toBe(200);
    const listed = await ask('GET', policies);
    expect(listed.body).toMatchObject({
      total_count: 1,
      branch_policies: [{ name: 'main', type: 'branch' }],
    });
    const environment = await ask('GET', `${REPOSITORY}/environments/staging`);
    expect(environment.body.can_admins_bypass).toBe(true);
  });

  it('cuts lists into pages and links them', async () => {
    const repository = sampleRepository();
    const [, pull] = repository.pulls;
    for (let id = 10; id < 260; id += 1) {
      pull?.reviews.push({
        id,
        login: 'bob',
        state: 'COMMENTED',
        commit: sha('c1'),
        at: '2026-01-02T00:00:00Z',
      });
    }
    await start(sampleWorld(repository));
    const first = await ask('GET', `${REPOSITORY}/pulls/7/reviews?per_page=100`);
    expect(first.body).toHaveLength(100);
    expect(first.headers.get('link')).toMatch(/page=2>; rel="next".*page=3>; rel="last"/);
    const last = await ask('GET', `${REPOSITORY}/pulls/7/reviews?per_page=100&page=3`);
    expect(last.body).toHaveLength(52);
    expect(last.headers.get('link')).not.toContain('next');
  });

  it('knows no other token', async () => {
    await start();
    expect(await ask('GET', REPOSITORY, { token: 'other' })).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    });
  });

  it('hides bypass actors from those who may not write rulesets', async () => {
    await start();
    const made = await ask('POST', `${REPOSITORY}/rulesets`, {
      body: { name: 'x', enforcement: 'active', bypass_actors: [{ actor_type: 'OrganizationAdmin' }] },
    });
    const path = `${REPOSITORY}/rulesets/${made.body.id}`;
    expect((await ask('GET', path)).body.bypass_actors).toHaveLength(1);
    expect((await ask('GET', path, { token: WORKFLOW_TOKEN })).body.bypass_actors).toBeUndefined();
  });

  it('lacks features on smaller plans', async () => {
    const world = sampleWorld();
    world.plan = 'free';
    const [repository] = world.repositories;
    Object.assign(repository ?? {}, { private: true });
    await start(world);
    expect((await ask('GET', `${REPOSITORY}/rulesets`)).body.message).toMatch(/Upgrade to GitHub Pro/);
    const environment = await ask('PUT', `${REPOSITORY}/environments/production`, {
      body: { reviewers: [{ type: 'User', id: 10 }] },
    });
    expect(environment).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('billing plan') },
    });
  });

  it('gives a fork a token that cannot write', async () => {
    await start();
    const answer = await ask('POST', `${REPOSITORY}/issues/7/comments`, {
      token: FORK_TOKEN,
      body: { body: 'x' },
    });
    expect(answer.status).toBe(403);
  });
});

describe('GraphQL', () => {
  const graphql = (query: string, token = ADMIN_TOKEN): Promise<Answer> =>
    ask('POST', '/graphql', { token, body: { query } });

  it('answers with what the schema says', async () => {
    const { violations } = await start();
    const answer = await graphql(
      `{ nodes(ids: ["C_${sha('b1')}"]) { ... on Commit { oid authors(first: 5) { totalCount nodes { user { login } } } committer { user { login } } signature { wasSignedByGitHub } associatedPullRequests(first: 5) { nodes { number } } } } }`,
    );
    expect(answer.body).toEqual({
      data: {
        nodes: [
          {
            oid: sha('b1'),
            authors: { totalCount: 1, nodes: [{ user: { login: 'bob' } }] },
            committer: { user: null },
            signature: { wasSignedByGitHub: true },
            associatedPullRequests: { nodes: [{ number: 6 }] },
          },
        ],
      },
    });
    expect(violations).toEqual([]);
  });

  it('records a query that the schema does not allow', async () => {
    const { violations } = await start();
    const answer = await graphql('{ viewer { login } }');
    expect(answer.body.errors[0].message).toMatch(/viewer/);
    expect(violations).toHaveLength(1);
  });

  it('answers a missing permission with FORBIDDEN', async () => {
    const world = sampleWorld();
    world.tokens.bare = { kind: 'workflow', login: 'github-actions[bot]', permissions: {} };
    await start(world);
    const answer = await graphql(`{ nodes(ids: ["C_${sha('b1')}"]) { id } }`, 'bare');
    expect(answer.body.errors[0]).toMatchObject({ type: 'FORBIDDEN' });
  });

  it('lies beside the REST API of an Enterprise Server', async () => {
    const fake = await start(sampleWorld(), { prefix: '/api/v3' });
    expect((await ask('GET', REPOSITORY)).status).toBe(200);
    const response = await fetch(fake.url.replace('/api/v3', '/api/graphql'), {
      method: 'POST',
      headers: { authorization: `token ${ADMIN_TOKEN}`, 'user-agent': 'test' },
      body: JSON.stringify({ query: '{ nodes(ids: []) { id } }' }),
    });
    expect(await response.json()).toEqual({ data: { nodes: [] } });
    expect(fake.requests).toEqual([`GET ${REPOSITORY}`, 'POST /graphql']);
  });
});

describe('faults', () => {
  it('come as ordered, then the answer', async () => {
    const fake = await start();
    fake.fault({ kind: 'secondary-limit', retryAfter: 7, match: /^GET \/repos/ });
    fake.fault({ kind: 'primary-limit', resetIn: 60, match: /^GET \/repos/ });
    fake.fault({ kind: 'status', status: 502, match: /^GET \/repos/ });
    const limited = await ask('GET', REPOSITORY);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '7']);
    expect((await ask('GET', REPOSITORY)).headers.get('x-ratelimit-remaining')).toBe('0');
    expect((await ask('GET', REPOSITORY)).status).toBe(502);
    expect((await ask('GET', REPOSITORY)).status).toBe(200);
  });

  it('break the connection, cut the body, or wait', async () => {
    const fake = await start();
    fake.fault({ kind: 'reset', match: /./ });
    await expect(ask('GET', REPOSITORY)).rejects.toThrow();
    fake.fault({ kind: 'truncated', match: /./ });
    await expect(ask('GET', REPOSITORY)).rejects.toThrow();
    fake.fault({ kind: 'slow', ms: 150, match: /./ });
    const started = performance.now();
    expect((await ask('GET', REPOSITORY)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(140);
  });

  it('can lose the answer of a request that was carried out', async () => {
    const fake = await start();
    fake.fault({ kind: 'reset', match: /^PUT/, afterEffect: true });
    await expect(ask('PUT', `${REPOSITORY}/environments/staging`, { body: {} })).rejects.toThrow();
    expect(fake.world.repositories[0]?.environments).toHaveLength(1);
  });
});

describe('the server for catalogs', () => {
  it('finds requests that GitHub does not take', async () => {
    const github = new FakeGithub('acme/images', 'secret');
    const url = await github.start();
    const send = async (method: string, path: string, body?: unknown): Promise<number> => {
      const headers = { authorization: 'Bearer secret' };
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      return (await fetch(`${url}${path}`, init)).status;
    };
    try {
      expect(await send('POST', `${REPOSITORY}/issues`, { title: 'good', labels: ['a'] })).toBe(201);
      expect(await send('GET', `${REPOSITORY}/git/ref/heads/no/such`)).toBe(404);
      expect(github.violations).toEqual([]);
      expect(await send('PATCH', `${REPOSITORY}/issues/1`, { state: 'shut' })).toBe(422);
      expect(await send('GET', `${REPOSITORY}/issues?order=newest`)).toBe(422);
      expect(await send('GET', `${REPOSITORY}/pulls`)).toBe(404);
      const query =
        'mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }';
      const input = { branch: {}, expectedHeadOid: sha('a'), message: { title: 'no headline' } };
      await send('POST', '/graphql', { query, variables: { input } });
      await send('POST', '/graphql', { query: 'mutation { createTag { id } }' });
      expect(github.violations).toEqual([
        expect.stringContaining('/state must be equal to one of the allowed values'),
        expect.stringContaining('no parameter is named order'),
        `GET ${REPOSITORY}/pulls: no such operation`,
        expect.stringContaining('include required field "headline"'),
        expect.stringContaining('not to include unknown field "title"'),
        expect.stringContaining('Cannot query field "createTag"'),
      ]);
    } finally {
      await github.stop();
    }
  });
});
