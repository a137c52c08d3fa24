import type { ReportFile } from './report-file.ts';
import { unreadable } from './unreadable.ts';

/** Longer than any path or record of a line-based report. */
const MAX_LINE = 64 * 1024;

/**
 * The lines of a report without their ends, in groups: one group for each piece that is read, its lines made one at a
 * time as they are asked for.
 *
 * @throws UserError `unreadable-report` for a line of more than 64 KiB
 */
export async function* readLines(report: ReportFile): AsyncGenerator<Iterable<string>> {
  let rest = '';
  for await (const piece of report.text) {
    const text = rest + piece;
    const end = text.lastIndexOf('\n') + 1;
    yield linesOf(text, end, report.path);
    rest = text.slice(end);
    refuseLong(rest, report.path);
  }
  if (rest !== '') {
    yield [rest];
  }
}

function* linesOf(text: string, end: number, path: string): Generator<string> {
  for (let start = 0; start < end; ) {
    const next = text.indexOf('\n', start);
    const line = text.slice(start, text[next - 1] === '\r' && next > start ? next - 1 : next);
    refuseLong(line, path);
    yield line;
    start = next + 1;
  }
}

function refuseLong(line: string, path: string): void {
  if (line.length > MAX_LINE) {
    throw unreadable(path, `a line is longer than ${MAX_LINE} characters`);
  }
}
