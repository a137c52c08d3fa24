/**
 * The part of GitHub's REST API that the project uses: each operation with the permission that a token needs for it.
 *
 * Permissions: docs.github.com/rest/authentication/permissions-required-for-github-apps. `public` needs none.
 * `scripts/slice-github-api.ts` cuts exactly these operations out of GitHub's OpenAPI description; the fake server
 * answers to no others.
 */
export type Scope =
  | 'actions'
  | 'administration'
  | 'contents'
  | 'issues'
  | 'members'
  | 'metadata'
  | 'organization_self_hosted_runners'
  | 'pull_requests';
export type Access = 'read' | 'write';
/** `contents=read`; several are alternatives. */
export type Permission = `${Scope}=${Access}`;

const repository = '/repos/{owner}/{repo}';

/** What GITHUB_TOKEN can never have, whatever a workflow's `permissions:` says. */
export const beyondWorkflowTokens: readonly Scope[] = [
  'administration',
  'members',
  'organization_self_hosted_runners',
];

export const operations: Readonly<Record<string, readonly Permission[] | 'public'>> = {
  [`GET ${repository}`]: ['metadata=read'],
  [`GET ${repository}/actions/permissions`]: ['administration=read'],
  [`GET ${repository}/actions/permissions/workflow`]: ['administration=read'],
  [`GET ${repository}/actions/permissions/fork-pr-contributor-approval`]: ['administration=read'],
  [`GET ${repository}/actions/runners`]: ['administration=read'],
  [`GET ${repository}/actions/runs/{run_id}`]: ['actions=read'],
  [`GET ${repository}/actions/runs/{run_id}/approvals`]: ['actions=read'],
  [`GET ${repository}/actions/runs/{run_id}/attempts/{attempt_number}/jobs`]: ['actions=read'],
  [`GET ${repository}/activity`]: ['contents=read'],
  [`GET ${repository}/branches/{branch}/protection`]: ['administration=read'],
  [`GET ${repository}/codeowners/errors`]: ['contents=read'],
  [`GET ${repository}/collaborators`]: ['metadata=read'],
  [`GET ${repository}/collaborators/{username}/permission`]: ['metadata=read'],
  [`GET ${repository}/commits`]: ['contents=read'],
  [`GET ${repository}/compare/{basehead}`]: ['contents=read'],
  [`GET ${repository}/contents/{path}`]: ['contents=read'],
  [`GET ${repository}/environments`]: ['actions=read'],
  [`GET ${repository}/environments/{environment_name}`]: ['actions=read'],
  [`PUT ${repository}/environments/{environment_name}`]: ['administration=write'],
  [`GET ${repository}/environments/{environment_name}/deployment-branch-policies`]: ['actions=read'],
  [`POST ${repository}/environments/{environment_name}/deployment-branch-policies`]: ['administration=write'],
  [`DELETE ${repository}/environments/{environment_name}/deployment-branch-policies/{branch_policy_id}`]: [
    'administration=write',
  ],
  [`GET ${repository}/issues/{issue_number}/comments`]: ['issues=read', 'pull_requests=read'],
  [`POST ${repository}/issues/{issue_number}/comments`]: ['issues=write', 'pull_requests=write'],
  [`PATCH ${repository}/issues/comments/{comment_id}`]: ['issues=write', 'pull_requests=write'],
  [`GET ${repository}/pulls/{pull_number}`]: ['pull_requests=read'],
  [`GET ${repository}/pulls/{pull_number}/files`]: ['pull_requests=read'],
  [`GET ${repository}/pulls/{pull_number}/reviews`]: ['pull_requests=read'],
  [`GET ${repository}/releases`]: ['contents=read'],
  [`GET ${repository}/rules/branches/{branch}`]: ['metadata=read'],
  [`GET ${repository}/rulesets`]: ['metadata=read'],
  [`POST ${repository}/rulesets`]: ['administration=write'],
  [`GET ${repository}/rulesets/{ruleset_id}`]: ['metadata=read'],
  [`PUT ${repository}/rulesets/{ruleset_id}`]: ['administration=write'],
  [`GET ${repository}/teams`]: ['administration=read'],
  'GET /orgs/{org}/actions/runner-groups': ['organization_self_hosted_runners=read'],
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories': [
    'organization_self_hosted_runners=read',
  ],
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/runners': [
    'organization_self_hosted_runners=read',
  ],
  'GET /orgs/{org}/teams/{team_slug}': ['members=read'],
  'GET /orgs/{org}/teams/{team_slug}/members': ['members=read'],
  'GET /apps/{app_slug}': 'public',
  'GET /users/{username}': 'public',
};

/** What a catalog on a branch needs, which `catalog-server.ts` answers. */
export const catalogOperations: Readonly<Record<string, readonly Permission[]>> = {
  [`GET ${repository}/git/ref/{ref}`]: ['contents=read'],
  [`GET ${repository}/git/trees/{tree_sha}`]: ['contents=read'],
  [`GET ${repository}/git/blobs/{file_sha}`]: ['contents=read'],
  [`POST ${repository}/git/trees`]: ['contents=write'],
  [`POST ${repository}/git/commits`]: ['contents=write'],
  [`POST ${repository}/git/refs`]: ['contents=write'],
  [`PATCH ${repository}/git/refs/{ref}`]: ['contents=write'],
  [`GET ${repository}/issues`]: ['issues=read'],
  [`POST ${repository}/issues`]: ['issues=write'],
  [`PATCH ${repository}/issues/{issue_number}`]: ['issues=write'],
  [`GET ${repository}/releases/tags/{tag}`]: ['contents=read'],
  [`PATCH ${repository}/releases/{release_id}`]: ['contents=write'],
};
