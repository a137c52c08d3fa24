import { createHash } from 'node:crypto';
import { lstat, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { resolveInside, UserError } from '@golden-image/host';
import { parseDefinition } from './parse.ts';
import type { Definition } from './schema.ts';
import { checkSupport } from './support.ts';

const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** A file to place in the image. */
export interface PlacedFile {
  readonly path: string;
  readonly content: Uint8Array;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

/** A definition that was read, with the files it places. */
export interface LoadedDefinition {
  readonly file: string;
  /** SHA-256 of `image.yml`. */
  readonly sha256: string;
  readonly definition: Definition;
  /** Code name of the release: `trixie`. */
  readonly suite: string;
  readonly files: readonly PlacedFile[];
}

/**
 * Reads `image.yml` and the files beside it that it places.
 *
 * @throws UserError `definition-unreadable`, `invalid-definition`, `not-implemented`
 */
export async function readDefinition(file: string): Promise<LoadedDefinition> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new UserError(`The definition ${file} cannot be read`, {
      code: 'definition-unreadable',
      fix: 'Pass the path of an image.yml in `definition`.',
      cause,
    });
  });
  const definition = parseDefinition(bytes.toString('utf8'), path.basename(file));
  const suite = checkSupport(definition, path.basename(file));
  const folder = path.dirname(path.resolve(file));
  const files = await Promise.all(
    definition.files.map(async ({ content, source, ...placed }) => ({
      ...placed,
      content: await contentOf(placed.path, content, source, folder),
    })),
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { file: path.basename(file), sha256, definition, suite, files };
}

async function contentOf(
  target: string,
  content: string | undefined,
  source: string | undefined,
  folder: string,
): Promise<Uint8Array> {
  if ((content === undefined) === (source === undefined)) {
    throw placing(target, 'needs either content or source');
  }
  if (source === undefined) {
    return Buffer.from(content ?? '', 'utf8');
  }
  const file = resolveInside(folder, source);
  const found = await lstat(file).catch(() => undefined);
  const real = found?.isFile() ? await realpath(file) : undefined;
  if (!found || real === undefined || !real.startsWith(`${await realpath(folder)}${path.sep}`)) {
    throw placing(target, `its source ${JSON.stringify(source)} is not a file beside the definition`);
  }
  if (found.size > MAX_FILE_BYTES) {
    throw placing(target, `its source has ${found.size} bytes, more than ${MAX_FILE_BYTES}`);
  }
  return readFile(file);
}

function placing(target: string, why: string): UserError {
  return new UserError(`The definition's file ${target}: ${why}`, {
    code: 'invalid-definition',
    fix: 'Correct `files` in the definition.',
  });
}
