import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import type { ReleaseOutcome } from '@golden-image/policy';
import { countOfMet, nextSteps, requirementSections, type Section } from './requirements.ts';

const SECTIONS: readonly Section[] = [
  { title: 'Approval', has: ({ rule }) => rule.startsWith('release.environment') },
  { title: 'Image and evidence', has: () => true },
];

/** Reads like a review: the decision, what the image is, each requirement with who vouches for it, what to do next. */
export function releaseSummary(outcome: Omit<ReleaseOutcome, 'files'>): string {
  const { decision, facts, table: release, replayed } = outcome;
  const approved = decision.decision === 'approved';
  return [
    `## Release ${approved ? 'approved' : 'refused'}: ${escapeMarkdown(release.imageName || 'unknown image')}`,
    '',
    ...(replayed ? [`A replay of facts of ${escapeMarkdown(facts.time)}: it decides nothing.`, ''] : []),
    table(
      ['Image', escapeMarkdown(release.imageName || 'not known')],
      [
        ['Digest', code(release.digest || 'not known')],
        ['Hardening score', escapeMarkdown(release.score || 'not known')],
        ['Cases', escapeMarkdown(release.cases || 'not known')],
        ['Signatures', escapeMarkdown(release.signatures || 'none')],
        ['Decision', `**${decision.decision}**`],
      ],
    ),
    '',
    countOfMet(decision),
    '',
    ...nextSteps(decision),
    ...requirementSections(decision.findings, SECTIONS),
  ].join('\n');
}
