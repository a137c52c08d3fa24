import { code, escapeMarkdown, formatSeconds, table } from '@golden-image/action-kit';
import {
  type CaseResult,
  count,
  type FirmwareRun,
  type FvtResult,
  type Outcome,
  SEVERITY,
} from '@golden-image/fvt';

const LABELS: Readonly<Record<Outcome, string>> = {
  pass: '✅ passed',
  fail: '❌ failed',
  error: '❌ error',
  flaky: '⚠️ flaky',
  skip: '⏭️ skipped',
  'not-run': '⬜ not run',
};

/** The job summary; everything that came from the guest is escaped. */
export function summary(result: FvtResult, failure: string | undefined): string {
  const cases = [...result.cases].sort((a, b) => SEVERITY.indexOf(a.outcome) - SEVERITY.indexOf(b.outcome));
  const counts = SEVERITY.filter((outcome) => count(cases, outcome) > 0)
    .map((outcome) => `${count(cases, outcome)} ${LABELS[outcome]}`)
    .join(', ');
  const firmwares = result.runs.map((run) => run.firmware).join(', ');
  return [
    `## Functional tests: ${escapeMarkdown(`${result.image.name} ${result.image.version}`)}`,
    '',
    failure === undefined ? `**Passed.** ${counts}.` : `**Failed:** ${escapeMarkdown(failure)}. ${counts}.`,
    '',
    `Disk ${code(`sha256:${result.image.sha256}`)}; ${escapeMarkdown(result.accelerator.name)} (${escapeMarkdown(result.accelerator.reason)}); ${escapeMarkdown(firmwares)}${result.shard ? `; shard ${escapeMarkdown(result.shard)}` : ''}.`,
    ...result.runs.map(boot),
    ...differences(result),
    '',
    table(
      ['outcome', 'case', 'what was seen'],
      cases.map((item) => [label(item), code(item.id), told(item)]),
    ),
    '',
  ].join('\n');
}

function boot(run: FirmwareRun): string {
  const stages = run.stages.map(({ stage, seconds }) => `${escapeMarkdown(stage)} ${formatSeconds(seconds)}`);
  const forks = run.machines.filter((record) => record.kind === 'fork').length;
  return `Boot with ${escapeMarkdown(run.firmware)}: ${stages.join(', ') || 'no stage was passed'}; ${run.machines.length} machines, ${forks} of them forks.`;
}

function differences({ differences: found }: FvtResult): readonly string[] {
  if (!found) {
    return [];
  }
  const changed = found.map(
    ({ id, before, now }) => `${code(id)} ${escapeMarkdown(before)} → ${escapeMarkdown(now)}`,
  );
  return [`Against the run before: ${changed.join('; ') || 'every case came out as before'}.`];
}

function label(item: CaseResult): string {
  return item.quarantine === undefined
    ? LABELS[item.outcome]
    : `🟡 ${item.outcome}, in quarantine until ${escapeMarkdown(item.quarantine.expires)}`;
}

function told(item: CaseResult): string {
  const short = (text: string): string => escapeMarkdown(text.length > 300 ? `${text.slice(0, 300)}…` : text);
  return item.expected === undefined
    ? short(item.message)
    : `expected ${short(item.expected)}; actual ${short(item.actual ?? '')}`;
}
