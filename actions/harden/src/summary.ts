import { code, escapeMarkdown, formatSeconds, table } from '@golden-image/action-kit';
import { fixedRules, type HardeningOutcome, remainingRules, waivedRules } from '@golden-image/hardening';

/** The job summary: score, what was fixed, what remains and why. */
export function summarise(outcome: HardeningOutcome, refusals: readonly string[]): string {
  const { after, before } = outcome;
  const from = outcome.mode === 'apply' ? ` (from ${before.score.score} %)` : '';
  const parts = [
    `## Hardening: ${after.score.score} %${from}`,
    refusals.length > 0 ? `**Refused:** ${escapeMarkdown(refusals.join('; '))}` : '',
    `${code(outcome.image.name)}, ${code(outcome.profile)}, ${escapeMarkdown(outcome.content.origin)}`,
    table(
      ['Passed', 'Failed', 'Not judged', 'Waived', 'Not applicable', 'Fixed', 'Counting waived', 'Time'],
      [
        [
          `${after.score.passed}`,
          `${after.score.failed}`,
          `${after.score.unknown}`,
          `${after.score.waived}`,
          `${after.score.notApplicable}`,
          `${fixedRules(outcome).length}`,
          `${after.score.raw} %`,
          formatSeconds(outcome.seconds.total ?? 0),
        ],
      ],
    ),
    open(outcome),
    waived(outcome),
    outcome.mode === 'plan'
      ? `### Would be fixed (${outcome.planned.length} rules)\n\n${outcome.planned.map(code).join(', ')}\n\nWhich files that changes is not listed yet.`
      : '',
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function open(outcome: HardeningOutcome): string {
  const rules = remainingRules(outcome);
  if (rules.length === 0) {
    return 'Every rule passes or is waived.';
  }
  const rows = rules
    .slice(0, 50)
    .map(({ rule, title, severity, outcome: o }) => [code(rule), escapeMarkdown(title), severity, o]);
  const more =
    rules.length > rows.length ? `\n\n… and ${rules.length - rows.length} more in the report.` : '';
  return `### Still open\n\n${table(['Rule', 'Title', 'Severity', 'Result'], rows)}${more}`;
}

function waived(outcome: HardeningOutcome): string {
  const found = waivedRules(outcome);
  if (found.length === 0) {
    return '';
  }
  const rows = found.map(({ rule, waiver }) => [
    code(rule.rule),
    escapeMarkdown(waiver.reason),
    escapeMarkdown(waiver.owner),
    waiver.expires,
  ]);
  return `### Waived\n\n${table(['Rule', 'Reason', 'Owner', 'Until'], rows)}`;
}
