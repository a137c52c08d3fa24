import path from 'node:path';
import type { ActionOutcome, InputsOf } from '@golden-image/action-kit';
import { SIGNING_TOOLS } from '@golden-image/evidence';
import { collectDeploymentFacts } from '@golden-image/github';
import { type Ports, UserError } from '@golden-image/host';
import { decideOnRelease, environmentTeams, type ReleaseRequest } from '@golden-image/policy';
import { connection } from './connection.ts';
import type { definition } from './definition.ts';
import { summarySigner, trustedKeys } from './keys.ts';
import { releaseSummary } from './summary.ts';

type Inputs = InputsOf<typeof definition>;

/** Decides whether an image may be released. */
export async function runRelease(
  inputs: Inputs,
  ports: Ports,
): Promise<ActionOutcome<keyof typeof definition.outputs>> {
  if (!inputs.image && !inputs.facts) {
    throw new UserError('The mode release needs the input image', {
      code: 'invalid-input',
      fix: 'Pass the signed image folder, or facts to replay.',
    });
  }
  await ports.tools.ensure(SIGNING_TOOLS);
  const temporary = path.join(process.env.RUNNER_TEMP ?? '.', 'gate-approval');
  const outcome = await decideOnRelease(
    {
      image: inputs.image ?? '',
      policy: inputs.policy,
      replay: inputs.facts,
      environment: inputs.environment,
      deployment: await deployment(inputs, ports),
      output: inputs.image && !inputs.facts ? path.join(inputs.image, 'release') : temporary,
      signer: await summarySigner(inputs, ports),
      ...(await trustedKeys(inputs, ports)),
    },
    releaseSummary,
    ports,
  );
  const { decision, table, files } = outcome;
  return {
    outputs: {
      decision: decision.decision,
      reasons: JSON.stringify(decision.reasons),
      report: files.report,
      facts: files.facts,
      vsa: files.vsa,
      'image-name': table.imageName,
      digest: table.digest,
      score: table.score,
      cases: table.cases,
      signatures: table.signatures,
      'audit-sarif': undefined,
    },
    summary: releaseSummary(outcome),
    ...(decision.decision === 'refused' ? { failure: `Refused: ${decision.reasons.join('; ')}.` } : {}),
  };
}

/** How to ask GitHub about the deployment; undefined outside GitHub and without an environment. */
async function deployment(inputs: Inputs, ports: Ports): Promise<ReleaseRequest['deployment']> {
  const { environment } = inputs;
  const connected = environment === undefined ? undefined : await connection(inputs, ports);
  if (environment === undefined || !connected) {
    return undefined;
  }
  const { api, run } = connected;
  return (policy) => {
    const teams = environmentTeams(policy, environment);
    return collectDeploymentFacts({ context: run, environment, teams }, api, ports);
  };
}
