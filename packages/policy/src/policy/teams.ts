import { teamKey } from '../people/login.ts';
import { ownerTeams, parseCodeOwners } from './code-owners.ts';
import type { Policy } from './policy-schema.ts';

/**
 * The teams whose members a decision on a merge needs, as `org/slug`.
 *
 * @param codeOwners text of CODEOWNERS, if there is one
 * @param repository `owner/name`
 */
export function mergeTeams(
  policy: Policy,
  codeOwners: string | undefined,
  repository: string,
): readonly string[] {
  const rules = policy.changes ?? [];
  const named = rules.flatMap((rule) => rule.approvals.teams ?? []).map((team) => teamKey(team, repository));
  const owners =
    codeOwners !== undefined && rules.some((rule) => rule['code-owners'])
      ? ownerTeams(parseCodeOwners(codeOwners))
      : [];
  return [...new Set([...named, ...owners])].sort();
}

/** The teams among the reviewers of an environment in the policy, as `org/slug`; those in its settings come to them. */
export function environmentTeams(policy: Policy, environment: string): readonly string[] {
  const reviewers = policy.environments?.[environment]?.reviewers ?? [];
  return [
    ...new Set(reviewers.filter((name) => name.includes('/')).map((name) => name.toLowerCase())),
  ].sort();
}
