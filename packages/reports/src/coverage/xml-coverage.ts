import type { ReportFile } from '../source/report-file.ts';
import { unreadable } from '../source/unreadable.ts';
import { type Attributes, readXml } from '../source/xml.ts';
import { clover } from './clover.ts';
import { cobertura } from './cobertura.ts';
import type { Coverage } from './coverage.ts';
import { jacoco } from './jacoco.ts';
import type { Fail, XmlCoverage } from './xml-format.ts';

/**
 * Cobertura, JaCoCo or Clover: the root element tells which.
 *
 * @throws UserError `unreadable-report`
 */
export async function readXmlCoverage(report: ReportFile, coverage: Coverage): Promise<void> {
  const fail: Fail = (why) => {
    throw unreadable(report.path, why);
  };
  let format: XmlCoverage | undefined;
  await readXml(report, {
    open: (name, attributes, depth) => {
      format ??= formatOf(name, attributes, coverage, fail);
      format.open(name, attributes, depth);
    },
    close: (name, depth) => format?.close?.(name, depth),
    text: (text) => format?.text?.(text),
  });
  if (!format || format.files() === 0) {
    fail('it names no file');
  }
}

function formatOf(root: string, attributes: Attributes, coverage: Coverage, fail: Fail): XmlCoverage {
  if (root === 'report') {
    return jacoco(coverage, fail);
  }
  if (root === 'coverage') {
    // Both are called `coverage`; Cobertura always has its rates, Clover never.
    return 'line-rate' in attributes ? cobertura(coverage, fail) : clover(coverage, fail);
  }
  return fail(`its root element ${root.slice(0, 60)} is none of Cobertura, JaCoCo, Clover`);
}
