import { type GitHubApi, PAGE, type RepositoryName } from '../api.ts';
import { httpStatus } from '../failure.ts';

/** One rule in force on a branch, from a ruleset or from classic branch protection. */
export interface EffectiveRule {
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Undefined: classic protection. */
  readonly ruleset: number | undefined;
}

/** Everything that is in force on a branch: of the repository, of the organisation, and classic protection. */
export async function effectiveRules(
  api: GitHubApi,
  name: RepositoryName,
  branch: string,
): Promise<{ readonly rules: readonly EffectiveRule[]; readonly adminsAreExempt: boolean }> {
  const route = 'GET /repos/{owner}/{repo}/rules/branches/{branch}';
  const listed = await api.paginate(route, { ...name, branch, per_page: PAGE });
  const rules = (listed as readonly { type: string; parameters?: object; ruleset_id?: number }[]).map(
    ({ type, parameters, ruleset_id }) => ({
      type,
      parameters: (parameters ?? {}) as EffectiveRule['parameters'],
      ruleset: ruleset_id,
    }),
  );
  const classic = await classicProtection(api, name, branch);
  return {
    rules: [...rules, ...(classic?.rules ?? [])],
    adminsAreExempt: classic !== undefined && !classic.enforceAdmins,
  };
}

/** Classic protection in the words of rulesets. */
async function classicProtection(
  api: GitHubApi,
  name: RepositoryName,
  branch: string,
): Promise<{ readonly rules: readonly EffectiveRule[]; readonly enforceAdmins: boolean } | undefined> {
  try {
    const route = 'GET /repos/{owner}/{repo}/branches/{branch}/protection';
    const { data } = await api.request(route, { ...name, branch });
    const rule = (type: string, parameters: EffectiveRule['parameters'] = {}): EffectiveRule => ({
      type,
      parameters,
      ruleset: undefined,
    });
    const reviews = data.required_pull_request_reviews;
    const checks = data.required_status_checks;
    return {
      enforceAdmins: data.enforce_admins?.enabled === true,
      rules: [
        ...(data.allow_deletions?.enabled ? [] : [rule('deletion')]),
        ...(data.allow_force_pushes?.enabled ? [] : [rule('non_fast_forward')]),
        ...(data.required_linear_history?.enabled ? [rule('required_linear_history')] : []),
        ...(data.required_signatures?.enabled ? [rule('required_signatures')] : []),
        ...(reviews
          ? [
              rule('pull_request', {
                required_approving_review_count: reviews.required_approving_review_count ?? 0,
                dismiss_stale_reviews_on_push: reviews.dismiss_stale_reviews,
                require_code_owner_review: reviews.require_code_owner_reviews,
                require_last_push_approval: reviews.require_last_push_approval ?? false,
              }),
            ]
          : []),
        ...(checks
          ? [
              rule('required_status_checks', {
                required_status_checks: (checks.checks ?? []).map(({ context, app_id }) => ({
                  context,
                  ...(app_id ? { integration_id: app_id } : {}),
                })),
                strict_required_status_checks_policy: checks.strict ?? false,
              }),
            ]
          : []),
      ],
    };
  } catch (error) {
    if (httpStatus(error) === 404) {
      return undefined;
    }
    throw error;
  }
}
