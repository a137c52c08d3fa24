import { code, escapeMarkdown, link, table } from '@golden-image/action-kit';
import {
  annotationsOf,
  type Chain,
  type Check,
  type FolderReport,
  type Proof,
  type SignResult,
} from '@golden-image/evidence';

/** The job summary after signing. */
export function signSummary(title: string, result: SignResult): string {
  const uploaded = result.uploaded.map((url) => `- ${link(url, url)}`);
  return [
    `## ${escapeMarkdown(title)}: signed`,
    '',
    `SHA-256 of the disk: ${code(result.sha256)}. Every signature was verified before it was published.`,
    '',
    checkTable(result.checks),
    '',
    ...(uploaded.length > 0 ? ['### Attestations on GitHub', '', ...uploaded, ''] : []),
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
    checkTable([...report.checks, ...report.statements.map((entry) => entry.check)], report),
    '',
    ...annotationLines(report),
    ...chainLines(proof.chain),
    '',
  ].join('\n');
}

const SHOWN = { pass: '✅ holds', fail: '❌ fails', unknown: '❔ not checked' } as const;

function checkTable(checks: readonly Check[], report?: FolderReport): string {
  const rows = checks.map((check) => [
    [code(check.subject), predicateType(check, report)].filter(Boolean).join('<br>'),
    code(check.file),
    SHOWN[check.status],
    who(check),
    check.at === undefined ? '' : escapeMarkdown(check.at.slice(0, 19).replace('T', ' ')),
  ]);
  return table(['what', 'proof', 'result', 'by whom, or why not', 'signed before (UTC)'], rows);
}

function predicateType(check: Check, report: FolderReport | undefined): string {
  const entry = report?.statements.find((statement) => statement.check === check);
  return escapeMarkdown(entry?.statement?.predicateType ?? '');
}

function who({ by, issuer, reason }: Check): string {
  if (!by) {
    return escapeMarkdown(reason ?? '');
  }
  return issuer === undefined ? code(by) : `${code(by)}, says ${escapeMarkdown(issuer)}`;
}

/** What the signer says about the image beside the evidence. */
function annotationLines(report: FolderReport): readonly string[] {
  const found = report.statements.flatMap(({ statement }) =>
    statement ? Object.entries(annotationsOf(statement)) : [],
  );
  if (found.length === 0) {
    return [];
  }
  const rows = found.map(([name, value]) => [code(name), escapeMarkdown(value)]);
  return ['### Annotations', '', table(['name', 'value'], rows), ''];
}

function chainLines(chain: Chain): readonly string[] {
  if (chain.links.length === 0) {
    return [];
  }
  const rows = chain.links.map((entry) => [
    code(entry.artifact.name),
    code(entry.artifact.digest.sha256),
    entry.producedBy.map(code).join(', ') || 'not known',
    entry.about.map(code).join(', '),
  ]);
  return [
    '### Chain of evidence',
    '',
    table(['state', 'sha256', 'made, according to', 'also about it'], rows),
  ];
}
