import { conclude, type Decision, type Finding } from '../decision/decision.ts';
import { withException } from '../decision/exceptions.ts';
import type { Facts } from '../facts/facts.ts';
import { known, notKnown } from '../facts/known.ts';
import type { Policy } from '../policy/policy-schema.ts';
import { qualityFindings } from '../quality/quality-rules.ts';
import { approvalFindings } from './approval-rules.ts';
import { pullFindings, runFindings } from './change-rules.ts';
import { codeOwnerFindings } from './code-owner-rules.ts';
import { pullOf } from './pull.ts';

/** Decides on a merge: a pure function of policy and facts, time included. Whatever is unknown refuses. */
export function decideMerge(policy: Policy, facts: Facts): Decision {
  if (policy.changes === undefined && policy.quality === undefined) {
    return conclude([]);
  }
  const pulls = known(facts, 'change').value?.pulls ?? [];
  const findings = [
    ...runFindings(policy, facts),
    ...pulls.flatMap((number) => findingsOfPull(number, policy, facts)),
    ...qualityFindings(policy, facts),
  ];
  const exceptions = policy.exceptions ?? [];
  return conclude(findings.map((finding) => withException(finding, exceptions, facts.time)));
}

function findingsOfPull(number: number, policy: Policy, facts: Facts): readonly Finding[] {
  const pull = pullOf(number, facts, policy);
  if (!('request' in pull)) {
    return pull.map(({ kind, label, missing }) =>
      notKnown(`changes.facts.${kind}`, `#${number}: ${label} is known`, missing),
    );
  }
  return [
    ...pullFindings(pull, facts),
    ...approvalFindings(pull, policy, facts),
    ...codeOwnerFindings(pull, policy, facts),
  ];
}
