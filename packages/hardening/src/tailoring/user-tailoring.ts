import { readFile } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { SaxesParser } from 'saxes';
import { profileId, valueId } from '../scap/names.ts';
import { type ValueChoice, valueElement } from './tailoring.ts';

const MAX_BYTES = 1024 * 1024;
const XCCDF = 'http://checklists.nist.gov/xccdf/1.2';

/** A user's tailoring file and its profile that counts. */
export interface UserTailoring {
  readonly text: string;
  /** Full identifier of the profile in it. */
  readonly profile: string;
}

interface FoundProfile {
  readonly id: string;
  readonly base: string;
  /** Values that it sets itself, full identifiers. */
  readonly values: string[];
  readonly prefix: string;
  /** Where its end tag begins, in UTF-16 units. */
  end: number;
}

/**
 * The profile of a user's tailoring file that stands for `profile`: the one that extends it, or that is it.
 *
 * @throws UserError `invalid-tailoring`
 */
export async function readTailoring(
  file: string,
  profile: string,
  variables: readonly ValueChoice[] = [],
): Promise<UserTailoring> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw invalid(file, 'it cannot be read', cause);
  });
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw invalid(file, `it is larger than ${MAX_BYTES} bytes`);
  }
  const profiles = readProfiles(file, text);
  const wanted = profileId(profile);
  const found = profiles.find(({ id, base }) => id === wanted || base === wanted);
  if (!found) {
    const known = profiles.map(({ id, base }) => `${id} (extends ${base})`).join(', ') || 'none';
    throw invalid(file, `it has no profile that extends ${wanted}; it has ${known}`);
  }
  const twice = variables.find(({ id }) => found.values.includes(valueId(id)));
  if (twice) {
    throw invalid(file, `it sets ${twice.id}, which the variables set too`);
  }
  const lines = variables.map((choice) => `${valueElement(found.prefix, choice)}\n`).join('');
  return { text: text.slice(0, found.end) + lines + text.slice(found.end), profile: found.id };
}

function readProfiles(file: string, text: string): readonly FoundProfile[] {
  const profiles: FoundProfile[] = [];
  let current: FoundProfile | undefined;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('doctype', () => {
    throw invalid(file, 'it declares a document type');
  });
  parser.on('error', (error) => {
    throw invalid(file, error.message);
  });
  parser.on('opentag', (tag) => {
    const attribute = (name: string): string => tag.attributes[name]?.value ?? '';
    if (tag.uri === XCCDF && tag.local === 'Profile') {
      const prefix = tag.prefix === '' ? '' : `${tag.prefix}:`;
      current = { id: attribute('id'), base: attribute('extends'), values: [], prefix, end: 0 };
      profiles.push(current);
    } else if (tag.uri === XCCDF && ['set-value', 'refine-value'].includes(tag.local)) {
      current?.values.push(attribute('idref'));
    }
  });
  parser.on('closetag', (tag) => {
    if (tag.uri === XCCDF && tag.local === 'Profile' && current) {
      // An element without content has no end tag to write before.
      current.end = text.lastIndexOf('<', parser.position - 1);
      if (tag.isSelfClosing) {
        throw invalid(file, 'its profile is empty');
      }
      current = undefined;
    }
  });
  parser.write(text).close();
  return profiles;
}

export function invalid(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`The tailoring ${file} cannot be used: ${why}`, {
    code: 'invalid-tailoring',
    fix: 'Pass an XCCDF 1.2 tailoring file whose profile extends the one asked for, or leave the input out.',
    ...(cause === undefined ? {} : { cause }),
  });
}
