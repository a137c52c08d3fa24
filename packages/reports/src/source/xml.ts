import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ReportFile } from './report-file.ts';
import { unreadable } from './unreadable.ts';

/** Attributes by name. */
export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandler {
  readonly open: (name: string, attributes: Attributes, depth: number) => void;
  readonly close?: (name: string, depth: number) => void;
  /** Only for readers that need character data. */
  readonly text?: (text: string) => void;
}

/** Between two elements there is no more than this, in characters: log output in a CDATA section, a comment. */
const MAX_TOKEN = 16 * 1024 * 1024;
const MAX_DEPTH = 200;
/** More than any element of the formats has; a bound on memory. */
const MAX_ATTRIBUTES = 200;
/** A document type with an internal subset, where entities are declared. A reference to an outside one is never followed. */
const INTERNAL_SUBSET = /\[/;

/**
 * Reads an XML report as a stream. Entities other than the five of XML are refused, and so is an internal subset;
 * JaCoCo and Cobertura name an external document type, which is ignored, not fetched.
 *
 * @throws UserError `unreadable-report` for anything that is not one well-formed document
 */
export async function readXml(report: ReportFile, handler: XmlHandler): Promise<void> {
  const fail = (why: string): never => {
    throw unreadable(report.path, why);
  };
  const parser = new SaxesParser({ position: true, xmlns: false as const });
  let depth = 0;
  let last = 0;
  let attributes = 0;
  parser.on('error', (error) => fail(error.message));
  parser.on('doctype', (doctype) => {
    if (INTERNAL_SUBSET.test(doctype)) {
      fail('it declares a document type of its own (entities), which is not accepted');
    }
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) {
      fail(`an element has more than ${MAX_ATTRIBUTES} attributes`);
    }
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    last = parser.position;
    attributes = 0;
    if (depth >= MAX_DEPTH) {
      fail(`its elements are nested more than ${MAX_DEPTH} deep`);
    }
    handler.open(tag.name, tag.attributes, depth);
    depth += 1;
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    last = parser.position;
    depth -= 1;
    handler.close?.(tag.name, depth);
  });
  if (handler.text) {
    parser.on('text', handler.text);
  }
  for await (const piece of report.text) {
    parser.write(piece);
    if (parser.position - last > MAX_TOKEN) {
      fail(`there are more than ${MAX_TOKEN} characters without an element`);
    }
  }
  parser.close();
}
