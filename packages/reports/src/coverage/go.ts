import { readLines } from '../source/lines.ts';
import type { ReportFile } from '../source/report-file.ts';
import { unreadable } from '../source/unreadable.ts';
import type { Coverage } from './coverage.ts';

/** `<import path>/<file>:<line>.<column>,<line>.<column> <statements> <count>`. Source: golang.org/x/tools/cover. */
const BLOCK = /^(.+):(\d{1,9})\.(\d{1,9}),(\d{1,9})\.(\d{1,9}) (\d{1,9}) (\d{1,19})$/;
/** A block spans a function at most; a bound on the work that one line of a report can ask for. */
const MAX_SPAN = 100_000;
/** Lines of all blocks together, likewise: ten times what a profile of 100 MB has. */
const MAX_LINES = 50_000_000;

/**
 * Go's coverage profiles (`go test -coverprofile`). A block covers its lines; a line is covered if any of its blocks is.
 *
 * @throws UserError `unreadable-report`
 */
export async function readGo(report: ReportFile, coverage: Coverage): Promise<void> {
  let number = 0;
  let blocks = 0;
  let spanned = 0;
  for await (const lines of readLines(report)) {
    for (const line of lines) {
      number += 1;
      // Profiles of several packages are often put after one another, each with its mode.
      if (line === '' || /^mode: (?:set|count|atomic)$/.test(line)) {
        continue;
      }
      const [, path, from, , to, column, statements, count] = BLOCK.exec(line) ?? [];
      const first = Number(from);
      // A block that ends before the first character of a line does not have that line.
      const last = Number(column) <= 1 && Number(to) > first ? Number(to) - 1 : Number(to);
      if (path === undefined || first < 1 || last < first || last - first > MAX_SPAN) {
        throw unreadable(report.path, `line ${number}: not a block of a Go profile`);
      }
      blocks += 1;
      if (Number(statements) === 0) {
        continue;
      }
      spanned += last - first + 1;
      if (spanned > MAX_LINES) {
        throw unreadable(
          report.path,
          `line ${number}: its blocks have more than ${MAX_LINES} lines together`,
        );
      }
      const hits = coverage.file(path, 'package');
      for (let at = first; at <= last; at += 1) {
        hits.add(at, Number(count) > 0);
      }
    }
  }
  if (blocks === 0) {
    throw unreadable(report.path, 'it holds no block');
  }
}
