import { afterEach, describe, expect, it } from '@jest/globals';
import { sampleRepository, type World } from '../../../../test/fake-github/src/index.ts';
import { CI, closeBench, first, look, messages, sound } from '../../test/audit-world.ts';

afterEach(closeBench);

describe('a repository as provisioned', () => {
  it('has nothing to find', async () => {
    expect(await look(await sound())).toMatchObject({ decision: 'approved', findings: [] });
  });

  it('may be stricter, or protected by the organisation or the classic way', async () => {
    const world = await sound();
    const [ruleset] = first(world).rulesets;
    Object.assign(ruleset ?? {}, { source: 'Organization', name: 'of the organisation' });
    expect((await look(world)).findings).toEqual([]);
    const enabled = { enabled: true };
    first(world).rulesets = [];
    first(world).protection.main = {
      enforce_admins: { url: 'https://github.test/', ...enabled },
      required_pull_request_reviews: {
        dismiss_stale_reviews: true,
        require_code_owner_reviews: true,
        require_last_push_approval: true,
        required_approving_review_count: 3,
      },
      required_status_checks: {
        contexts: ['gate'],
        checks: [{ context: 'gate', app_id: 15368 }],
        strict: true,
      },
      allow_deletions: { enabled: false },
      allow_force_pushes: { enabled: false },
    };
    expect((await look(world)).findings).toEqual([]);
  });
});

describe('workflows', () => {
  it('are the files of both extensions, and no other files beside them', async () => {
    const world = await sound();
    const { files } = first(world);
    delete files['.github/workflows/ci.yml'];
    files['.github/workflows/ci.yaml'] = CI;
    files['.github/workflows/notes.yml.md'] = 'on: [';
    expect((await look(world)).findings).toEqual([]);
  });
});

describe('finds', () => {
  const cases: readonly (readonly [string, (world: World) => void, readonly RegExp[]])[] = [
    [
      'a ruleset that is gone',
      (world) => {
        first(world).rulesets = [];
      },
      [/deletion is not enforced/, /pull_request is not enforced/, /required_status_checks is not enforced/],
    ],
    [
      'a ruleset that only evaluates',
      (world) => {
        Object.assign(first(world).rulesets[0] ?? {}, { enforcement: 'evaluate' });
      },
      [/pull_request is not enforced/],
    ],
    [
      'fewer approvals, stale ones that stay',
      (world) => {
        const rule = first(world).rulesets[0]?.rules.find(({ type }) => type === 'pull_request');
        Object.assign(rule?.parameters ?? {}, {
          required_approving_review_count: 0,
          dismiss_stale_reviews_on_push: false,
        });
      },
      [/number of approvals, 1 \(it is 0\)/, /dismiss_stale_reviews_on_push is not enforced/],
    ],
    [
      'a check that anyone may report',
      (world) => {
        const rule = first(world).rulesets[0]?.rules.find(({ type }) => type === 'required_status_checks');
        Object.assign(rule?.parameters ?? {}, { required_status_checks: [{ context: 'gate' }] });
      },
      [/anyone with write access may report it/],
    ],
    [
      'bypass actors, with the names of the administrators',
      (world) => {
        first(world).rulesets[0]?.bypass_actors.push(
          { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
          { actor_id: null, actor_type: 'DeployKey', bypass_mode: 'always' },
        );
      },
      [
        /Every administrator of the repository \(erin\) may bypass .* at any time/,
        /Every deploy key may bypass/,
      ],
    ],
    [
      'administrators exempt from classic protection',
      (world) => {
        first(world).protection.main = { enforce_admins: { url: 'https://github.test/', enabled: false } };
      },
      [/protection of main does not hold for administrators: erin/],
    ],
    [
      'an environment that administrators may bypass, whose author may approve, from anywhere',
      (world) => {
        Object.assign(first(world).environments[0] ?? {}, {
          can_admins_bypass: true,
          prevent_self_review: false,
          deployment_branch_policy: null,
          policies: [],
        });
      },
      [
        /environment production can be bypassed by administrators: erin/,
        /prevent self-review is no, the policy says yes/,
        /deploy from is any ref, the policy says these refs/,
        /it lacks refs\[tag v\*\]/,
      ],
    ],
    [
      'an environment that is not there',
      (world) => {
        first(world).environments = [];
      },
      [/There is no environment production/],
    ],
    [
      'an administrator whom nobody listed',
      (world) => {
        first(world).collaborators.push({ login: 'mallory', role: 'admin', via: 'team' });
      },
      [/mallory administers the repository/],
    ],
    [
      'a runner group that others can use',
      (world) => {
        world.repositories.push({ ...sampleRepository('acme', 'website'), id: 200, collaborators: [] });
        world.runnerGroups[0]?.repositories.push('acme/website');
      },
      [/build-hosts can also be used by acme\/website/],
    ],
    [
      'a runner group of everybody',
      (world) => {
        Object.assign(world.runnerGroups[0] ?? {}, {
          visibility: 'all',
          allows_public_repositories: true,
          restricted_to_workflows: false,
        });
      },
      [/can be used by every repository/, /by public repositories/, /by every workflow/],
    ],
    [
      'direct write access to the build hosts, also through another repository of the group',
      (world) => {
        first(world).collaborators.push({ login: 'mallory', role: 'write', via: 'direct' });
        const website = sampleRepository('acme', 'website');
        website.collaborators = [{ login: 'bob', role: 'maintain', via: 'outside' }];
        world.repositories.push({ ...website, id: 200 });
        world.runnerGroups[0]?.repositories.push('acme/website');
      },
      [
        /mallory has write access to acme\/images by name.*build hosts of build-hosts/,
        /bob has write access to acme\/website/,
      ],
    ],
    [
      'no such runner group',
      (world) => {
        world.runnerGroups = [];
      },
      [/There is no runner group build-hosts/],
    ],
    [
      'workflows that may approve',
      (world) => {
        Object.assign(first(world).actions, { can_approve_pull_request_reviews: true });
      },
      [/Workflows may approve pull requests/],
    ],
    [
      'a required check that no workflow has',
      (world) => {
        first(world).files['.github/workflows/ci.yml'] = CI.replace('  gate:', '  door:');
      },
      [/has a job named gate/],
    ],
  ];
  it.each(cases)('%s', async (_name, change, expected) => {
    const world = await sound();
    change(world);
    const outcome = await look(world);
    expect(outcome.decision).toBe('refused');
    for (const pattern of expected) {
      expect(messages(outcome).join('\n')).toMatch(pattern);
    }
    expect(outcome.findings.every(({ status }) => status === 'found')).toBe(true);
  });

  it('loose settings of Actions that are no hole by themselves, without a refusal', async () => {
    const world = await sound();
    Object.assign(first(world).actions, {
      default_workflow_permissions: 'write',
      allowed_actions: 'all',
      sha_pinning_required: false,
      approval_policy: 'first_time_contributors',
    });
    const outcome = await look(world);
    expect(outcome.decision).toBe('approved');
    expect(outcome.findings.map(({ rule, level }) => `${level} ${rule}`)).toEqual([
      'warning workflow-token-writes',
      'warning any-action',
      'warning fork-workflows',
      'note unpinned-actions-allowed',
    ]);
  });
});
