import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import { readImageFolder } from './folder.ts';

/** What is to be signed or verified: a whole image folder, or single files of one folder. */
export interface ImageSource {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** The disk's file name inside the folder. */
  readonly disk: string;
  /** The files that count, relative to the folder; undefined: all of the folder. */
  readonly artefacts: readonly string[] | undefined;
  /** What the descriptor says of the disk; undefined without one. */
  readonly describedSha256: string | undefined;
  /** Images that are built here must come from a verified medium. */
  readonly requireMedium: boolean;
}

/**
 * Reads an image folder, or files (one a line) that lie in one folder: the first is the disk, and the statements in
 * `evidence/` beside them count too.
 *
 * @throws UserError `not-an-image-folder`, `invalid-descriptor`, `disk-missing`, `image-not-found`, `files-apart`, `unsupported-entry`
 */
export async function readImageSource(input: string): Promise<ImageSource> {
  const paths = input
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = input] = paths;
  const found = await lstat(first).catch(() => undefined);
  if (paths.length === 1 && found?.isDirectory()) {
    const { folder, descriptor } = await readImageFolder(first);
    return {
      folder,
      name: descriptor.name,
      version: descriptor.version,
      disk: descriptor.disk.file,
      artefacts: undefined,
      describedSha256: descriptor.disk.sha256,
      requireMedium: descriptor.class === 'stock',
    };
  }
  return readFiles(paths);
}

async function readFiles(paths: readonly string[]): Promise<ImageSource> {
  const files = [...new Set(paths.map((file) => path.resolve(file)))];
  const folder = path.dirname(files[0] ?? '');
  for (const file of files) {
    const found = await lstat(file).catch(() => undefined);
    if (!found?.isFile()) {
      const what = found?.isDirectory()
        ? 'a folder among files'
        : found
          ? 'a link or special file'
          : 'not there';
      throw new UserError(`${file} is ${what}`, {
        code: 'image-not-found',
        fix: 'Pass one image folder, or regular files of one folder, one a line.',
      });
    }
    if (path.dirname(file) !== folder) {
      throw new UserError(`${file} does not lie in ${folder} as the first file does`, {
        code: 'files-apart',
        fix: 'Put the files into one folder: their lists and signatures are written beside them.',
      });
    }
  }
  const names = files.map((file) => path.basename(file));
  const odd = names.find((name) => name.startsWith('-') || /[\u0000-\u001f\u007f\\]/.test(name));
  if (odd !== undefined) {
    throw new UserError(`${JSON.stringify(odd)} is a name that a checksum list or a command cannot carry`, {
      code: 'unsupported-entry',
      fix: 'Rename the file: a plain name that does not begin with a dash.',
    });
  }
  const evidence = await evidenceOf(folder);
  const [disk = ''] = names;
  return {
    folder,
    name: disk,
    version: '',
    disk,
    artefacts: [...names, ...evidence].sort(),
    describedSha256: undefined,
    requireMedium: false,
  };
}

/** The statements beside the files; a link in the place of their folder is not followed. */
async function evidenceOf(folder: string): Promise<readonly string[]> {
  const location = path.join(folder, 'evidence');
  if (!(await lstat(location).catch(() => undefined))?.isDirectory()) {
    return [];
  }
  return (await readdir(location))
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => `evidence/${name}`);
}
