import { code, escapeMarkdown, formatSeconds, table } from '@golden-image/action-kit';
import {
  fixedRules,
  type HardeningOutcome,
  inWords,
  remainingRules,
  waivedRules,
} from '@golden-image/hardening';

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
    compared(outcome),
    outcome.mode === 'plan' ? planned(outcome) : '',
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
    .map(({ rule, title, severity, outcome: o }) => [
      code(rule),
      escapeMarkdown(title),
      severity,
      inWords(o),
    ]);
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

function compared({ comparison, after }: HardeningOutcome): string {
  if (!comparison) {
    return '';
  }
  const { score, finishedOn, regressions, improvements } = comparison;
  const lead = `Since ${finishedOn.slice(0, 10)}: ${score} % → ${after.score.score} %, ${improvements.length} rules better, ${regressions.length} worse.`;
  const rows = regressions.map(({ rule, before }) => [
    code(rule.rule),
    escapeMarkdown(rule.title),
    before,
    rule.outcome,
  ]);
  const worse = rows.length > 0 ? `\n\n${table(['Rule', 'Title', 'Before', 'Now'], rows)}` : '';
  return `### Compared with the previous result\n\n${lead}${worse}`;
}

/** Differences longer than this are cut, in characters: a summary may have a megabyte. */
const MAX_DIFFERENCE = 2_000;
const MAX_PLAN = 600_000;

/** What would change, file by file. */
function planned({ planned: fixes }: HardeningOutcome): string {
  const files = new Set(fixes.flatMap((fix) => fix.files.map(({ path }) => path)));
  let room = MAX_PLAN;
  const parts = fixes
    .filter((fix) => fix.files.length > 0)
    .map((fix) => {
      const lines = fix.files.map(
        (file) =>
          `- ${code(file.path)}: ${file.change}${file.access ? `, ${escapeMarkdown(file.access)}` : ''}`,
      );
      const differences = fix.files
        .flatMap(({ diff }) => diff ?? [])
        .map((diff) => `<pre>${escapeHtml(diff.slice(0, MAX_DIFFERENCE))}</pre>`)
        .join('\n');
      const body = `\n\n${lines.join('\n')}\n\n${room > 0 ? differences : ''}\n`;
      room -= body.length;
      return `<details><summary>${code(fix.rule)}: ${fix.files.length} files</summary>${body}</details>`;
    });
  const idle = fixes.filter((fix) => fix.files.length === 0).map(({ rule }) => code(rule));
  const rest = idle.length > 0 ? `\n\nWithout a change of files: ${idle.join(', ')}` : '';
  return `### Would change (${fixes.length} fixes, ${files.size} files)\n\n${parts.join('\n')}${rest}`;
}

/** Inside <pre>: line breaks stay, an empty line would end the HTML block. */
function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\n(?=\n)/g, '\n ');
}
