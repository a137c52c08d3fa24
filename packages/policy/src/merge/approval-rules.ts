import type { Finding } from '../decision/decision.ts';
import { finding, firstOf } from '../decision/finding.ts';
import type { Facts } from '../facts/facts.ts';
import { memberOf } from '../people/membership.ts';
import { matchesGlob } from '../policy/glob.ts';
import type { ChangeRule, Policy } from '../policy/policy-schema.ts';
import { type Approvals, judgeApprovals } from './approvals.ts';
import { latestOpinions, mayWrite } from './opinions.ts';
import type { Pull } from './pull.ts';

/** Every path that a pull request touches: a renamed file counts at both places. */
export function pathsOf({ files }: Pull): readonly string[] {
  return files.flatMap(({ path, previousPath }) =>
    previousPath === undefined ? [path] : [path, previousPath],
  );
}

/** What exceptions and reasons call a rule. */
export function ruleName(rule: ChangeRule, index: number): string {
  return rule.name ?? String(index + 1);
}

/** Enough approvals that count for every rule that a changed path falls under, and no path without a rule. */
export function approvalFindings(pull: Pull, policy: Policy, facts: Facts): readonly Finding[] {
  const rules = policy.changes ?? [];
  const paths = pathsOf(pull);
  const touches = (rule: ChangeRule, path: string): boolean =>
    rule.paths.some((pattern) => matchesGlob(pattern, path));
  // A change without files (an empty commit) falls under all rules: nobody said that it needs less.
  const applicable = rules
    .map((rule, index) => ({ rule, index }))
    .filter(({ rule }) => paths.length === 0 || paths.some((path) => touches(rule, path)));
  const unruled = paths.filter((path) => !rules.some((rule) => touches(rule, path)));
  return [
    ...(rules.length > 0 ? [ruledFinding(pull, unruled)] : []),
    ...applicable.map(({ rule, index }) => approvalFinding(pull, rule, index, facts)),
    requestedFinding(pull, policy),
  ];
}

function ruledFinding({ number }: Pull, unruled: readonly string[]): Finding {
  return finding(
    'changes.paths',
    `#${number}: the policy says what its files need`,
    unruled.length === 0 ? 'pass' : 'fail',
    {
      found: unruled.length === 0 ? 'every file has a rule' : `no rule for ${firstOf(unruled)}`,
      next: 'Add a rule with these paths under changes in the policy, on the base branch.',
    },
  );
}

function approvalFinding(pull: Pull, rule: ChangeRule, index: number, facts: Facts): Finding {
  const { min, teams, not } = rule.approvals;
  const approvals = judgeApprovals({
    reviews: pull.reviews,
    headSha: pull.request.headSha,
    contributors: pull.contributors,
    not,
    member: teams && memberOf(teams, facts),
  });
  const { counted, unknown } = approvals;
  const status = counted.length >= min ? 'pass' : counted.length + unknown.length >= min ? 'unknown' : 'fail';
  const who = teams ? ` of ${teams.join(' or ')}` : '';
  const requirement = `#${pull.number}: ${min} approval${min === 1 ? '' : 's'}${who} for ${rule.paths.join(', ')}`;
  const lacking = min - counted.length;
  return finding(`changes.${ruleName(rule, index)}.approvals`, requirement, status, {
    by: counted.join(', '),
    found: describe(approvals),
    next:
      status === 'unknown'
        ? 'Let the gate read teams and permissions: a token with members: read of the organisation.'
        : `Ask ${lacking === 1 ? 'somebody' : `${lacking} people`}${who} who did not contribute to approve the newest commit.`,
  });
}

function describe({ counted, unknown, rejected }: Approvals): string {
  const parts = [
    counted.length === 0
      ? 'none counts'
      : counted.length === 1
        ? '1 approval counts'
        : `${counted.length} approvals count`,
    ...(rejected.length > 0 ? [`not counted: ${rejected.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`not known: ${unknown.join(', ')}`] : []),
  ];
  return parts.join('; ');
}

/** Nobody who may write has asked for changes and not taken it back. */
function requestedFinding(pull: Pull, policy: Policy): Finding {
  const not = new Set((policy.changes ?? []).flatMap((rule) => rule.approvals.not));
  const asking = latestOpinions(pull.reviews, ({ author }) =>
    author.login === undefined
      ? false
      : pull.contributors.rolesOf(author.login).some((role) => not.has(role)),
  ).filter((review) => review.state === 'CHANGES_REQUESTED' && mayWrite(review) !== false);
  const names = asking.map(({ author }) => author.login ?? author.name ?? 'a deleted account');
  return finding(
    'changes.requested',
    `#${pull.number}: nobody waits for changes`,
    names.length === 0 ? 'pass' : 'fail',
    {
      found: names.length === 0 ? 'no open request for changes' : `changes requested by ${names.join(', ')}`,
      next: `Settle it with ${names.join(', ')}: a new review of theirs, or a dismissal with a reason.`,
    },
  );
}
