import { type Call, type Handlers, REPOSITORY, repositoryOf } from '../handler.ts';
import { ok, page, required } from '../reply.ts';
import { fullName, repositoryView } from '../views.ts';
import type { RunnerGroup } from '../world.ts';

const GROUPS = '/orgs/{org}/actions/runner-groups';
type Runner = RunnerGroup['runners'][number];

/** What workflows may do, and on which machines. */
export const actionsHandlers: Handlers = {
  [`GET ${REPOSITORY}/actions/permissions`]: (call) => {
    const { allowed_actions, sha_pinning_required } = repositoryOf(call).actions;
    return ok({ enabled: true, allowed_actions, sha_pinning_required });
  },

  [`GET ${REPOSITORY}/actions/permissions/workflow`]: (call) => {
    const { default_workflow_permissions, can_approve_pull_request_reviews } = repositoryOf(call).actions;
    return ok({ default_workflow_permissions, can_approve_pull_request_reviews });
  },

  [`GET ${REPOSITORY}/actions/permissions/fork-pr-contributor-approval`]: (call) =>
    ok({ approval_policy: repositoryOf(call).actions.approval_policy }),

  [`GET ${REPOSITORY}/actions/runners`]: (call) => runnerPage(call, repositoryOf(call).runners),

  [`GET ${GROUPS}`]: (call) =>
    page(call.url, call.world.runnerGroups, (part, total) => ({
      total_count: total,
      runner_groups: part.map(({ repositories: _repositories, runners: _runners, ...group }) => ({
        ...group,
        default: group.name === 'Default',
        inherited: false,
        runners_url: 'https://github.test/',
      })),
    })),

  [`GET ${GROUPS}/{runner_group_id}/repositories`]: (call) => {
    const names = groupOf(call).repositories;
    const entries = call.world.repositories.filter((entry) => names.includes(fullName(entry)));
    return page(call.url, entries, (part, total) => ({
      total_count: total,
      repositories: part.map((entry) => repositoryView(call.world, entry)),
    }));
  },

  [`GET ${GROUPS}/{runner_group_id}/runners`]: (call) => runnerPage(call, groupOf(call).runners),
};

function groupOf({ world, parameters }: Call): RunnerGroup {
  return required(world.runnerGroups.find((group) => group.id === Number(parameters.runner_group_id)));
}

function runnerPage(call: Call, runners: readonly Runner[]): ReturnType<typeof page> {
  return page(call.url, runners, (part, total) => ({
    total_count: total,
    runners: part.map(({ id, name, labels }) => ({
      id,
      name,
      os: 'linux',
      status: 'online',
      busy: false,
      labels: labels.map((label) => ({ name: label })),
    })),
  }));
}
