import { runAction } from '@golden-image/action-kit';
import { fixedRules, harden, splitProfiles } from '@golden-image/hardening';
import { definition } from './definition.ts';
import { summarise } from './summary.ts';

await runAction(definition, async (inputs, ports) => {
  const { outcome, published, refusals } = await harden(
    {
      image: inputs.image,
      profiles: splitProfiles(inputs.profile),
      mode: inputs.mode,
      content: inputs.content,
      tailoring: inputs.tailoring,
      waivers: inputs.waivers,
      baseline: inputs.baseline,
      minScore: inputs['min-score'],
      failOn: inputs['fail-on'],
    },
    ports,
  );
  const { score } = outcome.after;
  return {
    outputs: {
      score: score.score,
      'raw-score': score.raw,
      passed: score.passed,
      failed: score.failed,
      waived: score.waived,
      unknown: score.unknown,
      'not-applicable': score.notApplicable,
      fixed: fixedRules(outcome).length,
      sha256: outcome.digests.after,
      html: published?.html,
      arf: published?.arf,
      sarif: published?.sarif,
      statement: published?.statement,
    },
    summary: summarise(outcome, refusals),
    ...(refusals.length > 0 ? { failure: `The hardening is refused: ${refusals.join('; ')}` } : {}),
  };
});
