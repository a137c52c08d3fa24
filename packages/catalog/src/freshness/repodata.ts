import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import { verifyDetached } from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { RpmSource } from './package-source.ts';

/** Nothing that is fetched is larger; what is unpacked may be ten times that. */
const MAX_BYTES = 200 * 1024 * 1024;
const MAX_UNPACKED = 10 * MAX_BYTES;

/** A package as metadata name it, `version` with epoch and release. */
export interface RpmPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}

/** A security advisory of `updateinfo.xml`. */
export interface Advisory {
  readonly vulnerabilities: readonly string[];
  readonly packages: readonly RpmPackage[];
}

export interface Repodata {
  readonly packages: readonly RpmPackage[];
  readonly advisories: readonly Advisory[];
  /** Whether the repository says at all which updates are for security. */
  readonly hasAdvisories: boolean;
}

type FetchPorts = Pick<Ports, 'fetch' | 'clock' | 'signal'>;

/**
 * Reads the metadata of an RPM repository: `repomd.xml`, its signature where the source names a key, and the two files
 * that it names with their digests.
 *
 * @throws UserError `indices-unavailable`, and those of signatures
 */
export async function readRepodata(source: RpmSource, ports: FetchPorts): Promise<Repodata> {
  const repomd = await fetchFile(source, 'repodata/repomd.xml', ports);
  if (source.signedBy !== undefined) {
    const signature = await fetchFile(source, 'repodata/repomd.xml.asc', ports);
    const key = await readFile(source.signedBy, 'utf8').catch((cause: unknown) => {
      throw unavailable(source, `the key ${source.signedBy} cannot be read`, cause);
    });
    await verifyDetached(key, repomd, signature.toString('utf8'), ports.clock.now());
  }
  const files = readRepomd(repomd.toString('utf8'));
  const primary = files.get('primary');
  if (!primary) {
    throw unavailable(source, 'repomd.xml names no primary metadata');
  }
  const updateinfo = files.get('updateinfo');
  const text = async (entry: RepomdFile): Promise<string> => unpack(source, entry, ports);
  return {
    packages: readPrimary(await text(primary)),
    advisories: updateinfo ? readUpdateinfo(await text(updateinfo)) : [],
    hasAdvisories: updateinfo !== undefined,
  };
}

async function fetchFile(source: RpmSource, name: string, ports: FetchPorts): Promise<Buffer> {
  const { uri } = source;
  try {
    if (uri.startsWith('file:')) {
      return await readFile(`${uri.replace(/^file:\/*/, '/')}/${name}`);
    }
    const response = await ports.fetch(`${uri}/${name}`, {
      redirect: source.signedBy === undefined ? 'error' : 'follow',
      signal: AbortSignal.any([ports.signal, AbortSignal.timeout(300_000)]),
    });
    if (!response.ok || !response.body) {
      throw new Error(`the server answered ${response.status}`);
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body) {
      size += part.length;
      if (size > MAX_BYTES) {
        throw new Error(`it is larger than ${MAX_BYTES} bytes`);
      }
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (error) {
    ports.signal.throwIfAborted();
    throw unavailable(source, `${name}: ${error instanceof Error ? error.message : error}`, error);
  }
}

interface RepomdFile {
  readonly href: string;
  readonly sha: 'sha256' | 'sha512';
  readonly digest: string;
}

async function unpack(
  source: RpmSource,
  { href, sha, digest }: RepomdFile,
  ports: FetchPorts,
): Promise<string> {
  const packed = await fetchFile(source, href, ports);
  if (createHash(sha).update(packed).digest('hex') !== digest) {
    throw unavailable(source, `${href} is not the file that repomd.xml names`);
  }
  const limits = { maxOutputLength: MAX_UNPACKED };
  try {
    if (href.endsWith('.gz')) {
      return (await promisify(gunzip)(packed, limits)).toString('utf8');
    }
    if (href.endsWith('.zst')) {
      return (await promisify(zstdDecompress)(packed, limits)).toString('utf8');
    }
  } catch (cause) {
    throw unavailable(source, `${href} cannot be unpacked`, cause);
  }
  if (href.endsWith('.xml')) {
    return packed.toString('utf8');
  }
  throw unavailable(source, `${href} is packed in a form that is not read here`);
}

/** Tells of each element when it ends, with its text; refuses document types, which could name other files. */
function parse(
  text: string,
  handlers: {
    readonly open?: (tag: SaxesTagPlain, path: readonly string[]) => void;
    readonly close?: (name: string, text: string, path: readonly string[]) => void;
  },
): void {
  const parser = new SaxesParser({ xmlns: false });
  const path: string[] = [];
  let content = '';
  parser.on('doctype', () => {
    throw new Error('a document type is not accepted');
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    path.push(tag.name);
    content = '';
    handlers.open?.(tag, path);
  });
  parser.on('text', (more) => {
    content += more;
  });
  parser.on('closetag', ({ name }) => {
    handlers.close?.(name, content.trim(), path);
    path.pop();
    content = '';
  });
  parser.write(text).close();
}

function readRepomd(text: string): ReadonlyMap<string, RepomdFile> {
  const found = new Map<string, RepomdFile>();
  let type = '';
  let href = '';
  let algorithm = '';
  let digest = '';
  parse(text, {
    open: ({ name, attributes }) => {
      if (name === 'data') {
        type = attributes.type ?? '';
        [href, digest] = ['', ''];
      } else if (name === 'location') {
        href = attributes.href ?? '';
      } else if (name === 'checksum') {
        algorithm = attributes.type ?? '';
      }
    },
    close: (name, content) => {
      if (name === 'checksum') {
        digest = content;
      } else if (name === 'data') {
        const sha = algorithm === 'sha512' ? 'sha512' : algorithm === 'sha256' ? 'sha256' : undefined;
        if (sha && /^[A-Za-z0-9][\w./-]*$/.test(href) && !href.includes('..')) {
          found.set(type, { href, sha, digest });
        }
      }
    },
  });
  return found;
}

function versionOf(attributes: Readonly<Record<string, string>>): string {
  const { epoch = '0', ver, version = ver ?? '', rel, release = rel ?? '' } = attributes;
  return `${epoch === '0' ? '' : `${epoch}:`}${version}-${release}`;
}

function readPrimary(text: string): readonly RpmPackage[] {
  const packages: RpmPackage[] = [];
  let [name, architecture, version] = ['', '', ''];
  parse(text, {
    open: (tag, path) => {
      if (tag.name === 'version' && path.at(-2) === 'package') {
        version = versionOf(tag.attributes);
      }
    },
    close: (tag, content, path) => {
      if (path.at(-2) === 'package' && tag === 'name') {
        name = content;
      } else if (path.at(-2) === 'package' && tag === 'arch') {
        architecture = content;
      } else if (tag === 'package') {
        packages.push({ name, version, architecture });
      }
    },
  });
  return packages;
}

function readUpdateinfo(text: string): readonly Advisory[] {
  const advisories: Advisory[] = [];
  let security = false;
  let vulnerabilities: string[] = [];
  let packages: RpmPackage[] = [];
  parse(text, {
    open: ({ name, attributes }) => {
      if (name === 'update') {
        security = attributes.type === 'security';
        [vulnerabilities, packages] = [[], []];
      } else if (name === 'reference' && attributes.type === 'cve') {
        const [id] = /CVE-\d{4}-\d{4,7}/.exec(attributes.id ?? '') ?? [];
        vulnerabilities.push(...(id ? [id] : []));
      } else if (name === 'package') {
        const { name: packageName = '', arch = '' } = attributes;
        packages.push({ name: packageName, version: versionOf(attributes), architecture: arch });
      }
    },
    close: (name) => {
      if (name === 'update' && security) {
        advisories.push({ vulnerabilities, packages });
      }
    },
  });
  return advisories;
}

function unavailable(source: RpmSource, why: string, cause?: unknown): UserError {
  return new UserError(`The metadata of ${source.uri} cannot be read: ${why}`, {
    code: 'indices-unavailable',
    fix: 'Check the address (the folder that holds repodata/), the network, and the key in signed-by.',
    ...(cause === undefined ? {} : { cause }),
  });
}
