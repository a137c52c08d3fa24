import { planAllows } from '../access.ts';
import { type Call, type Handlers, REPOSITORY, repositoryOf } from '../handler.ts';
import { noContent, ok, page, Refusal, required } from '../reply.ts';
import { environmentView, userByLogin } from '../views.ts';
import { type Environment, nextId } from '../world.ts';

const one = `${REPOSITORY}/environments/{environment_name}`;

/** GitHub takes no more reviewers for an environment. */
const MOST_REVIEWERS = 6;

/** Environments, runs, approvals and deployments. */
export const environmentHandlers: Handlers = {
  [`GET ${REPOSITORY}/environments`]: (call) =>
    page(call.url, repositoryOf(call).environments, (part, total) => ({
      total_count: total,
      environments: part.map((entry) => environmentView(call.world, entry)),
    })),

  [`GET ${one}`]: (call) => ok(environmentView(call.world, environmentOf(call))),

  [`PUT ${one}`]: (call) => {
    const repository = repositoryOf(call);
    const name = call.parameters.environment_name ?? '';
    const body = call.body ?? {};
    check(call, body);
    const known = repository.environments.find((entry) => entry.name === name);
    const environment: Environment = known ?? {
      id: nextId(repository.environments),
      name,
      prevent_self_review: false,
      can_admins_bypass: true,
      reviewers: [],
      deployment_branch_policy: null,
      policies: [],
    };
    // What a request leaves out is reset, as GitHub does.
    Object.assign(environment, {
      wait_timer: body.wait_timer ?? 0,
      prevent_self_review: body.prevent_self_review ?? false,
      reviewers: body.reviewers ?? [],
      deployment_branch_policy: body.deployment_branch_policy ?? null,
      can_admins_bypass: body.can_admins_bypass ?? environment.can_admins_bypass,
    });
    if (!environment.deployment_branch_policy?.custom_branch_policies) {
      environment.policies = [];
    }
    if (!known) {
      repository.environments.push(environment);
    }
    return ok(environmentView(call.world, environment));
  },

  [`GET ${one}/deployment-branch-policies`]: (call) =>
    page(call.url, environmentOf(call).policies, (part, total) => ({
      total_count: total,
      branch_policies: part,
    })),

  [`POST ${one}/deployment-branch-policies`]: (call) => {
    const environment = environmentOf(call);
    const { name, type = 'branch' } = call.body;
    if (!environment.deployment_branch_policy?.custom_branch_policies) {
      throw new Refusal(404, 'Not Found');
    }
    if (environment.policies.some((entry) => entry.name === name && entry.type === type)) {
      return { status: 303 };
    }
    const policy = { id: nextId(environment.policies), name, type };
    environment.policies.push(policy);
    return ok(policy);
  },

  [`DELETE ${one}/deployment-branch-policies/{branch_policy_id}`]: (call) => {
    const environment = environmentOf(call);
    const id = Number(call.parameters.branch_policy_id);
    required(environment.policies.find((entry) => entry.id === id));
    environment.policies = environment.policies.filter((entry) => entry.id !== id);
    return noContent;
  },

  [`GET ${REPOSITORY}/actions/runs/{run_id}`]: (call) => {
    const run = runOf(call);
    return ok({
      id: run.id,
      run_attempt: run.attempt,
      head_sha: run.headSha,
      head_branch: run.headBranch,
      event: run.event,
      path: '.github/workflows/release.yml',
      workflow_id: 1,
      pull_requests: [],
      actor: userByLogin(call.world, run.actor),
      triggering_actor: userByLogin(call.world, run.triggeringActor),
      created_at: run.createdAt,
      updated_at: '2027-01-01T00:00:00Z',
      head_commit: null,
      repository: minimal(call),
      head_repository: minimal(call),
    });
  },

  [`GET ${REPOSITORY}/actions/runs/{run_id}/approvals`]: (call) =>
    ok(
      runOf(call).approvals.map(({ login, state, comment, environments }) => ({
        state,
        comment,
        user: userByLogin(call.world, login),
        environments: environments.map((name) => ({ id: 1, node_id: 'E_1', name })),
      })),
    ),

  [`GET ${REPOSITORY}/actions/runs/{run_id}/attempts/{attempt_number}/jobs`]: (call) => {
    const run = runOf(call);
    const attempt = Number(call.parameters.attempt_number);
    required(attempt <= run.attempt ? run : undefined);
    return page(call.url, run.jobs, (part, total) => ({
      total_count: total,
      jobs: part.map(({ name, conclusion }, index) => ({
        id: run.id * 100 + index,
        run_id: run.id,
        name,
        run_attempt: attempt,
        status: conclusion === null ? 'in_progress' : 'completed',
        conclusion,
        head_sha: run.headSha,
        started_at: run.createdAt,
        completed_at: conclusion === null ? null : run.createdAt,
        created_at: run.createdAt,
        labels: [],
        runner_id: null,
        runner_name: null,
        runner_group_id: null,
        runner_group_name: null,
        workflow_name: null,
        head_branch: run.headBranch,
      })),
    }));
  },
};

function environmentOf(call: Call): Environment {
  const name = call.parameters.environment_name?.toLowerCase();
  return required(repositoryOf(call).environments.find((entry) => entry.name.toLowerCase() === name));
}

function runOf(call: Call) {
  const id = Number(call.parameters.run_id);
  return required(repositoryOf(call).runs.find((run) => run.id === id));
}

function minimal(call: Call): Record<string, unknown> {
  const { id, owner, name, private: hidden } = repositoryOf(call);
  return {
    id,
    name,
    full_name: `${owner}/${name}`,
    private: hidden,
    fork: false,
    owner: { id: 1, login: owner, type: 'Organization', gravatar_id: '' },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the contract has checked it
function check(call: Call, body: any): void {
  const repository = repositoryOf(call);
  const policy = body.deployment_branch_policy;
  const protection = 'Failed to create the environment protection rule.';
  if (body.reviewers?.length > 0 && !planAllows(call.world, repository, 'reviewers')) {
    throw new Refusal(
      422,
      `${protection} Please ensure the billing plan supports the required reviewers protection rule.`,
    );
  }
  if (policy && policy.protected_branches === policy.custom_branch_policies) {
    throw new Refusal(422, 'protected_branches and custom_branch_policies cannot have the same value');
  }
  if (body.reviewers?.length > MOST_REVIEWERS) {
    throw new Refusal(422, `${protection} There can be at most ${MOST_REVIEWERS} reviewers.`);
  }
  if (body.can_admins_bypass !== undefined && !call.world.adminBypassKey) {
    throw new Refusal(422, 'Invalid request.\n\n"can_admins_bypass" is not a permitted key.');
  }
}
