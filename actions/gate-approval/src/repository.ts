import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ActionOutcome, InputsOf } from '@golden-image/action-kit';
import { audit, auditSarif, provision } from '@golden-image/github';
import { type Ports, UserError } from '@golden-image/host';
import { type Policy, parsePolicy } from '@golden-image/policy';
import { requireConnection } from './connection.ts';
import type { definition } from './definition.ts';
import { auditSummary, provisionSummary } from './repository-summary.ts';

type Inputs = InputsOf<typeof definition>;
type Outcome = ActionOutcome<keyof typeof definition.outputs>;

/** Makes GitHub enforce the policy, or shows what that would change. */
export async function runProvision(inputs: Inputs, ports: Ports): Promise<Outcome> {
  const { api, run } = await requireConnection(inputs, ports);
  const dryRun = inputs['dry-run'];
  if (run.eventName.startsWith('pull_request') && !dryRun) {
    throw new UserError("A pull request's own policy is not in force", {
      code: 'policy-not-in-force',
      fix: 'Provision on the default branch; on pull requests set dry-run: true.',
    });
  }
  const outcome = await provision(
    {
      policy: await readPolicy(inputs.policy),
      repository: run.repository,
      dryRun,
      loosen: inputs.loosen,
    },
    api,
    ports,
  );
  const reasons = [
    ...(dryRun ? outcome.changes.map(({ action, target }) => `${target}: to ${action}`) : []),
    ...outcome.problems,
  ];
  const failed = !dryRun && outcome.problems.length > 0;
  const summary = provisionSummary(outcome, `${run.repository.owner}/${run.repository.repo}`);
  return {
    outputs: {
      ...nothing,
      decision: reasons.length === 0 ? 'approved' : 'refused',
      reasons: JSON.stringify(reasons),
      report: await writeReport('provision.md', summary),
    },
    summary,
    ...(failed ? { failure: `Not protected as the policy says: ${outcome.problems.join('; ')}.` } : {}),
  };
}

/** Compares what GitHub enforces with the policy. */
export async function runAudit(inputs: Inputs, ports: Ports): Promise<Outcome> {
  const { api, run } = await requireConnection(inputs, ports);
  const policy = await readPolicy(inputs.policy);
  const outcome = await audit({ policy, repository: run.repository }, api, ports);
  const errors = outcome.findings.filter((finding) => finding.level === 'error');
  const summary = auditSummary(outcome, `${run.repository.owner}/${run.repository.repo}`);
  const sarif = `${JSON.stringify(auditSarif(outcome.findings, inputs.policy), null, 2)}\n`;
  return {
    outputs: {
      ...nothing,
      decision: outcome.decision,
      reasons: JSON.stringify(errors.map((finding) => finding.message)),
      report: await writeReport('audit.md', summary),
      'audit-sarif': await writeReport('audit.sarif', sarif),
    },
    summary,
    ...(outcome.decision === 'refused'
      ? { failure: `Refused: ${errors.map((finding) => finding.message).join('; ')}.` }
      : {}),
  };
}

/** What these modes have nothing to say about. */
const nothing = {
  facts: undefined,
  vsa: undefined,
  'audit-sarif': undefined,
  'image-name': undefined,
  digest: undefined,
  score: undefined,
  cases: undefined,
  signatures: undefined,
};

async function readPolicy(file: string): Promise<Policy> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(`The policy ${file} cannot be read`, {
      code: 'policy-not-found',
      fix: 'Check the input policy, and that the job checked out the repository.',
      cause,
    });
  });
  return parsePolicy(text, path.basename(file));
}

async function writeReport(name: string, text: string): Promise<string> {
  const folder = path.join(process.env.RUNNER_TEMP ?? '.', 'gate-approval');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}
