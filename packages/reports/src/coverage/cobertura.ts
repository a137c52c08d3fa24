import { type Coverage, lineRecord } from './coverage.ts';
import type { LineHits } from './line-hits.ts';
import { timeOf } from './time.ts';
import type { Fail, XmlCoverage } from './xml-format.ts';

/**
 * Cobertura: `class filename` with `lines/line number hits`. Methods repeat lines of their class.
 * Source: the DTD coverage-04.
 */
export function cobertura(coverage: Coverage, fail: Fail): XmlCoverage {
  const sources: string[] = [];
  let source: string | undefined;
  let hits: LineHits | undefined;
  let files = 0;
  return {
    files: () => files,
    open: (name, attributes, depth) => {
      if (depth === 0) {
        coverage.made(timeOf(attributes.timestamp));
      } else if (name === 'source') {
        source = '';
      } else if (name === 'class') {
        const file = attributes.filename ?? fail('a class without a file name');
        hits = coverage.file(rooted(file, sources));
        files += 1;
      } else if (name === 'line') {
        const record = lineRecord(attributes.number, attributes.hits);
        if (!record || !hits) {
          return fail('a line without number and hits');
        }
        hits.add(record.line, record.hit);
      }
    },
    text: (text) => {
      if (source !== undefined && source.length < 4096) {
        source += text;
      }
    },
    close: (name) => {
      if (name === 'source' && source !== undefined) {
        sources.push(source.trim());
        source = undefined;
      } else if (name === 'class') {
        hits?.trim();
        hits = undefined;
      }
    },
  };
}

/** File names are relative to one of the sources; with several nobody says to which, so they stay as they are. */
function rooted(file: string, sources: readonly string[]): string {
  const [only] = sources;
  const absolute = /^(?:[\\/]|[A-Za-z]:)/.test(file);
  return sources.length === 1 && only !== undefined && only !== '' && !absolute ? `${only}/${file}` : file;
}
