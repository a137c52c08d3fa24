import { createHash } from 'node:crypto';
import { lstat, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { resolveInside, UserError } from '@golden-image/host';
import { rpmDistribution } from '../rpm/distributions.ts';
import { withFirmware } from './firmware.ts';
import { parseDefinition } from './parse.ts';
import type { PlacedFile } from './placed-file.ts';
import type { Definition } from './schema.ts';
import { checkSupport } from './support.ts';

const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** A further repository, its key at hand. */
export interface LoadedRepository {
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** The OpenPGP key that signs it. */
  readonly key: Uint8Array;
  /** Whether an RPM repository's index is signed, not only its packages. */
  readonly signedMetadata: boolean;
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
  readonly repositories: readonly LoadedRepository[];
  /** What signs the mirrors instead of the distribution's keys. */
  readonly mirrorKey: Uint8Array | undefined;
}

/**
 * Reads `image.yml` and the files beside it that it places.
 *
 * @param version instead of the one that the definition names
 * @throws UserError `definition-unreadable`, `invalid-definition`, `not-implemented`
 */
export async function readDefinition(file: string, version?: string): Promise<LoadedDefinition> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new UserError(`The definition ${file} cannot be read`, {
      code: 'definition-unreadable',
      fix: 'Pass the path of an image.yml in `definition`.',
      cause,
    });
  });
  const parsed = withFirmware(parseDefinition(bytes.toString('utf8'), path.basename(file)));
  const definition = version === undefined ? parsed : { ...parsed, version };
  const suite = checkSupport(definition, path.basename(file));
  const folder = path.dirname(path.resolve(file));
  const files = await Promise.all(
    definition.files.map(async ({ content, source, ...placed }) => ({
      ...placed,
      content: await contentOf(placed.path, content, source, folder),
    })),
  );
  const repositories = await Promise.all(
    definition.repositories.map(async ({ uri, suites, components, key, ...more }) => {
      if (!rpmDistribution(definition.distribution) && (suites.length === 0 || components.length === 0)) {
        throw misplaced(`repository ${uri}`, 'repositories', new Error('it needs suites and components'));
      }
      const bytes = await besideDefinition(folder, key).catch((error: unknown) => {
        throw misplaced(`repository ${uri}`, 'repositories', error);
      });
      return { uri, suites, components, key: bytes, signedMetadata: !more['unsigned-metadata'] };
    }),
  );
  const keyName = definition['mirror-key'];
  const mirrorKey =
    keyName === undefined
      ? undefined
      : await besideDefinition(folder, keyName).catch((error: unknown) => {
          throw misplaced('mirror-key', 'mirror-key', error);
        });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { file: path.basename(file), sha256, definition, suite, files, repositories, mirrorKey };
}

async function contentOf(
  target: string,
  content: string | undefined,
  source: string | undefined,
  folder: string,
): Promise<Uint8Array> {
  if ((content === undefined) === (source === undefined)) {
    throw misplaced(`file ${target}`, 'files', new Error('it needs either content or source'));
  }
  if (source === undefined) {
    return Buffer.from(content ?? '', 'utf8');
  }
  return besideDefinition(folder, source).catch((error: unknown) => {
    throw misplaced(`file ${target}`, 'files', error);
  });
}

/** A file in the definition's folder or below; links do not lead out of it. */
async function besideDefinition(folder: string, name: string): Promise<Uint8Array> {
  const file = resolveInside(folder, name);
  const found = await lstat(file).catch(() => undefined);
  const real = found?.isFile() ? await realpath(file) : undefined;
  if (!found || real === undefined || !real.startsWith(`${await realpath(folder)}${path.sep}`)) {
    throw new Error(`${JSON.stringify(name)} is not a file beside the definition`);
  }
  if (found.size > MAX_FILE_BYTES) {
    throw new Error(`${JSON.stringify(name)} has ${found.size} bytes, more than ${MAX_FILE_BYTES}`);
  }
  return readFile(file);
}

function misplaced(what: string, field: string, cause: unknown): UserError {
  return new UserError(
    `The definition's ${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      code: 'invalid-definition',
      fix: `Correct \`${field}\` in the definition.`,
      cause,
    },
  );
}
