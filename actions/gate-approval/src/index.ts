import path from 'node:path';
import { type ActionOutcome, runAction } from '@golden-image/action-kit';
import { SIGNING_TOOLS } from '@golden-image/evidence';
import { UserError } from '@golden-image/host';
import { decideOnRelease } from '@golden-image/policy';
import { definition } from './definition.ts';
import { summarySigner, trustedKeys } from './keys.ts';
import { releaseSummary } from './summary.ts';

await runAction(
  definition,
  async (inputs, ports): Promise<ActionOutcome<keyof typeof definition.outputs>> => {
    if (inputs.mode !== 'release') {
      throw new UserError(`The mode ${inputs.mode} is not implemented yet`, {
        code: 'not-implemented-yet',
        fix: 'Use mode: release; the other modes come with a later version of gate-approval (issue 8).',
      });
    }
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
        output: inputs.image && !inputs.facts ? path.join(inputs.image, 'release') : temporary,
        signer: await summarySigner(inputs, ports),
        ...(await trustedKeys(inputs)),
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
      },
      summary: releaseSummary(outcome),
      ...(decision.decision === 'refused' ? { failure: `Refused: ${decision.reasons.join('; ')}.` } : {}),
    };
  },
);
