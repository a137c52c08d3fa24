import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { UserError } from '@golden-image/host';
import { SaxesParser } from 'saxes';
import type { IndexedPackage } from '../rpm/packages.ts';

/** Indexes grow to 300 MB; more is not one. */
const MAX_BYTES = 1024 * 1024 * 1024;

/**
 * The packages of a repository that `wanted` names, from its `primary.xml`.
 *
 * @param folder holds `repodata`; its signature and digests were checked by the package manager
 * @throws UserError `repository-unusable`
 */
export async function readPrimary(
  folder: string,
  repository: string,
  wanted: ReadonlySet<string>,
): Promise<readonly IndexedPackage[]> {
  try {
    const list = await readFile(path.join(folder, 'repodata/repomd.xml'), 'utf8');
    const file = primaryOf(list);
    const packed = await readFile(path.join(folder, 'repodata', path.posix.basename(file)));
    return parsePrimary(unpacked(file, packed), repository, wanted);
  } catch (cause) {
    throw new UserError(`The index of the repository ${repository} cannot be read`, {
      code: 'repository-unusable',
      fix: 'Take another mirror or medium.',
      cause,
    });
  }
}

/** The path of `primary.xml` that a `repomd.xml` names. */
function primaryOf(list: string): string {
  let inside = false;
  let file = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    inside = name === 'data' ? attributes.type === 'primary' : inside;
    if (inside && name === 'location') {
      file = String(attributes.href ?? '');
    }
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(list).close();
  return file;
}

function unpacked(file: string, packed: Buffer): string {
  const options = { maxOutputLength: MAX_BYTES };
  const bytes = file.endsWith('.gz')
    ? gunzipSync(packed, options)
    : file.endsWith('.zst')
      ? zstdDecompressSync(packed, options)
      : packed;
  return bytes.toString('utf8');
}

/** What `primary.xml` says of the wanted packages. Source: createrepo_c, rpm-md format. */
export function parsePrimary(
  text: string,
  repository: string,
  wanted: ReadonlySet<string>,
): readonly IndexedPackage[] {
  const packages: IndexedPackage[] = [];
  let current: Record<string, string> = {};
  let content = '';
  let inFormat = false;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (chunk) => {
    content += chunk;
  });
  parser.on('opentag', ({ name, attributes }) => {
    content = '';
    const read = (attribute: string): string => String(attributes[attribute] ?? '');
    switch (name) {
      case 'package':
        current = {};
        break;
      case 'format':
        inFormat = true;
        break;
      case 'version':
        Object.assign(current, { epoch: read('epoch'), version: read('ver'), release: read('rel') });
        break;
      case 'checksum':
        current.algorithm = read('type');
        break;
      case 'location':
        current.location = read('href');
        break;
      case 'size':
        current.size = read('package');
        break;
      case 'time':
        current.built = read('build');
        break;
    }
  });
  parser.on('closetag', ({ name }) => {
    if (!inFormat && ['name', 'arch', 'checksum'].includes(name)) {
      current[name] = content.trim();
    }
    if (name === 'format') {
      inFormat = false;
    }
    if (name === 'package' && wanted.has(current.name ?? '')) {
      packages.push(packageOf(current, repository));
    }
  });
  parser.write(text).close();
  return packages;
}

function packageOf(fields: Readonly<Record<string, string>>, repository: string): IndexedPackage {
  return {
    name: fields.name ?? '',
    epoch: Number(fields.epoch) || 0,
    version: fields.version ?? '',
    release: fields.release ?? '',
    architecture: fields.arch ?? '',
    repository,
    location: fields.location ?? '',
    size: Number(fields.size),
    built: Number(fields.built),
    digest: { algorithm: fields.algorithm ?? '', hex: fields.checksum ?? '' },
  };
}
