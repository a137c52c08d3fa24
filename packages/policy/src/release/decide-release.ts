import { conclude, type Decision, type Finding } from '../decision/decision.ts';
import { withException } from '../decision/exceptions.ts';
import type { Facts } from '../facts/facts.ts';
import type { Policy, ReleasePolicy } from '../policy/policy-schema.ts';
import { environmentFindings } from './environment-rules.ts';
import { chainFinding, imageFinding, integrityFindings } from './integrity-rules.ts';
import { requirementFindings, statementFindings } from './statement-rules.ts';

/** Decides on a release: a pure function of policy and facts, time included. Whatever is unknown refuses. */
export function decideRelease(policy: Policy & { readonly release: ReleasePolicy }, facts: Facts): Decision {
  const findings = [...imageFindings(policy.release, facts), ...environmentFindings(policy, facts)];
  const exceptions = policy.exceptions ?? [];
  return conclude(findings.map((finding) => withException(finding, exceptions, facts.time)));
}

/** Of a folder that could not be read nothing else is known: to say so once for each requirement hides the reason. */
function imageFindings(release: ReleasePolicy, facts: Facts): readonly Finding[] {
  const image = imageFinding(facts);
  return image.status === 'met'
    ? [
        image,
        ...integrityFindings(release, facts),
        chainFinding(release, facts),
        ...statementFindings(facts),
        ...release.require.flatMap((requirement) => requirementFindings(requirement, facts)),
      ]
    : [image];
}
