import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import type { Decision, Finding } from '@golden-image/policy';

const SHOWN = {
  met: '✅ met',
  'not-met': '❌ not met',
  unknown: '❔ unknown',
  excepted: '⚠️ excepted',
} as const;

/** Each requirement, whether it is met, what was found and who vouches for it. */
export function requirementsTable(findings: readonly Finding[]): string {
  return table(['requirement', '', 'found', 'by'], findings.map(row));
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
