import { type Coverage, lineRecord } from './coverage.ts';
import type { LineHits } from './line-hits.ts';
import { timeOf } from './time.ts';
import type { Fail, XmlCoverage } from './xml-format.ts';

/**
 * JaCoCo: `package name` / `sourcefile name` with `line nr mi ci` (missed and covered instructions); a line is covered
 * when an instruction of it ran. Source: JaCoCo's DTD report 1.1.
 */
export function jacoco(coverage: Coverage, fail: Fail): XmlCoverage {
  let packageName = '';
  let hits: LineHits | undefined;
  let files = 0;
  return {
    files: () => files,
    open: (name, attributes) => {
      if (name === 'sessioninfo') {
        coverage.made(timeOf(attributes.dump));
      } else if (name === 'package') {
        packageName = attributes.name ?? fail('a package without a name');
      } else if (name === 'sourcefile') {
        const file = attributes.name ?? fail('a source file without a name');
        hits = coverage.file(packageName === '' ? file : `${packageName}/${file}`, 'package');
        files += 1;
      } else if (name === 'line') {
        const record = lineRecord(attributes.nr, attributes.ci);
        if (!record || !hits) {
          return fail('a line without number and instructions');
        }
        hits.add(record.line, record.hit);
      }
    },
    close: (name) => {
      if (name === 'sourcefile') {
        hits?.trim();
        hits = undefined;
      }
    },
  };
}
