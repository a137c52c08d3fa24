import type { ReportFile } from './report-file.ts';
import { unreadable } from './unreadable.ts';

/** Longer than any path or record of a line-based report. */
const MAX_LINE = 64 * 1024;

/**
 * The lines of a report without their ends.
 *
 * @throws UserError `unreadable-report` for a line of more than 64 KiB
 */
export async function* readLines(report: ReportFile): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const piece of report.text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE || lines.some((line) => line.length > MAX_LINE)) {
      throw unreadable(report.path, `a line is longer than ${MAX_LINE} characters`);
    }
    yield lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }
  if (rest !== '') {
    yield [rest];
  }
}
