import { code, escapeMarkdown, link, table } from '@golden-image/action-kit';
import {
  annotationsOf,
  type Chain,
  type Check,
  type FolderReport,
  type Proof,
  type SignResult,
} from '@golden-image/evidence';
import { reasonLines, signerTable } from './signer-table.ts';

/** The job summary after signing. */
export function signSummary(title: string, result: SignResult, approved: boolean): string {
  const uploaded = result.uploaded.map((url) => `- ${link(url, url)}`);
  return [
    `## ${escapeMarkdown(title)}: signed`,
    '',
    `SHA-256 of the disk: ${code(result.sha256)}.`,
    '',
    ...(approved ? ['Gate-approval approved this disk.', ''] : []),
    signerTable(result.checks),
    '',
    'Every signature was verified before it was published.',
    `The commands with which anyone verifies this image are in ${code('VERIFY.md')} beside it.`,
    '',
    ...(uploaded.length > 0 ? ['### Attestations on GitHub', '', ...uploaded, ''] : []),
    ...chainLines(result.chain),
    ...everyCheck(result.checks),
  ].join('\n');
}

/** The job summary of `verify`. */
export function verifySummary(
  title: string,
  report: FolderReport,
  proof: Proof,
  problems: readonly string[],
): string {
  const checks = [...report.checks, ...report.statements.map((entry) => entry.check)];
  const reasons = [...otherProblems(problems, checks), ...reasonLines(checks, 'fail')];
  const unchecked = reasonLines(checks, 'unknown');
  return [
    `## ${escapeMarkdown(title)}: ${problems.length === 0 ? 'proven' : 'not proven'}`,
    '',
    `SHA-256 of the disk: ${code(proof.sha256 ?? 'missing')}.`,
    '',
    ...(reasons.length > 0 ? ['### Why not', '', ...reasons, ''] : []),
    '### What is proven, and by whom',
    '',
    signerTable(checks),
    '',
    ...(unchecked.length > 0 ? ['### Not checked', '', ...unchecked, ''] : []),
    ...annotationLines(report),
    ...chainLines(proof.chain),
    ...everyCheck(checks, report),
  ].join('\n');
}

/** The problems that are not those of a check: each is a line of its own. */
function otherProblems(problems: readonly string[], checks: readonly Check[]): readonly string[] {
  const ofChecks = new Set(checks.map(({ file, reason }) => `${file}: ${reason}`));
  return problems
    .filter((problem) => !ofChecks.has(problem))
    .map((problem) => `- ${escapeMarkdown(problem)}`);
}

const SHOWN = { pass: '✅&nbsp;holds', fail: '❌&nbsp;fails', unknown: '❔&nbsp;not&nbsp;checked' } as const;

/** All checks, one a row, folded away. */
function everyCheck(checks: readonly Check[], report?: FolderReport): readonly string[] {
  const rows = checks.map((check) => [
    SHOWN[check.status],
    [code(check.subject), predicateType(check, report)].filter(Boolean).join('<br>'),
    code(check.file),
  ]);
  return [
    '<details>',
    `<summary>All ${checks.length} checks</summary>`,
    '',
    table(['', 'what', 'by'], rows),
    '',
    '</details>',
    '',
  ];
}

function predicateType(check: Check, report: FolderReport | undefined): string {
  const entry = report?.statements.find((statement) => statement.check === check);
  return escapeMarkdown(entry?.statement?.predicateType ?? '');
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
    '',
  ];
}
