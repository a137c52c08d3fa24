import { conclude, type Decision } from '../decision/decision.ts';
import { withException } from '../decision/exceptions.ts';
import type { Facts } from '../facts/facts.ts';
import type { Policy, ReleasePolicy } from '../policy/policy-schema.ts';
import { environmentFindings } from './environment-rules.ts';
import { chainFinding, integrityFindings } from './integrity-rules.ts';
import { requirementFindings, statementFindings } from './statement-rules.ts';

/** Decides on a release: a pure function of policy and facts, time included. Whatever is unknown refuses. */
export function decideRelease(policy: Policy & { readonly release: ReleasePolicy }, facts: Facts): Decision {
  const findings = [
    ...integrityFindings(policy.release, facts),
    chainFinding(policy.release, facts),
    ...statementFindings(facts),
    ...policy.release.require.flatMap((requirement) => requirementFindings(requirement, facts)),
    ...environmentFindings(policy, facts),
  ];
  const exceptions = policy.exceptions ?? [];
  return conclude(findings.map((finding) => withException(finding, exceptions, facts.time)));
}
