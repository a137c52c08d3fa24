import { createReadStream } from 'node:fs';
import { UserError } from '@golden-image/host';
import { SaxesParser, type SaxesTagNS } from 'saxes';

/** A profile as the datastream defines it. */
export interface DatastreamProfile {
  /** Full identifier. */
  readonly id: string;
  readonly title: string;
  /** Full rule (and group) identifier to whether it is selected. */
  readonly selects: ReadonlyMap<string, boolean>;
  /** Full value identifier to the selector or the text that the profile chooses. */
  readonly values: ReadonlyMap<string, { readonly kind: 'selector' | 'text'; readonly value: string }>;
}

/** What tailoring needs to know of a SCAP source datastream. */
export interface Datastream {
  readonly profiles: readonly DatastreamProfile[];
  /** Full identifiers of the values that a profile can set. */
  readonly values: ReadonlySet<string>;
}

const XCCDF = 'http://checklists.nist.gov/xccdf/1.2';

interface OpenProfile {
  id: string;
  title: string;
  selects: Map<string, boolean>;
  values: Map<string, { kind: 'selector' | 'text'; value: string }>;
}

/**
 * Reads the profiles and values of a datastream, as a stream.
 *
 * @throws UserError `scan-failed` for what is not well-formed, or declares a document type
 */
export async function readDatastream(file: string): Promise<Datastream> {
  const reader = new DatastreamReader();
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    reader.write(chunk as string);
  }
  return reader.finish();
}

class DatastreamReader {
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #profiles: OpenProfile[] = [];
  readonly #values = new Set<string>();
  #profile: OpenProfile | undefined;
  #text: string | undefined;
  #valueId = '';

  constructor() {
    this.#parser.on('doctype', () => {
      throw broken('it declares a document type');
    });
    this.#parser.on('error', (error) => {
      throw broken(error.message);
    });
    this.#parser.on('opentag', (tag) => {
      if (tag.uri === XCCDF) {
        this.#open(tag);
      }
    });
    this.#parser.on('closetag', (tag) => {
      if (tag.uri === XCCDF) {
        this.#close(tag.local);
      }
    });
    this.#parser.on('text', (text) => {
      if (this.#text !== undefined && this.#text.length < 4_000) {
        this.#text += text;
      }
    });
  }

  write(chunk: string): void {
    this.#parser.write(chunk);
  }

  finish(): Datastream {
    this.#parser.close();
    return { profiles: this.#profiles, values: this.#values };
  }

  #open(tag: SaxesTagNS): void {
    const attribute = (name: string): string => tag.attributes[name]?.value ?? '';
    if (tag.local === 'Value') {
      this.#values.add(attribute('id'));
    } else if (tag.local === 'Profile') {
      this.#profile = { id: attribute('id'), title: '', selects: new Map(), values: new Map() };
      this.#profiles.push(this.#profile);
    } else if (this.#profile) {
      if (tag.local === 'select') {
        this.#profile.selects.set(attribute('idref'), attribute('selected') === 'true');
      } else if (tag.local === 'refine-value') {
        this.#profile.values.set(attribute('idref'), { kind: 'selector', value: attribute('selector') });
      } else if (tag.local === 'set-value' || tag.local === 'title') {
        this.#text = '';
        this.#valueId = attribute('idref');
      }
    }
  }

  #close(name: string): void {
    if (name === 'Profile') {
      this.#profile = undefined;
    } else if (this.#profile && this.#text !== undefined) {
      if (name === 'title') {
        this.#profile.title = this.#text.trim();
        this.#text = undefined;
      } else if (name === 'set-value') {
        this.#profile.values.set(this.#valueId, { kind: 'text', value: this.#text });
        this.#text = undefined;
      }
    }
  }
}

function broken(why: string): UserError {
  return new UserError(`The content cannot be read: ${why}`, {
    code: 'scan-failed',
    fix: 'Pass a SCAP source datastream (ssg-…-ds.xml).',
  });
}
