import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import type { Chain, Check, FolderReport, Proof, SignResult } from '@golden-image/evidence';

/** The job summary after signing. */
export function signSummary(title: string, result: SignResult): string {
  return [
    `## ${escapeMarkdown(title)}: signed`,
    '',
    `SHA-256 of the disk: ${code(result.sha256)}. Every signature was verified before it was published.`,
    '',
    checkTable(result.checks),
    '',
    ...chainLines(result.chain),
    '',
    `The commands with which anyone verifies this image are in ${code('VERIFY.md')} beside it.`,
    '',
  ].join('\n');
}

/** The job summary of `verify`. */
export function verifySummary(
  title: string,
  report: FolderReport,
  proof: Proof,
  problems: readonly string[],
): string {
  const verdict = problems.length === 0 ? 'proven' : 'not proven';
  const reasons = problems.map((problem) => `- ${escapeMarkdown(problem)}`);
  return [
    `## ${escapeMarkdown(title)}: ${verdict}`,
    '',
    `SHA-256 of the disk: ${code(proof.sha256 ?? 'missing')}.`,
    '',
    ...(reasons.length > 0 ? ['Why not:', '', ...reasons, ''] : []),
    checkTable([...report.checks, ...report.statements.map((entry) => entry.check)]),
    '',
    ...chainLines(proof.chain),
    '',
  ].join('\n');
}

const SHOWN = { pass: '✅ holds', fail: '❌ fails', unknown: '❔ not checked' } as const;

function checkTable(checks: readonly Check[]): string {
  const rows = checks.map((check) => [
    code(check.subject),
    code(check.file),
    SHOWN[check.status],
    check.by ? code(check.by) : escapeMarkdown(check.reason ?? ''),
  ]);
  return table(['what', 'proof', 'result', 'by whom, or why not'], rows);
}

function chainLines(chain: Chain): readonly string[] {
  if (chain.links.length === 0) {
    return [];
  }
  const rows = chain.links.map((link) => [
    code(link.artifact.name),
    code(link.artifact.digest.sha256),
    link.producedBy.map(code).join(', ') || 'not known',
    link.about.map(code).join(', '),
  ]);
  return [
    '### Chain of evidence',
    '',
    table(['state', 'sha256', 'made, according to', 'also about it'], rows),
  ];
}
