import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { shortName } from './names.ts';

/** XCCDF 1.2, 6.6.4.2 (NIST IR 7275 r4). */
export const RESULTS = [
  'pass',
  'fail',
  'error',
  'unknown',
  'notapplicable',
  'notchecked',
  'notselected',
  'informational',
  'fixed',
] as const;
export type RuleOutcome = (typeof RESULTS)[number];
export type Severity = 'unknown' | 'info' | 'low' | 'medium' | 'high';

export interface Reference {
  readonly href: string;
  readonly text: string;
}

/** One rule as the benchmark describes it and the scan judged it. */
export interface RuleResult {
  /** Short name: `sshd_disable_root_login`. */
  readonly rule: string;
  readonly id: string;
  readonly outcome: RuleOutcome;
  readonly severity: Severity;
  readonly title: string;
  readonly rationale: string;
  readonly references: readonly Reference[];
  /** Whether the content carries a shell fix. */
  readonly hasFix: boolean;
  /** What breaks it, in words, where that is known. */
  readonly findings?: readonly string[];
}

export interface ScanResults {
  /** Of the TestResult element. */
  readonly testResultId: string;
  readonly profile: string;
  readonly benchmarkVersion: string;
  /** Selected rules only, sorted by name. */
  readonly rules: readonly RuleResult[];
}

const XCCDF = 'http://checklists.nist.gov/xccdf/1.2';
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_TEXT = 4_000;

interface Description {
  title: string;
  rationale: string;
  references: Reference[];
  hasFix: boolean;
}

/**
 * Reads what `oscap xccdf eval --results` wrote, as a stream.
 *
 * @throws UserError `unreadable-results` for anything that is not a complete XCCDF 1.2 result: document types and
 *   entities of its own, unknown result values, a missing TestResult, more than 256 MiB
 */
export async function readResults(file: string): Promise<ScanResults> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw unreadable('there is none', cause);
  });
  if (size > MAX_BYTES) {
    throw unreadable(`it has ${size} bytes, more than ${MAX_BYTES}`);
  }
  const reader = new ResultReader();
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    reader.write(chunk as string);
  }
  return reader.finish();
}

/** The same from a text, for small documents. */
export function parseResults(text: string): ScanResults {
  const reader = new ResultReader();
  reader.write(text);
  return reader.finish();
}

class ResultReader {
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #path: string[] = [];
  readonly #rules = new Map<string, Description>();
  readonly #outcomes = new Map<string, { outcome: RuleOutcome; severity: Severity }>();
  #rule: Description | undefined;
  #judged: { id: string; severity: string; result: string } | undefined;
  /** Of the element at this depth, while it is open. */
  #text: string | undefined;
  #textDepth = 0;
  #href = '';
  #version = '';
  #testResultId = '';
  #profile = '';

  constructor() {
    this.#parser.on('doctype', () => {
      throw unreadable('it declares a document type');
    });
    this.#parser.on('error', (error) => {
      throw unreadable(error.message);
    });
    this.#parser.on('opentag', (tag) => this.#open(tag));
    this.#parser.on('closetag', (tag) => this.#close(tag));
    this.#parser.on('text', (text) => {
      if (this.#text !== undefined && this.#text.length < MAX_TEXT) {
        this.#text += text.slice(0, MAX_TEXT - this.#text.length);
      }
    });
  }

  write(chunk: string): void {
    this.#parser.write(chunk);
  }

  finish(): ScanResults {
    this.#parser.close();
    if (this.#testResultId === '' || this.#outcomes.size === 0) {
      throw unreadable('it holds no test result with rules');
    }
    const rules = [...this.#outcomes]
      .filter(([, { outcome }]) => outcome !== 'notselected')
      .map(([id, { outcome, severity }]) => {
        const {
          title = shortName(id),
          rationale = '',
          references = [],
          hasFix = false,
        } = this.#rules.get(id) ?? {};
        return { rule: shortName(id), id, outcome, severity, title, rationale, references, hasFix };
      })
      .sort((a, b) => (a.rule < b.rule ? -1 : 1));
    return {
      testResultId: this.#testResultId,
      profile: this.#profile,
      benchmarkVersion: this.#version,
      rules,
    };
  }

  #open(tag: SaxesTagNS): void {
    const name = tag.uri === XCCDF ? tag.local : `other:${tag.local}`;
    const parent = this.#path.at(-1);
    this.#path.push(name);
    if (name === 'Rule') {
      this.#rule = { title: '', rationale: '', references: [], hasFix: false };
      this.#rules.set(attribute(tag, 'id'), this.#rule);
    } else if (name === 'fix' && this.#rule) {
      this.#rule.hasFix ||= attribute(tag, 'system') === 'urn:xccdf:fix:script:sh';
    } else if (name === 'TestResult') {
      this.#testResultId = attribute(tag, 'id');
    } else if (name === 'profile' && parent === 'TestResult') {
      this.#profile = attribute(tag, 'idref');
    } else if (name === 'rule-result') {
      this.#judged = {
        id: attribute(tag, 'idref'),
        severity: attribute(tag, 'severity') || 'unknown',
        result: '',
      };
    }
    const wanted =
      (parent === 'Rule' && ['title', 'rationale', 'reference'].includes(name)) ||
      (parent === 'rule-result' && name === 'result') ||
      (parent === 'Benchmark' && name === 'version');
    if (wanted) {
      this.#text = '';
      this.#textDepth = this.#path.length;
      this.#href = attribute(tag, 'href');
    }
  }

  #close(tag: SaxesTagNS): void {
    if (this.#text !== undefined && this.#path.length === this.#textDepth) {
      this.#collect(tag.local, this.#text.replace(/\s+/g, ' ').trim());
      this.#text = undefined;
    }
    const name = this.#path.pop();
    if (name === 'rule-result') {
      this.#judge();
    } else if (name === 'Rule') {
      this.#rule = undefined;
    }
  }

  /** `name` is unique among the parents whose text is wanted. */
  #collect(name: string, text: string): void {
    if (name === 'version') {
      this.#version = text;
    } else if (name === 'result' && this.#judged) {
      this.#judged.result = text;
    } else if (name === 'reference') {
      this.#rule?.references.push({ href: this.#href, text });
    } else if (this.#rule && (name === 'title' || name === 'rationale')) {
      this.#rule[name] = text;
    }
  }

  #judge(): void {
    const { id, severity, result } = this.#judged ?? { id: '', severity: '', result: '' };
    const outcome = RESULTS.find((known) => known === result);
    if (!outcome || id === '') {
      throw unreadable(`the rule ${JSON.stringify(id)} has the result ${JSON.stringify(result)}`);
    }
    this.#outcomes.set(id, { outcome, severity: severityOf(severity) });
    this.#judged = undefined;
  }
}

function severityOf(text: string): Severity {
  const known: readonly Severity[] = ['info', 'low', 'medium', 'high'];
  return known.find((severity) => severity === text) ?? 'unknown';
}

function attribute(tag: SaxesTagNS, name: string): string {
  const found: SaxesAttributeNS | undefined = tag.attributes[name];
  return found?.value ?? '';
}

function unreadable(why: string, cause?: unknown): UserError {
  return new UserError(`The scan's results cannot be read: ${why}`, {
    code: 'unreadable-results',
    fix: 'Check the content (a SCAP source datastream) and the profile; no result counts as a pass.',
    ...(cause === undefined ? {} : { cause }),
  });
}
