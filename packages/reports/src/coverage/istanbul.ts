import { readJson } from '../source/json.ts';
import type { ReportFile } from '../source/report-file.ts';
import { unreadable } from '../source/unreadable.ts';
import type { Coverage } from './coverage.ts';

const MAX_LINE = 2 ** 30;

/**
 * Istanbul's `coverage-final.json`: a line is executable where a statement begins, and has the highest count of the
 * statements that begin there. Source: istanbul-lib-coverage, FileCoverage.getLineCoverage.
 *
 * @throws UserError `unreadable-report`
 */
export async function readIstanbul(report: ReportFile, coverage: Coverage): Promise<void> {
  let files = 0;
  await readJson(report, {
    paths: ['$.*'],
    value: (value, keys) => {
      const fail = (why: string): never => {
        throw unreadable(report.path, `${String(keys[0]).slice(0, 200)}: ${why}`);
      };
      const { path, statementMap, s } = (value ?? {}) as {
        path?: unknown;
        statementMap?: Readonly<Record<string, { start?: { line?: unknown } }>>;
        s?: Readonly<Record<string, unknown>>;
      };
      if (typeof statementMap !== 'object' || typeof s !== 'object' || statementMap === null || s === null) {
        return fail('it has no statements and counts');
      }
      const hits = coverage.file(typeof path === 'string' ? path : String(keys[0]));
      for (const [id, statement] of Object.entries(statementMap)) {
        const line = statement?.start?.line;
        const count = s[id];
        if (
          !Number.isInteger(line) ||
          (line as number) < 1 ||
          (line as number) >= MAX_LINE ||
          typeof count !== 'number'
        ) {
          fail(`the statement ${id.slice(0, 20)} has no line and count`);
        }
        hits.add(line as number, (count as number) > 0);
      }
      hits.trim();
      files += 1;
    },
  });
  if (files === 0) {
    throw unreadable(report.path, 'it names no file');
  }
}
