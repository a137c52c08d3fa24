import { escapeMarkdown, link } from '@golden-image/action-kit';
import { type Facts, factsOf, type MergeOutcome } from '@golden-image/policy';
import { countOfMet, nextSteps, requirementSections, type Section } from './requirements.ts';

const SECTIONS: readonly Section[] = [
  { title: 'Review', has: ({ rule }) => rule.startsWith('changes.') },
  { title: 'Quality', has: ({ rule }) => rule.startsWith('quality.') },
  { title: 'Run and policy', has: () => true },
];

/** Reads like a review: the decision, what to do next, then each requirement with what was found and by whom. */
export function mergeSummary({ decision, facts, replayed }: Omit<MergeOutcome, 'files'>): string {
  return [
    `## Merge ${decision.decision}: ${escapeMarkdown(subject(facts))}`,
    '',
    ...(replayed ? [`A replay of facts of ${escapeMarkdown(facts.time)}: it decides nothing.`, ''] : []),
    countOfMet(decision),
    '',
    ...pulls(facts),
    ...nextSteps(decision),
    ...requirementSections(decision.findings, SECTIONS),
  ].join('\n');
}

function subject(facts: Facts): string {
  const requests = factsOf(facts, 'pull-request');
  const [only] = requests;
  if (requests.length === 1 && only) {
    return `#${only.pull} ${only.value?.title ?? ''}`.trim();
  }
  return requests.length === 0
    ? 'a change that is not known'
    : `a group of ${requests.map(({ pull }) => `#${pull}`).join(', ')}`;
}

/** Who wants to merge what, one line a pull request. */
function pulls(facts: Facts): readonly string[] {
  const lines = factsOf(facts, 'pull-request').flatMap(({ pull, value }) => {
    if (!value) {
      return [];
    }
    const commits = factsOf(facts, 'commits').find((fact) => fact.pull === pull)?.value?.length;
    const author = escapeMarkdown(value.author.login ?? value.author.name ?? 'somebody');
    const count = commits === undefined ? 'its commits' : `${commits} commit${commits === 1 ? '' : 's'}`;
    const from = value.fork ? ' from a fork' : '';
    return [
      `- ${link(`#${pull}`, value.url)} ${escapeMarkdown(value.title)}: ${author} wants to merge ${count}${from} into ${escapeMarkdown(value.base)}`,
    ];
  });
  return lines.length === 0 ? [] : [...lines, ''];
}
