import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';

/** The names of the lists and how many hex digits their digests have. */
export const checksumLists = { SHA256SUMS: 64, SHA512SUMS: 128 } as const;
export type ChecksumList = keyof typeof checksumLists;

/** GNU coreutils' format, binary mode; sorted by name, so that the same files give the same bytes. */
export function formatChecksums(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hex]) => `${hex} *${name}\n`)
    .join('');
}

/**
 * Reads what `formatChecksums` wrote: file name to digest.
 *
 * @throws UserError `invalid-checksums` for any line of another form, a name listed twice, or no line at all
 */
export function parseChecksums(text: string, list: ChecksumList): Readonly<Record<string, string>> {
  const form = new RegExp(`^([0-9a-f]{${checksumLists[list]}}) [ *](.+)$`);
  const entries = new Map<string, string>();
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length === 0) {
    throw invalid(list, 'it is empty or its last line is cut off');
  }
  lines.forEach((line, index) => {
    const [, hex, name] = form.exec(line) ?? [];
    if (!hex || !name || !isPlainName(name)) {
      throw invalid(list, `line ${index + 1} is not "<digest> *<file>"`);
    }
    if (entries.has(name)) {
      throw invalid(list, `line ${index + 1} lists ${name} again`);
    }
    entries.set(name, hex);
  });
  return Object.fromEntries(entries);
}

function invalid(list: ChecksumList, reason: string): UserError {
  return new UserError(`${list} cannot be used: ${reason}`, {
    code: 'invalid-checksums',
    fix: 'Sign the image again.',
  });
}

/** Folders and files of an image folder that are made after, or by, signing: not part of what is signed. */
const UNSIGNED = new Set(['signatures', 'release', 'VERIFY.md']);

/**
 * Every artefact of an image folder, relative to it, sorted: all files but the signatures themselves.
 *
 * @throws UserError `unsupported-entry` for a link, a special file or a name that a checksum list cannot carry
 */
export async function listArtefacts(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries) {
    const name = path.relative(folder, path.join(entry.parentPath, entry.name));
    const top = name.split(path.sep)[0] ?? name;
    // What begins with a dot at the top is a partial of a step that is being published, or a tool's own.
    if (UNSIGNED.has(top) || top.startsWith('.') || entry.isDirectory()) {
      continue;
    }
    if (!entry.isFile() || !isPlainName(name)) {
      const what = entry.isFile()
        ? 'has a name that a checksum list cannot carry'
        : 'is a link or a special file';
      throw new UserError(`${JSON.stringify(name)} in the image folder ${what}`, {
        code: 'unsupported-entry',
        fix: 'Remove it from the image folder, or replace it by a regular file with a plain name.',
      });
    }
    names.push(name);
  }
  return names.sort();
}

/** Printable, relative, inside the folder, and nothing that coreutils would escape. */
function isPlainName(name: string): boolean {
  return !/[\u0000-\u001f\u007f\\]/.test(name) && !name.startsWith('/') && !name.split('/').includes('..');
}
