import { UserError } from '@golden-image/host';
import type { GitHubApi, RepositoryName } from '../api.ts';
import { type EnvironmentValue, listBranchPolicies, readEnvironment } from '../environments.ts';
import { httpStatus } from '../failure.ts';
import { type Change, difference, settingsOf } from './change.ts';
import {
  comparableEnvironment,
  desiredEnvironment,
  type EnvironmentPolicy,
  type EnvironmentSettings,
  MOST_REVIEWERS,
  refKey,
  stricterEnvironment,
} from './environment.ts';
import { teamId, userId } from './lookup.ts';
import type { Plan } from './plan-rulesets.ts';

/** Compares the repository's environments with those that the policy asks for. */
export async function planEnvironments(
  environments: Readonly<Record<string, EnvironmentPolicy>>,
  api: GitHubApi,
  name: RepositoryName,
  loosen: boolean,
): Promise<Plan> {
  const changes: Change[] = [];
  const kept: string[] = [];
  for (const [environment, policy] of Object.entries(environments)) {
    const wanted = desiredEnvironment(policy);
    if (wanted.reviewers.length > MOST_REVIEWERS) {
      throw new UserError(
        `The environment ${environment} has ${wanted.reviewers.length} reviewers, GitHub takes ${MOST_REVIEWERS}`,
        { code: 'too-many-reviewers', fix: 'Name a team in their place.' },
      );
    }
    const current = await readOrNothing(api, name, environment);
    const target = !current || loosen ? wanted : stricterEnvironment(wanted, current);
    const before = current ? settingsOf(comparableEnvironment(current)) : new Map<string, string>();
    const after = settingsOf(comparableEnvironment(target));
    const lines = difference(before, after);
    // Never empty for an environment that is not there yet: each setting of it is a line.
    if (lines.length > 0) {
      const reviewers = await reviewerIds(api, target);
      changes.push({
        target: `environment ${environment}`,
        action: current ? 'update' : 'create',
        lines,
        apply: (client) => applyEnvironment(client, name, environment, { target, current, reviewers }),
      });
    }
    const extra = difference(settingsOf(comparableEnvironment(wanted)), after);
    kept.push(
      ...extra.map(({ sign, text }) => `environment ${environment}: ${sign === '+' ? '' : 'not '}${text}`),
    );
  }
  return { changes, kept };
}

async function readOrNothing(
  api: GitHubApi,
  name: RepositoryName,
  environment: string,
): Promise<EnvironmentValue | undefined> {
  try {
    return await readEnvironment(api, name, environment);
  } catch (error) {
    if (httpStatus(error) === 404) {
      return undefined;
    }
    throw error;
  }
}

interface ReviewerId {
  readonly type: 'User' | 'Team';
  readonly id: number;
}

/** While planning, so that a name that nobody has stops everything before anything is changed. */
async function reviewerIds(api: GitHubApi, { reviewers }: EnvironmentSettings): Promise<ReviewerId[]> {
  const ids: ReviewerId[] = [];
  for (const { type, name } of reviewers) {
    ids.push({ type, id: type === 'Team' ? await teamId(api, name) : await userId(api, name) });
  }
  return ids;
}

async function applyEnvironment(
  api: GitHubApi,
  name: RepositoryName,
  environment: string,
  {
    target,
    current,
    reviewers,
  }: {
    readonly target: EnvironmentSettings;
    readonly current: EnvironmentValue | undefined;
    readonly reviewers: readonly ReviewerId[];
  },
): Promise<void> {
  const settings = {
    ...name,
    environment_name: environment,
    reviewers,
    prevent_self_review: target.preventSelfReview,
    // GitHub resets what a request leaves out.
    ...(current?.waitTimer ? { wait_timer: current.waitTimer } : {}),
    deployment_branch_policy:
      target.refPolicy === 'all'
        ? null
        : {
            protected_branches: target.refPolicy === 'protected',
            custom_branch_policies: target.refPolicy === 'custom',
          },
  };
  await putEnvironment(api, settings, target.adminsCanBypass);
  if (target.refPolicy === 'custom') {
    await applyRefs(api, name, environment, target);
  }
}

/**
 * `can_admins_bypass` is not in GitHub's description; GitHub takes it (google/go-github#2725), older Enterprise
 * Servers refuse it (integrations/terraform-provider-github#1804). What came of it is read again after provisioning.
 */
async function putEnvironment(api: GitHubApi, settings: object, adminsCanBypass: boolean): Promise<void> {
  const route = 'PUT /repos/{owner}/{repo}/environments/{environment_name}';
  try {
    await api.request(route, { ...settings, can_admins_bypass: adminsCanBypass } as never);
  } catch (error) {
    const refused = error instanceof Error && error.message.includes('can_admins_bypass');
    if (!refused) {
      throw error;
    }
    await api.request(route, settings as never);
  }
}

/** Removes first: what is in between is stricter than both. */
async function applyRefs(
  api: GitHubApi,
  name: RepositoryName,
  environment: string,
  { refs }: EnvironmentSettings,
): Promise<void> {
  const existing = await listBranchPolicies(api, name, environment);
  const wanted = new Set(refs.map(refKey));
  const at = { ...name, environment_name: environment };
  const policies =
    '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies' as const;
  for (const policy of existing.filter((entry) => !wanted.has(refKey(entry)))) {
    await api.request(`DELETE ${policies}/{branch_policy_id}`, { ...at, branch_policy_id: policy.id });
  }
  const known = new Set(existing.map(refKey));
  for (const { type, pattern } of refs.filter((ref) => !known.has(refKey(ref)))) {
    await api.request(`POST ${policies}`, { ...at, name: pattern, type });
  }
}
