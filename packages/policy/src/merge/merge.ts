import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import { conclude, type Decision } from '../decision/decision.ts';
import { publishDecision, readInput } from '../decision/publish.ts';
import { type Fact, type Facts, parseFacts } from '../facts/facts.ts';
import { known, notKnown } from '../facts/known.ts';
import { parsePolicy } from '../policy/policy-file.ts';
import type { Policy } from '../policy/policy-schema.ts';
import { mergeTeams } from '../policy/teams.ts';
import { collectReportFacts, type ReportInputs } from '../quality/collect-reports.ts';
import { decideMerge } from './decide-merge.ts';

/** Observes what GitHub knows of the change; reads the policy from its base on the way. */
export type ObserveChange = (teams: (policyText: string) => readonly string[]) => Promise<{
  readonly facts: readonly Fact[];
  /** Undefined when the base's policy could not be read: its fact says why. */
  readonly policyText: string | undefined;
}>;

export interface MergeRequest {
  readonly observe: ObserveChange;
  /** `owner/name`. */
  readonly repository: string;
  /** Path of the policy, for messages. */
  readonly policy: string;
  readonly reports: ReportInputs;
  /** Where facts and report go. */
  readonly output: string;
}

export interface MergeOutcome {
  readonly decision: Decision;
  readonly facts: Facts;
  readonly replayed: boolean;
  readonly files: { readonly facts: string; readonly report: string };
}

type MergePorts = Pick<Ports, 'clock' | 'log' | 'signal'>;
type Report = (outcome: Omit<MergeOutcome, 'files'>) => string;

/**
 * Decides whether a change may be merged, and writes `facts.json` and `report.md`.
 *
 * @param report the text of `report.md`
 * @throws UserError `invalid-policy`
 */
export async function decideOnMerge(
  request: MergeRequest,
  report: Report,
  ports: MergePorts,
): Promise<MergeOutcome> {
  const time = ports.clock.now().toISOString();
  const { facts: observed, policyText } = await request.observe((text) =>
    mergeTeams(parsePolicy(text, request.policy), undefined, request.repository),
  );
  const facts: Facts = { version: 1, mode: 'merge', time, facts: [...observed] };
  if (policyText === undefined) {
    return finish(withoutPolicy(facts), facts, false, request.output, report);
  }
  const policy = parsePolicy(policyText, request.policy);
  const changed = known(facts, 'changed-lines').value?.files ?? [];
  const reports = await collectReportFacts(request.reports, policy.quality ?? {}, changed, ports);
  const all = { ...facts, facts: [...facts.facts, ...reports] };
  return finish(decideMerge(policy, all), all, false, request.output, report);
}

/**
 * Decides again on saved facts, with the policy file as it lies there.
 *
 * @throws UserError `invalid-facts`, `invalid-policy`, `policy-not-found`, `facts-not-found`
 */
export async function replayMerge(
  request: { readonly facts: string; readonly policy: string; readonly output: string },
  report: Report,
): Promise<MergeOutcome> {
  const policy: Policy = parsePolicy(
    await readInput(request.policy, 'policy'),
    path.basename(request.policy),
  );
  const facts = parseFacts(await readInput(request.facts, 'facts'), request.facts);
  if (facts.mode !== 'merge') {
    throw new UserError(`${request.facts} holds the facts of a ${facts.mode}, not of a merge`, {
      code: 'invalid-facts',
      fix: `Replay them with mode: ${facts.mode}.`,
    });
  }
  return finish(decideMerge(policy, facts), facts, true, request.output, report);
}

function withoutPolicy(facts: Facts): Decision {
  const requirement = 'The policy of the base can be read';
  const change = known(facts, 'change');
  return conclude([
    change.value
      ? notKnown('policy.source', requirement, known(facts, 'policy'))
      : // Without the change nobody knows whose base to ask for a policy.
        notKnown('change', 'What is to be merged is known', change),
  ]);
}

async function finish(
  decision: Decision,
  facts: Facts,
  replayed: boolean,
  output: string,
  report: Report,
): Promise<MergeOutcome> {
  const result = { decision, facts, replayed };
  const files = await publishDecision(output, facts, report(result), async () => undefined);
  return { ...result, files: { facts: files.facts, report: files.report } };
}
