import type { Policy } from '@golden-image/policy';
import type { BypassActor, Rule, Ruleset } from './ruleset.ts';

type RepositoryPolicy = NonNullable<Policy['repository']>;

export const BRANCH_RULESET = 'golden-image: branches';
export const TAG_RULESET = 'golden-image: tags';

/** The rulesets that a policy asks for. */
export function desiredRulesets(
  policy: Policy,
  repository: RepositoryPolicy,
  actionsApp: number,
  bypass: readonly BypassActor[],
): readonly Ruleset[] {
  const shared = { enforcement: 'active', bypass_actors: bypass } as const;
  const branches: Ruleset = {
    ...shared,
    name: BRANCH_RULESET,
    target: 'branch',
    conditions: { ref_name: { include: repository.branches.map(branchPattern), exclude: [] } },
    rules: branchRules(policy, repository, actionsApp),
  };
  if (!repository.tags) {
    return [branches];
  }
  const tags: Ruleset = {
    ...shared,
    name: TAG_RULESET,
    target: 'tag',
    conditions: {
      ref_name: { include: repository.tags.map((tag) => prefixed(tag, 'refs/tags/')), exclude: [] },
    },
    rules: [{ type: 'deletion' }, { type: 'non_fast_forward' }, { type: 'update' }],
  };
  return [branches, tags];
}

function branchPattern(branch: string): string {
  return branch.startsWith('~') ? branch : prefixed(branch, 'refs/heads/');
}

function prefixed(name: string, prefix: string): string {
  return name.startsWith('refs/') ? name : `${prefix}${name}`;
}

function branchRules(policy: Policy, repository: RepositoryPolicy, actionsApp: number): readonly Rule[] {
  const { checks } = repository;
  return [
    { type: 'deletion' },
    { type: 'non_fast_forward' },
    {
      type: 'pull_request',
      parameters: {
        required_approving_review_count: approvalsOfEveryChange(policy),
        dismiss_stale_reviews_on_push: true,
        require_code_owner_review: repository['code-owners'],
        require_last_push_approval: true,
        required_review_thread_resolution: false,
      },
    },
    ...(checks.length > 0
      ? [
          {
            type: 'required_status_checks',
            parameters: {
              // Pinned to GitHub Actions: otherwise anyone with write access may report a status of that name.
              required_status_checks: checks.map((context) => ({ context, integration_id: actionsApp })),
              // A merge queue tests on top of the newest base by itself.
              strict_required_status_checks_policy: !repository['merge-queue'],
            },
          },
        ]
      : []),
    ...(repository['linear-history'] ? [{ type: 'required_linear_history' }] : []),
    ...(repository['signed-commits'] ? [{ type: 'required_signatures' }] : []),
    ...(repository['merge-queue'] ? [mergeQueue(repository)] : []),
  ];
}

/** GitHub counts approvals for a whole change; rules for some paths only are the gate's, and CODEOWNERS'. */
export function approvalsOfEveryChange(policy: Policy): number {
  const everywhere = (policy.changes ?? []).filter(({ paths }) => paths.some((path) => path === '**'));
  // GitHub takes 10 at most.
  return Math.min(10, Math.max(1, ...everywhere.map((rule) => rule.approvals.min)));
}

function mergeQueue(repository: RepositoryPolicy): Rule {
  return {
    type: 'merge_queue',
    parameters: {
      check_response_timeout_minutes: 120,
      grouping_strategy: 'ALLGREEN',
      max_entries_to_build: 5,
      max_entries_to_merge: 5,
      merge_method: repository['linear-history'] ? 'SQUASH' : 'MERGE',
      min_entries_to_merge: 1,
      min_entries_to_merge_wait_minutes: 5,
    },
  };
}
