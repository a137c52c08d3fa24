import { code, escapeMarkdown, formatSeconds, table } from '@golden-image/action-kit';
import { type CaseResult, count, type FvtResult, type Outcome } from '@golden-image/fvt';

const LABELS: Readonly<Record<Outcome, string>> = {
  pass: '✅ passed',
  fail: '❌ failed',
  error: '❌ error',
  flaky: '⚠️ flaky',
  skip: '⏭️ skipped',
  'not-run': '⬜ not run',
};
const ORDER: readonly Outcome[] = ['fail', 'error', 'flaky', 'skip', 'not-run', 'pass'];

/** The job summary; everything that came from the guest is escaped. */
export function summary(result: FvtResult, failure: string | undefined): string {
  const cases = [...result.cases].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  const counts = ORDER.map((outcome) => `${count(result.cases, outcome)} ${LABELS[outcome]}`).join(', ');
  const boot = result.stages.map(
    ({ stage, seconds }) => `${escapeMarkdown(stage)} ${formatSeconds(seconds)}`,
  );
  return [
    `## Functional tests: ${escapeMarkdown(`${result.image.name} ${result.image.version}`)}`,
    '',
    failure === undefined ? `**Passed.** ${counts}.` : `**Failed:** ${escapeMarkdown(failure)}. ${counts}.`,
    '',
    `Disk ${code(`sha256:${result.image.sha256}`)}; ${escapeMarkdown(result.accelerator.name)} (${escapeMarkdown(result.accelerator.reason)}); ${escapeMarkdown(result.firmware)}.`,
    ...(boot.length > 0 ? [`Boot: ${boot.join(', ')}.`] : []),
    '',
    table(
      ['outcome', 'case', 'what was seen'],
      cases.map((item) => [LABELS[item.outcome], code(item.id), told(item)]),
    ),
    '',
  ].join('\n');
}

function told(item: CaseResult): string {
  const short = (text: string): string => escapeMarkdown(text.length > 300 ? `${text.slice(0, 300)}…` : text);
  return item.expected === undefined
    ? short(item.message)
    : `expected ${short(item.expected)}; actual ${short(item.actual ?? '')}`;
}
