import path from 'node:path';
import type { ActionOutcome, InputsOf } from '@golden-image/action-kit';
import { collectMergeFacts } from '@golden-image/github';
import type { Ports } from '@golden-image/host';
import { decideOnMerge, factsOf, type MergeOutcome, replayMerge } from '@golden-image/policy';
import { requireConnection, shareReport } from './connection.ts';
import type { definition } from './definition.ts';
import { mergeSummary } from './merge-summary.ts';

type Inputs = InputsOf<typeof definition>;

/** Decides whether a pull request, or all of a merge group, may be merged. */
export async function runMerge(
  inputs: Inputs,
  ports: Ports,
): Promise<ActionOutcome<keyof typeof definition.outputs>> {
  const output = path.join(process.env.RUNNER_TEMP ?? '.', 'gate-approval');
  const outcome = inputs.facts
    ? await replayMerge({ facts: inputs.facts, policy: inputs.policy, output }, mergeSummary)
    : await decide(inputs, output, ports);
  const { decision, files } = outcome;
  return {
    outputs: {
      decision: decision.decision,
      reasons: JSON.stringify(decision.reasons),
      report: files.report,
      facts: files.facts,
      vsa: undefined,
      'image-name': undefined,
      digest: undefined,
      score: undefined,
      cases: undefined,
      signatures: undefined,
      'audit-sarif': undefined,
    },
    summary: mergeSummary(outcome),
    ...(decision.decision === 'refused' ? { failure: `Refused: ${decision.reasons.join('; ')}.` } : {}),
  };
}

async function decide(inputs: Inputs, output: string, ports: Ports): Promise<MergeOutcome> {
  const connected = await requireConnection(inputs, ports);
  const { api, run } = connected;
  const outcome = await decideOnMerge(
    {
      observe: (teams) => collectMergeFacts({ context: run, policy: inputs.policy, teams }, api, ports),
      repository: `${run.repository.owner}/${run.repository.repo}`,
      policy: inputs.policy,
      reports: {
        workspace: path.resolve(process.env.GITHUB_WORKSPACE ?? '.'),
        coverage: inputs.coverage ?? [],
        coverageBase: inputs['coverage-base'] ?? [],
        sarif: inputs.sarif ?? [],
        sarifBase: inputs['sarif-base'] ?? [],
        junit: inputs.junit ?? [],
      },
      output,
    },
    mergeSummary,
    ports,
  );
  if (inputs.comment) {
    for (const { pull } of factsOf(outcome.facts, 'pull-request')) {
      await shareReport(connected, pull, mergeSummary(outcome), ports);
    }
  }
  return outcome;
}
