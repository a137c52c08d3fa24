import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import type { AuditFinding, AuditOutcome, ProvisionOutcome } from '@golden-image/github';

const ACTIONS = { create: 'Create', update: 'Change', delete: 'Delete' } as const;

/** The plan like a diff, then what was kept and what is left to do. */
export function provisionSummary(outcome: ProvisionOutcome, repository: string): string {
  const { changes, kept, problems, applied } = outcome;
  const head =
    changes.length === 0
      ? 'nothing to change'
      : `${counted(changes.length, 'change')} ${applied ? 'made' : 'planned'}`;
  return [
    `## Protection of ${escapeMarkdown(repository)}: ${head}`,
    '',
    ...changes.flatMap((change) => [
      `### ${ACTIONS[change.action]} ${escapeMarkdown(change.target)}`,
      '',
      '```diff',
      ...change.lines.map(({ sign, text }) => `${sign} ${fenced(text)}`),
      '```',
      '',
    ]),
    ...list('Kept, because it is stricter than the policy', kept),
    ...list('What is left to do', problems),
    ...(changes.length > 0 && !applied ? ['A dry run: nothing was changed.', ''] : []),
  ].join('\n');
}

/** `1 error`, `2 errors`. */
function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function list(title: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0
    ? []
    : [`### ${title}`, '', ...entries.map((entry) => `- ${escapeMarkdown(entry)}`), ''];
}

/** Outside text cannot end a fenced block that it has no line break for. */
function fenced(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replaceAll('`', "'");
}

const SHOWN = { error: '❌&nbsp;error', warning: '⚠️&nbsp;warning', note: '📝&nbsp;note' } as const;

/** What was looked at and what was found, worst first, each with what to do. */
export function auditSummary({ findings, decision, parts }: AuditOutcome, repository: string): string {
  const count = (level: AuditFinding['level']): string =>
    counted(findings.filter((finding) => finding.level === level).length, level);
  return [
    `## Audit of ${escapeMarkdown(repository)}: ${decision === 'approved' ? 'in order' : 'not in order'}`,
    '',
    `${count('error')}, ${count('warning')}, ${count('note')}. Looked at: ${parts
      .map((part) => part.toLowerCase())
      .join(', ')}.`,
    '',
    ...(findings.length === 0 ? [] : [table(['', 'found', 'where', 'what to do'], findings.map(row)), '']),
  ].join('\n');
}

function row(finding: AuditFinding): readonly string[] {
  const { level, status, message, file, line, next } = finding;
  return [
    status === 'unknown' ? '❔&nbsp;unknown' : SHOWN[level],
    escapeMarkdown(message),
    file === undefined ? 'GitHub’s settings' : code(line === undefined ? file : `${file}:${line}`),
    escapeMarkdown(next),
  ];
}
