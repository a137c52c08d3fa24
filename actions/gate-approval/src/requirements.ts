import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import type { Decision, Finding } from '@golden-image/policy';

/** Mark and word stay on one line. */
const SHOWN = {
  met: '✅&nbsp;met',
  'not-met': '❌&nbsp;not&nbsp;met',
  unknown: '❔&nbsp;unknown',
  excepted: '⚠️&nbsp;excepted',
} as const;
const ORDER = { 'not-met': 0, unknown: 1, excepted: 2, met: 3 } as const;

export interface Section {
  readonly title: string;
  readonly has: (finding: Finding) => boolean;
}

/** The requirements under headings: each finding in the first section that has it. */
export function requirementSections(
  findings: readonly Finding[],
  sections: readonly Section[],
): readonly string[] {
  const rest = new Set(findings);
  return sections.flatMap(({ title, has }) => {
    const own = [...rest].filter(has);
    for (const finding of own) {
      rest.delete(finding);
    }
    return own.length === 0 ? [] : [`### ${title}`, '', requirementsTable(own), ''];
  });
}

/** `11 of 18 requirements are met.` */
export function countOfMet({ findings }: Decision): string {
  const met = findings.filter(({ status }) => status === 'met' || status === 'excepted').length;
  return `${met} of ${findings.length} requirements are met.`;
}

/** Each requirement, whether it is met, what was found and who vouches for it; first those that are not met. */
function requirementsTable(findings: readonly Finding[]): string {
  const sorted = findings.toSorted((a, b) => ORDER[a.status] - ORDER[b.status]);
  const named = findings.some(({ by }) => by !== '');
  const head = ['requirement', '', 'found', 'by'];
  return table(
    named ? head : head.slice(0, 3),
    named ? sorted.map(row) : sorted.map((entry) => row(entry).slice(0, 3)),
  );
}

/** What to do next, one step a line; nothing when all is met. */
export function nextSteps({ findings }: Decision): readonly string[] {
  const open = findings.filter(({ status }) => status === 'not-met' || status === 'unknown');
  const steps = [...new Set(open.map(({ next }) => next))].filter((step) => step !== '');
  return steps.length === 0
    ? []
    : ['### What to do next', '', ...steps.map((step, index) => `${index + 1}. ${escapeMarkdown(step)}`), ''];
}

function row({ requirement, status, found, by }: Finding): readonly string[] {
  return [escapeMarkdown(requirement), SHOWN[status], escapeMarkdown(found), by ? shown(by) : ''];
}

/** People by name; fingerprints as code, shortened: their beginning tells keys apart. */
function shown(by: string): string {
  const isKey = /^(?:sha256:|SHA256:|[0-9A-Fa-f]{16,}$)/.test(by);
  return isKey ? code(by.length > 27 ? `${by.slice(0, 23)}…` : by) : escapeMarkdown(by);
}
