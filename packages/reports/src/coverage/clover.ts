import { type Coverage, lineRecord } from './coverage.ts';
import type { LineHits } from './line-hits.ts';
import { timeOf } from './time.ts';
import type { Fail, XmlCoverage } from './xml-format.ts';

/**
 * Clover: `file path` with `line num count`; `project` is the code, `testproject` the tests, which do not count.
 * Source: the schema clover.xsd of OpenClover; Istanbul and PHPUnit write it too.
 */
export function clover(coverage: Coverage, fail: Fail): XmlCoverage {
  let hits: LineHits | undefined;
  let tests = false;
  let files = 0;
  return {
    files: () => files,
    open: (name, attributes, depth) => {
      if (depth === 0) {
        coverage.made(timeOf(attributes.generated));
      } else if (name === 'testproject') {
        tests = true;
      } else if (name === 'file' && !tests) {
        // PHPUnit writes the whole path as name and no path.
        const path = attributes.path ?? attributes.name ?? fail('a file without a path');
        hits = coverage.file(path);
        files += 1;
      } else if (name === 'line' && !tests) {
        const record = lineRecord(attributes.num, attributes.count ?? hitsOfCondition(attributes));
        if (!record || !hits) {
          return fail('a line without number and count');
        }
        hits.add(record.line, record.hit);
      }
    },
    close: (name) => {
      if (name === 'testproject') {
        tests = false;
      } else if (name === 'file') {
        hits?.trim();
        hits = undefined;
      }
    },
  };
}

/** OpenClover counts a condition by its two outcomes. */
function hitsOfCondition(attributes: Readonly<Record<string, string>>): string | undefined {
  const { truecount, falsecount } = attributes;
  if (truecount === undefined || falsecount === undefined) {
    return undefined;
  }
  return String(Number(truecount) + Number(falsecount));
}
