import type { Finding } from '../decision/decision.ts';
import { finding, worst } from '../decision/finding.ts';
import { type Facts, factsOf } from '../facts/facts.ts';
import type { Policy } from '../policy/policy-schema.ts';

/** GitHub's environments: who approved the deployment, from which ref. */
export function environmentFindings(policy: Policy, facts: Facts): readonly Finding[] {
  const names = Object.keys(policy.environments ?? {});
  if (names.length === 0) {
    return [];
  }
  const { environment } = facts;
  if (environment === undefined || !names.includes(environment)) {
    return [
      finding(
        'release.environment',
        'The release goes to an environment that the policy knows',
        environment === undefined ? 'unknown' : 'fail',
        {
          found:
            environment === undefined
              ? 'the environment is not named'
              : `the policy has no environment ${environment}`,
          next: `Set the input environment to one of: ${names.join(', ')}.`,
        },
      ),
    ];
  }
  const all = factsOf(facts, 'environment').filter((fact) => fact.environment === environment);
  return [
    finding(
      `release.environment.${environment}`,
      `The environment ${environment} was approved as the policy says`,
      worst(all.map((fact) => fact.status)),
      {
        by: all[0]?.by,
        found: all.map((fact) => fact.detail ?? 'approved').join('; ') || 'no fact about it (environment)',
        next: 'Let a reviewer of the environment approve this run.',
      },
    ),
  ];
}
