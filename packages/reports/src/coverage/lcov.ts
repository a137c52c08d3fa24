import { readLines } from '../source/lines.ts';
import type { ReportFile } from '../source/report-file.ts';
import { unreadable } from '../source/unreadable.ts';
import { type Coverage, lineRecord } from './coverage.ts';
import type { LineHits } from './line-hits.ts';

/** Records of one file end with this. */
const END = 'end_of_record';

/**
 * lcov's tracefiles: `SF:` a file, `DA:<line>,<hits>[,<checksum>]`, `end_of_record`. Source: geninfo(1).
 *
 * @throws UserError `unreadable-report` for a record of no file, a line without numbers, a file that does not end
 */
export async function readLcov(report: ReportFile, coverage: Coverage): Promise<void> {
  let hits: LineHits | undefined;
  let number = 0;
  let files = 0;
  const fail = (why: string): never => {
    throw unreadable(report.path, `line ${number}: ${why}`);
  };
  for await (const lines of readLines(report)) {
    for (const line of lines) {
      number += 1;
      if (line.startsWith('DA:')) {
        const [at, count] = line.slice(3).split(',');
        const record = lineRecord(at?.trim(), count?.trim().replace(/^-\d+$/, '1'));
        if (!record || !hits) {
          return fail(hits ? 'not a line with its hits' : 'hits of no file');
        }
        hits.add(record.line, record.hit);
      } else if (line.startsWith('SF:')) {
        if (hits) {
          return fail('a file begins inside another');
        }
        hits = coverage.file(line.slice(3).trim());
        files += 1;
      } else if (line.trimEnd() === END) {
        hits?.trim();
        hits = undefined;
      } else if (line !== '' && !/^(?:#|[A-Z]{2,4}(?::|$))/.test(line)) {
        return fail('not a record of lcov');
      }
    }
  }
  if (hits || files === 0) {
    throw unreadable(report.path, hits ? 'it ends in the middle of a file' : 'it names no file');
  }
}
