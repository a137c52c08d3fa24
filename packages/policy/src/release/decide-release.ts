import { conclude, type Decision, type Finding } from '../decision/decision.ts';
import type { Facts } from '../facts/facts.ts';
import type { Exception, Policy, ReleasePolicy } from '../policy/policy-schema.ts';
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

/** An exception covers what is not met, never what is unknown. */
function withException(finding: Finding, exceptions: readonly Exception[], now: string): Finding {
  const exception = exceptions.find((entry) => entry.rule === finding.rule);
  if (!exception || finding.status !== 'not-met') {
    return finding;
  }
  const ended = Date.parse(`${exception.until}T23:59:59.999Z`) < Date.parse(now);
  if (ended) {
    return {
      ...finding,
      found: `${finding.found}; the exception of ${exception['approved-by']} ended on ${exception.until}`,
    };
  }
  return {
    ...finding,
    status: 'excepted',
    by: exception['approved-by'],
    found: `${finding.found}; accepted until ${exception.until}: ${exception.reason}`,
    next: `The exception ends on ${exception.until}.`,
  };
}
