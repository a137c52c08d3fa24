import { runAction } from '@golden-image/action-kit';
import { fixedRules, harden, parseVariables } from '@golden-image/hardening';
import { definition } from './definition.ts';
import { summarise } from './summary.ts';

await runAction(definition, async (inputs, ports) => {
  const { outcome, published, refusals } = await harden(
    {
      image: inputs.image,
      profiles: inputs.profile,
      mode: inputs.mode,
      content: inputs.content,
      tailoring: inputs.tailoring,
      variables: inputs.variables === undefined ? undefined : parseVariables(inputs.variables),
      waivers: inputs.waivers,
      previous: inputs.previous,
      baseline: inputs.baseline === 'true' || (inputs.baseline !== 'false' && inputs.baseline),
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
      regressions: outcome.comparison?.regressions.length ?? 0,
      html: published?.html,
      json: published?.json,
      arf: published?.arf,
      sarif: published?.sarif,
      statement: published?.statement,
    },
    summary: summarise(outcome, refusals),
    ...(refusals.length > 0 ? { failure: `The hardening is refused: ${refusals.join('; ')}` } : {}),
  };
});
