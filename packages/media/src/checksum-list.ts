import { UserError } from '@golden-image/host';
import {
  algorithmNamed,
  type Expected,
  HEX_LENGTH,
  isStrong,
  type ListedAlgorithm,
  strongest,
  weakOnly,
} from './algorithms.ts';

/** One line of a list. */
export interface ListEntry {
  readonly algorithm: ListedAlgorithm;
  /** Lower case. */
  readonly hex: string;
  /** As listed, unescaped, without a leading `./`; empty in a list that holds a digest and nothing else. */
  readonly name: string;
}

/** Lists of vendors have at most a few hundred lines; this leaves room and bounds the work. */
const MAX_LINES = 200_000;
const MAX_LINE = 16_384;

/** `<hex>  name`, `<hex> *name`: coreutils, md5sum(1) "DIGEST OUTPUT"; one space alone is older software's. */
const GNU = /^([0-9A-Fa-f]{32,128})(?: [ *]?|\t+)(.+)$/s;
/** `SHA256 (name) = <hex>`; the name may contain `) = `, so the last one counts. */
const BSD = /^([A-Za-z][A-Za-z0-9-]{1,15}) ?\((.+)\) ?= ?([0-9A-Fa-f]{32,128})$/s;
const BARE = /^([0-9A-Fa-f]{32,128})$/;

/**
 * Reads a checksum list in any form in use: GNU coreutils (text and binary marker, escaped names), BSD tags, several
 * algorithms mixed, or one bare digest.
 *
 * @param listName the list's own file name; tells BLAKE2b from SHA-512 where lines carry no tag
 * @throws UserError `invalid-checksum-list` for a line of no known form, an absolute or climbing path, or two digests of
 *   one file that differ
 */
export function parseChecksumList(text: string, listName: string): readonly ListEntry[] {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const lines = body.split(/\r\n/).join('\n').split('\n');
  if (lines.length > MAX_LINES) {
    throw invalid(listName, `it has more than ${MAX_LINES} lines`);
  }
  const entries: ListEntry[] = [];
  const seen = new Map<string, string>();
  lines.forEach((line, index) => {
    if (line.trim() === '' || /^\s*[#;]/.test(line)) {
      return;
    }
    const entry = line.length <= MAX_LINE ? parseLine(line, listName) : undefined;
    if (!entry) {
      throw invalid(listName, `line ${index + 1} has no digest: ${JSON.stringify(line.slice(0, 120))}`);
    }
    checkPath(entry.name, listName, index + 1);
    const key = `${entry.algorithm} ${entry.name}`;
    const before = seen.get(key);
    if (before !== undefined && before !== entry.hex) {
      throw invalid(
        listName,
        `line ${index + 1} gives ${JSON.stringify(entry.name)} another digest than before`,
      );
    }
    if (before === undefined) {
      seen.set(key, entry.hex);
      entries.push(entry);
    }
  });
  if (entries.length === 0) {
    throw invalid(listName, 'it has no digest at all');
  }
  return entries;
}

function parseLine(line: string, listName: string): ListEntry | undefined {
  // coreutils marks a line whose name is escaped with a leading backslash, in both forms.
  const escaped = line.startsWith('\\');
  const content = escaped ? line.slice(1) : line;
  const name = (raw: string): string | undefined => {
    const plain = escaped ? unescapeName(raw) : raw;
    return plain?.replace(/^(?:\.\/)+/, '');
  };
  const [, tag, tagged = '', taggedHex = ''] = BSD.exec(content) ?? [];
  if (tag !== undefined) {
    return entry(algorithmNamed(tag), taggedHex, name(tagged));
  }
  const [, hex = '', raw = ''] = GNU.exec(content) ?? BARE.exec(content.trim()) ?? [];
  return entry(algorithmOf(hex, listName), hex, name(raw));
}

function entry(
  algorithm: ListedAlgorithm | undefined,
  hex: string,
  name: string | undefined,
): ListEntry | undefined {
  if (!algorithm || name === undefined || hex.length !== HEX_LENGTH[algorithm]) {
    return undefined;
  }
  return { algorithm, hex: hex.toLowerCase(), name };
}

/** An untagged digest's algorithm follows from its length; b2sum's are as long as sha512sum's. */
function algorithmOf(hex: string, listName: string): ListedAlgorithm | undefined {
  const found = Object.entries(HEX_LENGTH).find(([, length]) => length === hex.length)?.[0];
  return found === 'sha512' && /b2|blake/i.test(listName)
    ? 'blake2b512'
    : (found as ListedAlgorithm | undefined);
}

/** Undoes coreutils' escapes `\n`, `\r`, `\\`; undefined for any other. */
function unescapeName(raw: string): string | undefined {
  if (!/^(?:[^\\]|\\[nr\\])*$/.test(raw)) {
    return undefined;
  }
  const plain: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\\\': '\\' };
  return raw.replace(/\\[nr\\]/g, (found) => plain[found] ?? found);
}

function checkPath(name: string, listName: string, line: number): void {
  if (name.startsWith('/') || name.includes('\0') || name.split('/').includes('..')) {
    throw invalid(
      listName,
      `line ${line} names ${JSON.stringify(name.slice(0, 120))}, which leaves the list's folder`,
    );
  }
}

/**
 * The strongest digest that a list gives for a file: by its whole name, else by the last part of a listed path.
 *
 * @throws UserError `not-in-list`, `weak-checksum`, `invalid-checksum-list` when two folders' files of that name differ
 */
export function findDigest(entries: readonly ListEntry[], fileName: string, listName: string): Expected {
  const whole = entries.filter((entry) => entry.name === fileName);
  const last = entries.filter((entry) => entry.name.split('/').at(-1) === fileName);
  const only = entries.length === 1 && entries[0]?.name === '' && isListOf(listName, fileName) ? entries : [];
  const found = [whole, last, only].find((candidates) => candidates.length > 0);
  if (!found) {
    const others = entries.slice(0, 3).map((entry) => JSON.stringify(entry.name.slice(0, 80)));
    throw new UserError(`${listName} does not list ${fileName}; it lists ${others.join(', ')}…`, {
      code: 'not-in-list',
      fix: 'Check that list and medium belong to the same release, or name the listed file in "filename".',
    });
  }
  const digests = found.flatMap(({ algorithm, hex }) => (isStrong(algorithm) ? [{ algorithm, hex }] : []));
  const best = strongest(digests);
  if (!best) {
    throw weakOnly(`${listName} gives only ${found[0]?.algorithm.toUpperCase()} for ${fileName}`);
  }
  if (digests.some((other) => other.algorithm === best.algorithm && other.hex !== best.hex)) {
    throw invalid(listName, `it lists ${JSON.stringify(fileName)} in several folders with different digests`);
  }
  return best;
}

/** `medium.iso.sha256` is the list of `medium.iso`. */
function isListOf(listName: string, fileName: string): boolean {
  return listName.startsWith(`${fileName}.`);
}

function invalid(listName: string, reason: string): UserError {
  return new UserError(`The checksum list ${listName} cannot be used: ${reason}`, {
    code: 'invalid-checksum-list',
    fix: "Pass the vendor's list as it was published (SHA256SUMS, CHECKSUM, medium.iso.sha256).",
  });
}
