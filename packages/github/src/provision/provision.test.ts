import { parsePolicy } from '@golden-image/policy';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  ADMIN_TOKEN,
  sampleRepository,
  sampleWorld,
  WORKFLOW_TOKEN,
  type World,
} from '../../../../test/fake-github/src/index.ts';
import { type Bench, name, startBench } from '../../test/setup.ts';
import { type ProvisionOutcome, provision } from './provision.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.github.close();
  bench = undefined;
});

const POLICY = `
version: 1
changes:
  - paths: ['**']
    approvals: {min: 2}
repository:
  checks: [gate]
  tags: ['v*']
environments:
  staging: {refs: [main]}
  production: {refs: ['refs/tags/v*'], reviewers: [acme/release-owners, erin]}
`;

interface Options {
  readonly world?: World;
  readonly policy?: string;
  readonly token?: string;
  readonly dryRun?: boolean;
  readonly loosen?: boolean;
}

async function run(options: Options = {}): Promise<ProvisionOutcome> {
  const world = options.world ?? bench?.github.world ?? sampleWorld();
  await bench?.github.close();
  bench = await startBench(world, { token: options.token ?? ADMIN_TOKEN });
  const policy = parsePolicy(options.policy ?? POLICY, 'policy.yml');
  const request = {
    policy,
    repository: name,
    dryRun: options.dryRun ?? false,
    loosen: options.loosen ?? false,
  };
  const outcome = await provision(request, bench.api, bench.ports);
  expect(bench.github.violations).toEqual([]);
  return outcome;
}

const repository = () => {
  const [first] = bench?.github.world.repositories ?? [];
  if (!first) {
    throw new Error('no world');
  }
  return first;
};
const writes = (): string[] => (bench?.github.requests ?? []).filter((request) => !request.startsWith('GET'));

describe('a bare repository', () => {
  it('is shown a plan like a diff, and nothing is changed', async () => {
    const outcome = await run({ dryRun: true });
    expect(writes()).toEqual([]);
    expect(outcome).toMatchObject({ applied: false, problems: [], kept: [] });
    const [branches] = outcome.changes;
    expect(branches).toMatchObject({ target: 'ruleset golden-image: branches', action: 'create' });
    const text = branches?.lines.map(({ sign, text: line }) => `${sign} ${line}`).join('\n');
    expect(text).toContain('+ rules.pull_request.required_approving_review_count: 2');
    expect(text).toContain(
      '+ rules.required_status_checks.required_status_checks[gate].integration_id: 15368',
    );
    expect(outcome.changes.map(({ target }) => target)).toEqual([
      'ruleset golden-image: branches',
      'ruleset golden-image: tags',
      'environment staging',
      'environment production',
    ]);
  });

  it('is protected, and a second run changes nothing', async () => {
    expect((await run()).problems).toEqual([]);
    const [branches, tags] = repository().rulesets;
    expect(branches).toMatchObject({
      enforcement: 'active',
      bypass_actors: [],
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    });
    expect(branches?.rules.map((rule) => rule.type)).toEqual([
      'deletion',
      'non_fast_forward',
      'pull_request',
      'required_status_checks',
    ]);
    expect(tags?.rules.map((rule) => rule.type)).toEqual(['deletion', 'non_fast_forward', 'update']);
    expect(repository().environments).toEqual([
      expect.objectContaining({
        name: 'staging',
        can_admins_bypass: false,
        reviewers: [],
        policies: [expect.objectContaining({ name: 'main', type: 'branch' })],
      }),
      expect.objectContaining({
        name: 'production',
        can_admins_bypass: false,
        prevent_self_review: true,
        reviewers: [
          { type: 'Team', id: 31 },
          { type: 'User', id: 14 },
        ],
        policies: [expect.objectContaining({ name: 'v*', type: 'tag' })],
      }),
    ]);
    const again = await run();
    expect(again.changes).toEqual([]);
    expect(writes()).toEqual([]);
  });
});

describe('what is stricter', () => {
  async function strictWorld(): Promise<World> {
    await run();
    const [branches] = repository().rulesets;
    const review = branches?.rules.find((rule) => rule.type === 'pull_request');
    Object.assign(review?.parameters ?? {}, {
      required_approving_review_count: 4,
      required_review_thread_resolution: true,
    });
    branches?.rules.push({ type: 'required_signatures' });
    const [, production] = repository().environments;
    Object.assign(production ?? {}, { wait_timer: 30, reviewers: [{ type: 'User', id: 14 }] });
    return bench?.github.world ?? sampleWorld();
  }

  it('stays, and is named', async () => {
    await strictWorld();
    const outcome = await run();
    expect(outcome.changes).toEqual([]);
    expect(outcome.kept).toEqual(
      expect.arrayContaining([
        'golden-image: branches: rules.pull_request.required_approving_review_count: 4',
        'golden-image: branches: rules.pull_request.required_review_thread_resolution: yes',
        'golden-image: branches: rules.required_signatures: yes',
        'environment production: not reviewers[Team acme/release-owners]: yes',
      ]),
    );
  });

  it('goes when told, and the waiting time stays with it', async () => {
    await strictWorld();
    const outcome = await run({ loosen: true });
    expect(outcome.problems).toEqual([]);
    const [branches] = repository().rulesets;
    const review = branches?.rules.find((rule) => rule.type === 'pull_request');
    expect(review?.parameters?.required_approving_review_count).toBe(2);
    expect(branches?.rules.map((rule) => rule.type)).not.toContain('required_signatures');
    const [, production] = repository().environments;
    expect(production?.reviewers).toHaveLength(2);
    expect(production?.wait_timer).toBe(30);
    expect((await run({ loosen: true })).changes).toEqual([]);
  });
});

describe('what was loosened by hand', () => {
  it('is put right', async () => {
    await run();
    const [branches] = repository().rulesets;
    Object.assign(branches ?? {}, {
      enforcement: 'evaluate',
      bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }],
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: ['refs/heads/main'] } },
    });
    const checks = branches?.rules.find((rule) => rule.type === 'required_status_checks');
    Object.assign(checks?.parameters ?? {}, { required_status_checks: [{ context: 'gate' }] });
    const [staging, production] = repository().environments;
    Object.assign(production ?? {}, { can_admins_bypass: true, prevent_self_review: false });
    staging?.policies.push({ id: 77, name: 'evil', type: 'branch' });
    const outcome = await run();
    const lines = outcome.changes.flatMap((change) =>
      change.lines.map(({ sign, text }) => `${sign} ${text}`),
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        '- enforcement: evaluate',
        '+ enforcement: active',
        '- refs.exclude[refs/heads/main]: yes',
        '- bypass[RepositoryRole 5].bypass_mode: always',
        '+ rules.required_status_checks.required_status_checks[gate].integration_id: 15368',
        '- admins can bypass: yes',
        '- refs[branch evil]: yes',
      ]),
    );
    expect(outcome.problems).toEqual([]);
    expect((await run()).changes).toEqual([]);
  });

  it('in rulesets of the organisation that are called like ours is left alone, and ours are made', async () => {
    await run();
    for (const ruleset of repository().rulesets) {
      Object.assign(ruleset, { source: 'Organization', enforcement: 'disabled' });
    }
    const outcome = await run({ dryRun: true });
    expect(outcome.changes.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'create ruleset golden-image: branches',
      'create ruleset golden-image: tags',
    ]);
  });

  it('to protect something else under our name is no protection', async () => {
    await run();
    Object.assign(repository().rulesets[0] ?? {}, { target: 'tag' });
    expect((await run({ dryRun: true })).changes.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'create ruleset golden-image: branches',
    ]);
  });

  it('in rulesets of others is left alone', async () => {
    const other = sampleRepository();
    other.rulesets.push({
      id: 3,
      name: 'theirs',
      target: 'branch',
      enforcement: 'disabled',
      bypass_actors: [],
      conditions: { ref_name: { include: ['~ALL'], exclude: [] } },
      rules: [],
    });
    await run({ world: sampleWorld(other) });
    expect(repository().rulesets.find((ruleset) => ruleset.id === 3)?.enforcement).toBe('disabled');
  });
});

describe('permitted bypasses', () => {
  it('go through a pull request', async () => {
    const policy = `${POLICY.replace('checks: [gate]', 'checks: [gate]\n  bypass: [team:acme/release-owners, app:github-actions, organization-admin]')}`;
    await run({ policy });
    expect(repository().rulesets[0]?.bypass_actors).toEqual([
      { actor_type: 'Team', actor_id: 31, bypass_mode: 'pull_request' },
      { actor_type: 'Integration', actor_id: 15368, bypass_mode: 'pull_request' },
      { actor_type: 'OrganizationAdmin', actor_id: 1, bypass_mode: 'pull_request' },
    ]);
    expect((await run({ policy })).changes).toEqual([]);
  });
});

describe('what provisioning cannot do', () => {
  it('without the permission names it and changes nothing', async () => {
    const world = sampleWorld();
    Object.assign(world.tokens[WORKFLOW_TOKEN]?.permissions ?? {}, { members: 'read' });
    await expect(run({ token: WORKFLOW_TOKEN, world })).rejects.toMatchObject({
      message: expect.stringMatching(/administration: write.*nothing was changed/),
      fix: expect.stringContaining('administration: write'),
    });
    expect(repository().rulesets).toEqual([]);
  });

  it('without the permission to look up a team names that', async () => {
    await expect(run({ token: WORKFLOW_TOKEN, world: sampleWorld() })).rejects.toMatchObject({
      fix: expect.stringContaining('members: read'),
    });
    expect(writes()).toEqual([]);
  });

  it('on a plan without rulesets names the plan', async () => {
    const world = sampleWorld();
    world.plan = 'free';
    Object.assign(world.repositories[0] ?? {}, { private: true });
    await expect(run({ world })).rejects.toMatchObject({
      message: expect.stringMatching(/the plan of this owner does not include it: Upgrade to GitHub Pro/),
    });
  });

  it('on a plan without reviewers names the plan, and what was done before', async () => {
    const world = sampleWorld();
    world.plan = 'team';
    Object.assign(world.repositories[0] ?? {}, { private: true });
    await expect(run({ world })).rejects.toMatchObject({
      message: expect.stringMatching(
        /environment production: the plan .*billing plan.*3 changes were made before/,
      ),
    });
  });

  it('on an older Enterprise Server says that an administrator must take the bypass away by hand', async () => {
    const world = sampleWorld();
    world.adminBypassKey = false;
    const outcome = await run({ world });
    expect(outcome.problems).toEqual([
      expect.stringMatching(/^environment staging: GitHub did not take - admins can bypass: yes .*Settings/),
      expect.stringMatching(/^environment staging: GitHub did not take \+ admins can bypass: no/),
      expect.stringMatching(/^environment production: .*- admins can bypass: yes/),
      expect.stringMatching(/^environment production: .*\+ admins can bypass: no/),
    ]);
  });

  it('with a name that nobody has names it', async () => {
    await expect(
      run({ world: sampleWorld(), policy: POLICY.replace('acme/release-owners', 'acme/nobody') }),
    ).rejects.toMatchObject({ message: expect.stringContaining('the team acme/nobody') });
  });

  it('with too many reviewers says so before it changes anything', async () => {
    const many = 'reviewers: [a, b, c, d, e, f, g]';
    const policy = POLICY.replace(/reviewers: \[.*\]/, many);
    await expect(run({ world: sampleWorld(), policy })).rejects.toMatchObject({ code: 'too-many-reviewers' });
    expect(writes()).toEqual([]);
  });

  it('without CODEOWNERS, or with a broken one, is a problem', async () => {
    const world = sampleWorld();
    const [first] = world.repositories;
    first?.codeownersErrors.push({
      line: 3,
      kind: 'Unknown owner',
      source: '/dist/ @acme/ghosts',
      path: '.github/CODEOWNERS',
      message: 'm',
    });
    expect((await run({ world })).problems).toEqual([
      'CODEOWNERS: .github/CODEOWNERS:3 Unknown owner: /dist/ @acme/ghosts',
    ]);
    delete first?.files['.github/CODEOWNERS'];
    expect((await run()).problems).toEqual([expect.stringContaining('there is no CODEOWNERS')]);
  });
});

describe('a fault on the way', () => {
  it('leaves the rest for the next run', async () => {
    const world = sampleWorld();
    bench = await startBench(world, { token: ADMIN_TOKEN });
    bench.github.fault({ kind: 'status', status: 500, match: /^PUT .*production/, times: 10 });
    const request = { policy: parsePolicy(POLICY, 'p'), repository: name, dryRun: false, loosen: false };
    await expect(provision(request, bench.api, bench.ports)).rejects.toMatchObject({
      message: expect.stringMatching(/environment production: .*500.*3 changes were made before/),
    });
    const outcome = await run();
    expect(outcome.changes.map(({ target }) => target)).toEqual(['environment production']);
    expect(outcome.problems).toEqual([]);
  });

  it('that lost the answer to a creation is no second ruleset', async () => {
    bench = await startBench(sampleWorld(), { token: ADMIN_TOKEN });
    bench.github.fault({ kind: 'reset', match: /^POST .*rulesets/, afterEffect: true });
    const request = { policy: parsePolicy(POLICY, 'p'), repository: name, dryRun: false, loosen: false };
    await expect(provision(request, bench.api, bench.ports)).rejects.toMatchObject({
      code: 'github-refused',
    });
    expect((await run()).problems).toEqual([]);
    expect(repository().rulesets).toHaveLength(2);
  });

  it('that was cancelled makes no further change', async () => {
    bench = await startBench(sampleWorld(), { token: ADMIN_TOKEN });
    const { log } = bench.ports;
    const info = log.info.bind(log);
    log.info = (text) => {
      info(text);
      if (text.startsWith('create ruleset')) {
        bench?.cancel();
      }
    };
    const request = {
      ...{ policy: parsePolicy(POLICY, 'policy.yml'), repository: name },
      ...{ dryRun: false, loosen: false },
    };
    await expect(provision(request, bench.api, bench.ports)).rejects.toThrow('cancelled');
    expect(log.lines.filter((line) => line.includes('create '))).toHaveLength(1);
  });

  it('whose change GitHub refuses does not ask for the same thing again', async () => {
    bench = await startBench(sampleWorld(), { token: ADMIN_TOKEN });
    bench.github.fault({ kind: 'status', status: 422, match: /^PUT .*environments/, times: 9 });
    const request = {
      ...{ policy: parsePolicy(POLICY, 'policy.yml'), repository: name },
      ...{ dryRun: false, loosen: false },
    };
    await expect(provision(request, bench.api, bench.ports)).rejects.toMatchObject({
      code: 'github-refused',
    });
    expect(writes().filter((entry) => entry.startsWith('PUT'))).toHaveLength(1);
  });
});
