import type { Json } from './json.ts';
import type { Annotation } from './step-output.ts';

/** Longer names of steps are cut in the table. */
const NAME_WIDTH = 60;

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface StepReport {
  readonly name: string;
  /** `pre` and `post` are the phases of an action around the steps. */
  readonly phase: 'main' | 'pre' | 'post';
  /** Before `continue-on-error`. */
  readonly outcome: Conclusion;
  /** After it. */
  readonly conclusion: Conclusion;
  readonly seconds: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  /** Markdown. */
  readonly summary: string;
}

export interface JobReport {
  /** Id, with those of calling jobs before it: `pipeline / build`. */
  readonly id: string;
  readonly name: string;
  readonly conclusion: Conclusion;
  readonly seconds: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepReport[];
}

export interface OutputReport {
  readonly name: string;
  readonly description: string;
  readonly value: string;
}

export interface RunReport {
  readonly workflow: string;
  readonly file: string;
  readonly event: string;
  readonly startedAt: string;
  readonly conclusion: Conclusion;
  readonly seconds: number;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly jobs: readonly JobReport[];
  readonly outputs: readonly OutputReport[];
}

/** The job summaries of a run as one Markdown text. */
export function summaryOf(report: RunReport): string {
  const parts = [`# ${report.workflow}: ${report.conclusion}`];
  for (const job of report.jobs) {
    const summaries = job.steps.map((step) => step.summary.trim()).filter((text) => text !== '');
    if (summaries.length > 0) {
      parts.push(`## ${job.name}`, ...summaries);
    }
  }
  return `${parts.join('\n\n')}\n`;
}

/** The final tables as lines. */
export function tablesOf(report: RunReport): string[] {
  const steps = report.jobs.flatMap((job) =>
    job.steps.length === 0
      ? [[job.name, '', job.conclusion, job.seconds.toFixed(1)]]
      : job.steps.map((step) => [
          job.name,
          shorten(step.phase === 'main' ? step.name : `${step.phase}: ${step.name}`),
          step.outcome === step.conclusion ? step.conclusion : `${step.outcome} (allowed)`,
          step.seconds.toFixed(1),
        ]),
  );
  const lines = table(['Job', 'Step', 'Result', 'Seconds'], steps, [3]);
  if (report.outputs.length > 0) {
    const values = report.outputs.map((output) => [output.description, output.value || '–']);
    lines.push('', ...table(['Output', 'Value'], values, []));
  }
  return lines;
}

function shorten(text: string): string {
  return text.length > NAME_WIDTH ? `${text.slice(0, NAME_WIDTH - 1)}…` : text;
}

/** @param right the columns that are aligned to the right */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, ' ').trim()));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return [lines[0] ?? '', widths.map((width) => '─'.repeat(width)).join('──'), ...lines.slice(1)];
}
