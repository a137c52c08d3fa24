import { code, escapeMarkdown, table } from '@golden-image/action-kit';
import type { Finding, ReleaseOutcome } from '@golden-image/policy';

const SHOWN = {
  met: '✅ met',
  'not-met': '❌ not met',
  unknown: '❔ unknown',
  excepted: '⚠️ excepted',
} as const;

/** Reads like a review: the decision, what the image is, each requirement with who vouches for it, what to do next. */
export function releaseSummary(outcome: Omit<ReleaseOutcome, 'files'>): string {
  const { decision, facts, table: release, replayed } = outcome;
  const approved = decision.decision === 'approved';
  const open = decision.findings.filter((entry) => entry.status === 'not-met' || entry.status === 'unknown');
  return [
    `## Release ${approved ? 'approved' : 'refused'}: ${escapeMarkdown(release.imageName || 'unknown image')}`,
    '',
    ...(replayed ? [`A replay of facts of ${escapeMarkdown(facts.time)}: it decides nothing.`, ''] : []),
    table(
      ['', ''],
      [
        ['Image', escapeMarkdown(release.imageName || 'not known')],
        ['Digest', code(release.digest || 'not known')],
        ['Hardening score', escapeMarkdown(release.score || 'not known')],
        ['Cases', escapeMarkdown(release.cases || 'not known')],
        ['Signatures', escapeMarkdown(release.signatures || 'none')],
        ['Decision', `**${decision.decision}**`],
      ],
    ),
    '',
    '### Requirements',
    '',
    table(['requirement', '', 'found', 'by'], decision.findings.map(row)),
    '',
    ...(open.length > 0 ? ['### What to do next', '', ...next(open), ''] : []),
  ].join('\n');
}

function row(finding: Finding): readonly string[] {
  return [
    escapeMarkdown(finding.requirement),
    SHOWN[finding.status],
    escapeMarkdown(finding.found),
    finding.by ? code(shorten(finding.by)) : '',
  ];
}

/** Fingerprints are long; their beginning tells keys apart in a table. */
function shorten(by: string): string {
  return by.length > 27 ? `${by.slice(0, 23)}…` : by;
}

function next(open: readonly Finding[]): readonly string[] {
  const steps = [...new Set(open.map((entry) => entry.next))].filter((step) => step !== '');
  return steps.map((step, index) => `${index + 1}. ${escapeMarkdown(step)}`);
}
