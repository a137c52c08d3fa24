import type { XmlHandler } from '../source/xml.ts';

/** A reader of one XML format; `files` counts what it found. */
export interface XmlCoverage extends XmlHandler {
  readonly files: () => number;
}

/** Throws; for readers, which do not know the report's name. */
export type Fail = (why: string) => never;
