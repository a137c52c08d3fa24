import { parsePolicy } from '@golden-image/policy';
import { describe, expect, it } from '@jest/globals';
import { approvalsOfEveryChange, desiredRulesets } from './desired.ts';
import type { Rule } from './ruleset.ts';

const APP = 15368;

function desired(text: string) {
  const policy = parsePolicy(`version: 1\n${text}`, 'policy.yml');
  const { repository } = policy;
  const [branches, tags] = desiredRulesets(policy, repository as NonNullable<typeof repository>, APP, []);
  const rule = (type: string): Rule | undefined => branches?.rules.find((entry) => entry.type === type);
  return { branches, tags, rule };
}

describe('what a policy asks of branches', () => {
  it('is a pull request that somebody else approved after the last push, with checks of GitHub Actions', () => {
    const { branches, rule } = desired('repository: {}\n');
    expect(branches?.enforcement).toBe('active');
    expect(branches?.rules.map(({ type }) => type)).toEqual([
      'deletion',
      'non_fast_forward',
      'pull_request',
      'required_status_checks',
    ]);
    expect(rule('pull_request')?.parameters).toMatchObject({
      required_approving_review_count: 1,
      dismiss_stale_reviews_on_push: true,
      require_code_owner_review: true,
      require_last_push_approval: true,
    });
    expect(rule('required_status_checks')?.parameters).toEqual({
      required_status_checks: [{ context: 'gate', integration_id: APP }],
      strict_required_status_checks_policy: true,
    });
  });

  it('may be less, where it says so', () => {
    const { rule } = desired('repository: {checks: [], code-owners: false}\n');
    expect(rule('required_status_checks')).toBeUndefined();
    expect(rule('pull_request')?.parameters?.require_code_owner_review).toBe(false);
  });

  it('may be a queue, which tests on the newest base by itself', () => {
    const { rule } = desired('repository: {merge-queue: true}\n');
    expect(rule('merge_queue')?.parameters?.merge_method).toBe('MERGE');
    expect(rule('required_status_checks')?.parameters?.strict_required_status_checks_policy).toBe(false);
  });

  it('may be a linear history of signed commits', () => {
    const { rule } = desired('repository: {linear-history: true, signed-commits: true, merge-queue: true}\n');
    expect(rule('required_linear_history')).toBeDefined();
    expect(rule('required_signatures')).toBeDefined();
    expect(rule('merge_queue')?.parameters?.merge_method).toBe('SQUASH');
  });

  it('names refs in full, except what GitHub has a word for', () => {
    const { branches, tags } = desired(
      "repository: {branches: [~ALL, 'v/*', refs/heads/x], tags: ['v*', refs/tags/y]}\n",
    );
    expect(branches?.conditions.ref_name.include).toEqual(['~ALL', 'refs/heads/v/*', 'refs/heads/x']);
    expect(tags?.conditions.ref_name.include).toEqual(['refs/tags/v*', 'refs/tags/y']);
    expect(tags?.rules.map(({ type }) => type)).toEqual(['deletion', 'non_fast_forward', 'update']);
  });
});

describe('the number of approvals that GitHub asks of every change', () => {
  it.each([
    ['without rules', '', 1],
    ['where a rule for everything needs none', "changes: [{paths: ['**'], approvals: {min: 0}}]", 1],
    ['where a rule for everything needs more', "changes: [{paths: [a, '**'], approvals: {min: 3}}]", 3],
    ['where only some paths need more', 'changes: [{paths: [a/**], approvals: {min: 3}}]', 1],
    ['where it is more than GitHub takes', "changes: [{paths: ['**'], approvals: {min: 12}}]", 10],
  ])('%s', (_what, text, expected) => {
    expect(approvalsOfEveryChange(parsePolicy(`version: 1\n${text}\n`, 'policy.yml'))).toBe(expected);
  });
});
