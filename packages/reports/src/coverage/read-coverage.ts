import type { Ports } from '@golden-image/host';
import { type ReportFile, withReport } from '../source/report-file.ts';
import { ReportLimit, unreadable } from '../source/unreadable.ts';
import { Coverage } from './coverage.ts';
import { readGo } from './go.ts';
import { readIstanbul } from './istanbul.ts';
import { readLcov } from './lcov.ts';
import { readXmlCoverage } from './xml-coverage.ts';

/** Coverage reports, and when the oldest of them was made. */
export interface CoverageReport {
  readonly coverage: Coverage;
  readonly madeAt: Date;
}

/**
 * Reads line coverage from lcov, Cobertura, JaCoCo, Clover, Go and Istanbul reports; the content tells the format.
 * Reports of the same file are put together: a line is covered if one of them covers it.
 *
 * @throws UserError `report-not-found`, `unreadable-report`: one bad report spoils them all
 */
export async function readCoverage(
  paths: readonly [string, ...string[]],
  ports: Pick<Ports, 'signal'>,
): Promise<CoverageReport> {
  const coverage = new Coverage();
  for (const path of paths) {
    await withReport(path, ports.signal, async (report) => {
      coverage.made(report.modified);
      await readerOf(report)(report, coverage).catch((error: unknown) => {
        throw error instanceof ReportLimit ? unreadable(path, error.message, error) : error;
      });
    });
  }
  return { coverage, madeAt: coverage.madeAt ?? new Date(0) };
}

function readerOf(report: ReportFile): (report: ReportFile, coverage: Coverage) => Promise<void> {
  const head = report.head.trimStart();
  const formats = [
    [/^</, readXmlCoverage],
    [/^mode: (?:set|count|atomic)\r?\n/, readGo],
    [/^(?:#[^\n]*\n|[A-Z]{2,4}:)/, readLcov],
    [/^\{/, readIstanbul],
  ] as const;
  const found = formats.find(([pattern]) => pattern.test(head));
  if (!found) {
    throw unreadable(report.path, 'it is none of lcov, Cobertura, JaCoCo, Clover, Go, Istanbul');
  }
  return found[1];
}
