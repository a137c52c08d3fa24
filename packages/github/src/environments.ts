import type { FactOf } from '@golden-image/policy';
import { permissionLookup } from './access.ts';
import { type GitHubApi, PAGE, type RepositoryName } from './api.ts';
import { personOf } from './people.ts';

/** The fact's value. */
export type EnvironmentFactValue = NonNullable<FactOf<'environment'>['value']>;

export interface EnvironmentValue extends EnvironmentFactValue {
  /** Minutes to wait before a deployment. */
  readonly waitTimer: number;
}

interface Reviewer {
  readonly type?: string;
  readonly reviewer?: { readonly login?: string; readonly slug?: string };
}

/** A protected environment as it is configured now. */
export async function readEnvironment(
  api: GitHubApi,
  name: RepositoryName,
  environment: string,
): Promise<EnvironmentValue> {
  const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}';
  const { data } = await api.request(route, { ...name, environment_name: environment });
  const rules = (data.protection_rules ?? []) as readonly {
    readonly type: string;
    readonly prevent_self_review?: boolean;
    readonly wait_timer?: number;
    readonly reviewers?: readonly Reviewer[];
  }[];
  const required = rules.find((rule) => rule.type === 'required_reviewers');
  const policy = data.deployment_branch_policy;
  return {
    waitTimer: rules.find((rule) => rule.type === 'wait_timer')?.wait_timer ?? 0,
    reviewers: (required?.reviewers ?? []).map(({ type, reviewer }) =>
      type === 'Team'
        ? { type: 'Team' as const, name: `${name.owner}/${reviewer?.slug ?? ''}`.toLowerCase() }
        : { type: 'User' as const, name: reviewer?.login ?? '' },
    ),
    preventSelfReview: required?.prevent_self_review ?? false,
    // Not in GitHub's description, though GitHub sends it; true is GitHub's default.
    adminsCanBypass: (data as { can_admins_bypass?: boolean }).can_admins_bypass ?? true,
    refPolicy: policy ? (policy.custom_branch_policies ? 'custom' : 'protected') : 'all',
    refs: policy?.custom_branch_policies ? await branchPolicies(api, name, environment) : [],
  };
}

async function branchPolicies(
  api: GitHubApi,
  name: RepositoryName,
  environment: string,
): Promise<EnvironmentValue['refs']> {
  const listed = await listBranchPolicies(api, name, environment);
  return listed.map(({ pattern, type }) => ({ type, pattern }));
}

export interface BranchPolicy {
  readonly id: number;
  readonly pattern: string;
  readonly type: 'branch' | 'tag';
}

export async function listBranchPolicies(
  api: GitHubApi,
  name: RepositoryName,
  environment: string,
): Promise<readonly BranchPolicy[]> {
  const policies: BranchPolicy[] = [];
  const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies';
  const pages = api.paginate.iterator(route, { ...name, environment_name: environment, per_page: PAGE });
  for await (const { data } of pages) {
    for (const { id, name: pattern, type } of data) {
      policies.push({ id: id ?? 0, pattern: pattern ?? '', type: type ?? 'branch' });
    }
  }
  return policies;
}

/** Who approved or rejected the deployments of a run. */
export async function readApprovals(
  api: GitHubApi,
  name: RepositoryName,
  runId: number,
): Promise<NonNullable<FactOf<'deployment-approvals'>['value']>> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals';
  const { data } = await api.request(route, { ...name, run_id: runId });
  const permissionOf = permissionLookup(api, name);
  const approvals: NonNullable<FactOf<'deployment-approvals'>['value']> = [];
  for (const { state, user, comment, environments } of data) {
    const person = personOf(user);
    approvals.push({
      state,
      user: person,
      environments: environments.flatMap((environment) => environment.name ?? []),
      ...(comment ? { comment } : {}),
      ...(person.login !== undefined && person.type === 'User'
        ? { permission: await permissionOf(person.login) }
        : {}),
    });
  }
  return approvals;
}
