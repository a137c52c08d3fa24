import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Statement, stableJson, statementSchema } from '@golden-image/evidence';
import { publishAtomically, UserError } from '@golden-image/host';
import { type ImageDescriptor, imageDescriptor } from './descriptor.ts';

/** Reports, statements and descriptors beyond this size are not ours. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;

/** An image folder that was read: `disk` is the absolute path of its disk. */
export interface ImageFolder {
  readonly folder: string;
  readonly descriptor: ImageDescriptor;
  readonly disk: string;
}

/**
 * Reads `image.json` and checks that the disk file is there with the size it names (its digest is the caller's
 * business: hashing takes a pass over the disk).
 *
 * @throws UserError `not-an-image-folder`, `invalid-descriptor`, `disk-missing`
 */
export async function readImageFolder(folder: string): Promise<ImageFolder> {
  const file = path.join(folder, 'image.json');
  const text = await readSmall(file).catch((cause: unknown) => {
    throw new UserError(`${folder} is not an image folder: image.json cannot be read`, {
      code: 'not-an-image-folder',
      fix: 'Pass the folder that build-image wrote.',
      cause,
    });
  });
  const descriptor = parseDescriptor(file, text);
  const disk = path.join(folder, descriptor.disk.file);
  const found = await stat(disk).catch(() => undefined);
  if (!found?.isFile() || found.size !== descriptor.disk.size) {
    const actual = found ? `${found.size} bytes` : 'missing';
    throw new UserError(`The disk ${disk} is ${actual}, image.json says ${descriptor.disk.size} bytes`, {
      code: 'disk-missing',
      fix: 'The folder is incomplete or was changed: build the image again, or copy it whole.',
    });
  }
  return { folder: path.resolve(folder), descriptor, disk: path.resolve(disk) };
}

function parseDescriptor(file: string, text: string): ImageDescriptor {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${file} is not JSON`, {
      code: 'invalid-descriptor',
      fix: 'Build the image again.',
      cause,
    });
  }
  const parsed = imageDescriptor.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`);
    throw new UserError(`${file} is not valid: ${where.join('; ')}`, {
      code: 'invalid-descriptor',
      fix: 'Build the image again with this version of build-image.',
    });
  }
  return parsed.data;
}

/** Writes `image.json`. */
export async function writeDescriptor(folder: string, descriptor: ImageDescriptor): Promise<void> {
  const valid = imageDescriptor.parse(descriptor);
  await publishAtomically(path.join(folder, 'image.json'), (partial) =>
    writeFile(partial, stableJson(valid)),
  );
}

/** The statements' file names, in the order of the chain. */
export type EvidenceName = '10-media' | '20-build' | '30-harden' | '40-fvt' | '50-export';

/** Writes `evidence/<name>.json`, replacing an older one. Returns its path. */
export async function writeEvidence(
  folder: string,
  name: EvidenceName,
  statement: Statement,
): Promise<string> {
  const file = path.join(folder, 'evidence', `${name}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await publishAtomically(file, (partial) => writeFile(partial, stableJson(statement)));
  return file;
}

/** One statement as it lies in a folder. */
export interface EvidenceFile {
  /** File name without `.json`. */
  readonly name: string;
  readonly file: string;
  readonly statement: Statement;
}

/**
 * All statements of an image folder in the order of their names; none when there is no evidence folder.
 *
 * @throws UserError `invalid-evidence` for a file that is not an in-toto statement, or a folder that cannot be read
 */
export async function readEvidence(folder: string): Promise<readonly EvidenceFile[]> {
  const evidence = path.join(folder, 'evidence');
  const names = await readdir(evidence).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') {
      return [];
    }
    throw new UserError(`${evidence} cannot be read: ${cause.message}`, {
      code: 'invalid-evidence',
      fix: 'Give this job the right to read the image folder.',
      cause,
    });
  });
  const files = names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
  return Promise.all(
    files.map(async (name) => {
      const file = path.join(evidence, name);
      return { name: name.slice(0, -'.json'.length), file, statement: await readStatement(file) };
    }),
  );
}

/**
 * Reads one in-toto statement.
 *
 * @throws UserError `invalid-evidence`
 */
export async function readStatement(file: string): Promise<Statement> {
  try {
    return statementSchema.parse(JSON.parse(await readSmall(file)));
  } catch (cause) {
    throw new UserError(`${file} is not a readable in-toto statement`, {
      code: 'invalid-evidence',
      fix: 'Run the step that writes it again; do not edit evidence.',
      cause,
    });
  }
}

async function readSmall(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > MAX_JSON_BYTES) {
    throw new Error(`${file} has ${size} bytes, more than ${MAX_JSON_BYTES}`);
  }
  return readFile(file, 'utf8');
}
