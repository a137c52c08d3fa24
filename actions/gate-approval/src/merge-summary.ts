import { escapeMarkdown, link } from '@golden-image/action-kit';
import { type Facts, type Finding, factsOf, type MergeOutcome } from '@golden-image/policy';
import { nextSteps, requirementsTable } from './requirements.ts';

const SECTIONS: readonly { readonly title: string; readonly has: (finding: Finding) => boolean }[] = [
  { title: 'Review', has: ({ rule }) => rule.startsWith('changes.') },
  { title: 'Quality', has: ({ rule }) => rule.startsWith('quality.') },
  { title: 'Run and policy', has: () => true },
];

/** Reads like a review: the decision, what to do next, then each requirement with what was found and by whom. */
export function mergeSummary({ decision, facts, replayed }: Omit<MergeOutcome, 'files'>): string {
  const rest = new Set(decision.findings);
  const sections = SECTIONS.flatMap(({ title, has }) => {
    const own = [...rest].filter(has);
    for (const finding of own) {
      rest.delete(finding);
    }
    return own.length === 0 ? [] : [`### ${title}`, '', requirementsTable(own), ''];
  });
  const met = decision.findings.filter(({ status }) => status === 'met' || status === 'excepted').length;
  return [
    `## Merge ${decision.decision}: ${escapeMarkdown(subject(facts))}`,
    '',
    ...(replayed ? [`A replay of facts of ${escapeMarkdown(facts.time)}: it decides nothing.`, ''] : []),
    `${met} of ${decision.findings.length} requirements are met.`,
    '',
    ...pulls(facts),
    ...nextSteps(decision),
    ...sections,
  ].join('\n');
}

function subject(facts: Facts): string {
  const requests = factsOf(facts, 'pull-request');
  const [only] = requests;
  if (requests.length === 1 && only) {
    return `#${only.pull} ${only.value?.title ?? ''}`.trim();
  }
  return requests.length === 0
    ? 'nothing known'
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
