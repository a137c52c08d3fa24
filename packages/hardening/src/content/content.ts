import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import { fetchDebianPackages } from './debian-packages.ts';
import { findRelease, RELEASES, type ReleaseContent } from './table.ts';
import { compareVersions } from './version.ts';

type ContentPorts = Pick<Ports, 'exec' | 'log' | 'tools' | 'clock' | 'fetch' | 'signal'>;

/** A SCAP datastream with where it came from. */
export interface Content {
  readonly file: string;
  readonly sha256: string;
  /** For people: `ssg-debian 0.1.82-1`, or the path or URL given. */
  readonly origin: string;
}

/** A datastream beyond this size is not one, in bytes. */
const MAX_BYTES = 128 * 1024 * 1024;
/** From the first byte asked for to the last one received, in milliseconds. */
const DOWNLOAD_MS = 300_000;

/**
 * The content for an image: what the user names, or the SCAP Security Guide of the release.
 *
 * @param given path, or URL followed by `#sha256=<hex>` (a digest is required for a URL, allowed for a path)
 * @param options.downloadMs how long a download may take in all
 * @throws UserError `content-unavailable`, `content-mismatch`, `unsupported-release`
 */
export async function obtainContent(
  given: string | undefined,
  image: { readonly distribution: string; readonly release: string },
  folder: string,
  ports: ContentPorts,
  options: { readonly downloadMs?: number } = {},
): Promise<Content> {
  return given === undefined ? packagedContent(image, ports) : givenContent(given, folder, ports, options);
}

async function packagedContent(
  image: { readonly distribution: string; readonly release: string },
  ports: ContentPorts,
): Promise<Content> {
  const entry = findRelease(image.distribution, image.release);
  if (!entry) {
    const known = RELEASES.map(({ distribution, release }) => `${distribution} ${release}`).join(', ');
    throw new UserError(`There is no hardening content for ${image.distribution} ${image.release}`, {
      code: 'unsupported-release',
      fix: `Supported: ${known}. Or pass a datastream as the content input.`,
    });
  }
  const errors: unknown[] = [];
  for (const suite of entry.packages.suites) {
    try {
      return await fromSuite(entry, suite, ports);
    } catch (error) {
      errors.push(error);
    }
  }
  throw errors[0];
}

async function fromSuite(entry: ReleaseContent, suite: string, ports: ContentPorts): Promise<Content> {
  const { name, minimumVersion } = entry.packages;
  const { folder, versions } = await fetchDebianPackages(
    {
      suite,
      packages: [name],
      prepare: async (unpacked) => {
        const version = unpacked.versions[name] ?? '0';
        if (compareVersions(version, minimumVersion) < 0) {
          throw new UserError(`${name} of ${suite} is ${version}; at least ${minimumVersion} is needed`, {
            code: 'content-unavailable',
            fix: 'Use a current Debian mirror, or pass the datastream as the content input.',
          });
        }
      },
    },
    ports,
  );
  const file = path.join(folder, entry.datastream);
  return { file, sha256: sha256(await readFile(file)), origin: `${name} ${versions[name] ?? ''}`.trim() };
}

async function givenContent(
  given: string,
  folder: string,
  ports: ContentPorts,
  { downloadMs = DOWNLOAD_MS }: { readonly downloadMs?: number },
): Promise<Content> {
  const [source = '', digest] = given.split('#sha256=');
  const isUrl = /^https?:\/\//.test(source);
  if (isUrl && digest === undefined) {
    throw new UserError('The content input is a URL without a digest', {
      code: 'content-mismatch',
      fix: 'Append #sha256=<the file’s SHA-256 in hex> to the URL.',
    });
  }
  const data = isUrl ? await download(source, ports, downloadMs) : await readLocal(source);
  const actual = sha256(data);
  if (digest !== undefined && digest.toLowerCase() !== actual) {
    throw new UserError(`The content ${source} has SHA-256 ${actual}, expected ${digest}`, {
      code: 'content-mismatch',
      fix: 'Get the datastream again, or correct the digest.',
    });
  }
  const file = path.join(folder, 'content.xml');
  await writeFile(file, data);
  return { file, sha256: actual, origin: source };
}

async function readLocal(file: string): Promise<Buffer> {
  const data = await readFile(file).catch((cause: unknown) => {
    throw unavailable(file, cause);
  });
  return bounded(data, file);
}

async function download(
  url: string,
  { fetch, signal }: Pick<ContentPorts, 'fetch' | 'signal'>,
  limitMs: number,
): Promise<Buffer> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const chunks: Uint8Array[] = [];
  try {
    const response = await fetch(url, { signal: limited });
    if (!response.ok) {
      throw new Error(`status ${response.status}`);
    }
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_BYTES) {
        break;
      }
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw unavailable(url, cause);
  }
  return bounded(Buffer.concat(chunks), url);
}

function bounded(data: Buffer, source: string): Buffer {
  if (data.length > MAX_BYTES) {
    throw unavailable(source, new Error(`it is larger than ${MAX_BYTES} bytes`));
  }
  return data;
}

function unavailable(source: string, cause: unknown): UserError {
  return new UserError(
    `The content ${source} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
    {
      code: 'content-unavailable',
      fix: 'Pass the path or the URL (with its digest) of a SCAP source datastream.',
      cause,
    },
  );
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
