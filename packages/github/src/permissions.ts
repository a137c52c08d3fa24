/**
 * The permission that each of our requests needs. GitHub names it in `x-accepted-github-permissions` when it refuses
 * with 403; this table serves where it does not: Enterprise Servers before 3.11, and answers of 404 that hide a thing.
 *
 * Source: docs.github.com/rest/authentication/permissions-required-for-github-apps
 */
const table: readonly (readonly [RegExp, string])[] = [
  [/^(PUT|POST|DELETE|PATCH) .*\/(environments|rulesets)/, 'administration=write'],
  [/^GET .*\/branches\/[^/]+\/protection/, 'administration=read'],
  [/^GET .*\/actions\/(permissions|runners)/, 'administration=read'],
  [/^GET \/repos\/[^/]+\/[^/]+\/teams/, 'administration=read'],
  [/^GET \/orgs\/[^/]+\/actions\/runner-groups/, 'organization_self_hosted_runners=read'],
  [/^GET \/orgs\/[^/]+\/teams/, 'members=read'],
  [/^GET .*\/(actions\/runs|environments)/, 'actions=read'],
  [/^GET .*\/(pulls|commits\/[^/]+\/pulls)/, 'pull_requests=read'],
  [/^GET .*\/issues\/.*comments/, 'pull_requests=read'],
  [/^(POST|PATCH) .*\/issues\/.*comments/, 'pull_requests=write'],
  [/^GET .*\/deployments/, 'deployments=read'],
  [/^GET .*\/(activity|codeowners|compare|contents|releases|git|commits)/, 'contents=read'],
  [/^POST .*\/graphql/, 'contents=read, pull_requests=read'],
  [/^GET \/repos\//, 'metadata=read'],
];

/** What GITHUB_TOKEN can never have, whatever a workflow's `permissions:` says. */
const beyondWorkflows = ['administration', 'members', 'organization_self_hosted_runners'];

/** `pull-requests: read`, from GitHub's header or, without one, from the table. */
export function neededPermission(request: string, header: string | undefined): string | undefined {
  const raw = header || table.find(([pattern]) => pattern.test(request))?.[1];
  if (!raw) {
    return undefined;
  }
  return raw
    .split(';')
    .map((set) =>
      set
        .split(',')
        .map((entry) => entry.trim().replaceAll('_', '-').replace('=', ': '))
        .join(' and '),
    )
    .join(' or ');
}

/** How to get a permission: some belong to apps and personal tokens only. */
export function howToGrant(permission: string): string {
  return beyondWorkflows.some((scope) => permission.includes(scope.replaceAll('_', '-')))
    ? `give the input token of a GitHub App or a fine-grained personal access token with ${permission} (GITHUB_TOKEN cannot have it)`
    : `grant ${permission} under permissions: in the workflow`;
}
