import type { Finding } from '../decision/decision.ts';
import { finding } from '../decision/finding.ts';
import type { Facts } from '../facts/facts.ts';
import { known, notKnown } from '../facts/known.ts';
import type { Policy } from '../policy/policy-schema.ts';
import type { Pull } from './pull.ts';

/** The run that asks may decide, and the policy is the base's. */
export function runFindings(policy: Policy, facts: Facts): readonly Finding[] {
  const run = known(facts, 'run');
  const change = known(facts, 'change');
  const source = known(facts, 'policy');
  const findings: Finding[] = [];
  if (run.value) {
    const { attempt } = run.value;
    const allowed = attempt === 1 || policy['re-runs'].merge === 'allow';
    findings.push(
      finding('run.attempt', 'The run may decide', allowed ? 'pass' : 'fail', {
        found: attempt === 1 ? 'first attempt' : `attempt ${attempt}`,
        next: 'Push, or close and open the pull request, to start a new run; or allow it with `re-runs: {merge: allow}`.',
      }),
    );
  } else {
    findings.push(notKnown('run.attempt', 'The run is known', run));
  }
  if (!change.value) {
    return [...findings, notKnown('change', 'What is to be merged is known', change)];
  }
  const requirement = 'The policy is the one of the base';
  if (!source.value) {
    return [...findings, notKnown('policy.source', requirement, source)];
  }
  const ofBase = source.value.commit === change.value.baseSha;
  return [
    ...findings,
    finding('policy.source', requirement, ofBase ? 'pass' : 'fail', {
      found: ofBase
        ? `${source.value.path} at ${source.value.commit.slice(0, 7)}`
        : `it was read at ${source.value.commit.slice(0, 7)}, the base is ${change.value.baseSha.slice(0, 7)}`,
      next: 'Let the gate read the policy itself, from the base.',
    }),
  ];
}

/** The pull request is the one that the run was started for, and everybody who contributed is known. */
export function pullFindings(pull: Pull, facts: Facts): readonly Finding[] {
  const change = known(facts, 'change').value;
  const { number, request, contributors } = pull;
  const wrong: string[] = [];
  if (request.state !== 'open') {
    wrong.push(`it is ${request.state}`);
  }
  if (change && request.base !== change.base) {
    wrong.push(`it goes to ${request.base}, not ${change.base}`);
  }
  if (change?.via === 'pull-request' && request.headSha !== change.headSha) {
    wrong.push(
      `its newest commit is ${request.headSha.slice(0, 7)}, this run is about ${change.headSha.slice(0, 7)}`,
    );
  }
  const { strangers } = contributors;
  return [
    finding(
      'changes.current',
      `#${number}: the run is about its newest commit`,
      wrong.length === 0 ? 'pass' : 'fail',
      {
        found: wrong.join('; ') || request.headSha.slice(0, 7),
        next: 'Wait for the run of the newest commit.',
      },
    ),
    finding(
      'changes.contributors',
      `#${number}: everybody who contributed is known`,
      strangers.length === 0 ? 'pass' : 'unknown',
      {
        found:
          strangers.length === 0 ? 'all have accounts' : `no account for ${strangers.slice(0, 5).join(', ')}`,
        next: 'Add the address to the account on GitHub, or say whose it is under people in the policy.',
      },
    ),
  ];
}
