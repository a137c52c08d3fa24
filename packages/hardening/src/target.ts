import { lstat, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { digestFile } from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import {
  type ImageDescriptor,
  type ImageFolder,
  readEvidence,
  readImageFolder,
} from '@golden-image/image-folder';

/** What is hardened or audited: an image folder, or a bare disk file. */
export interface Target {
  readonly disk: string;
  readonly sha256: string;
  readonly folder: ImageFolder | undefined;
}

/**
 * Finds the disk and proves that it is what its folder and the evidence say.
 *
 * @throws UserError `digest-mismatch`, `out-of-order`, and those of `readImageFolder`
 */
export async function openTarget(
  image: string,
  mode: 'apply' | 'audit' | 'plan',
  ports: Pick<Ports, 'log' | 'signal'>,
): Promise<Target> {
  await recoverFolder(path.resolve(image));
  const stats = await stat(image).catch(() => undefined);
  if (stats?.isFile()) {
    const disk = path.resolve(image);
    return { disk, sha256: await sha256(disk, stats.size, ports), folder: undefined };
  }
  const folder = await readImageFolder(image);
  const digest = await sha256(folder.disk, folder.descriptor.disk.size, ports);
  if (digest !== folder.descriptor.disk.sha256) {
    throw mismatch(`${folder.disk} has SHA-256 ${digest}, image.json says ${folder.descriptor.disk.sha256}`);
  }
  await assertInOrder(folder, digest, mode);
  return { disk: folder.disk, sha256: digest, folder };
}

/** The last statement must be about this very disk, and hardening comes before the functional tests. */
async function assertInOrder(folder: ImageFolder, digest: string, mode: string): Promise<void> {
  const evidence = (await readEvidence(folder.folder)).filter(({ name }) => name !== '10-media');
  const later = evidence.find(({ name }) => name >= '30-harden');
  if (later && mode === 'apply') {
    throw new UserError(`${folder.folder} has evidence of a later step already: ${later.name}`, {
      code: 'out-of-order',
      fix: 'Harden a freshly built image, or audit this one (mode: audit).',
    });
  }
  const last = evidence.at(-1);
  if (last && !last.statement.subject.some((subject) => subject.digest.sha256 === digest)) {
    throw mismatch(`${last.name}.json is about another disk than ${folder.disk} (SHA-256 ${digest})`);
  }
}

function mismatch(what: string): UserError {
  return new UserError(what, {
    code: 'digest-mismatch',
    fix: 'The disk was changed after it was built: build the image again.',
  });
}

async function sha256(file: string, total: number, ports: Pick<Ports, 'log' | 'signal'>): Promise<string> {
  const { hex } = await digestFile(file, ['sha256'], {
    signal: ports.signal,
    onBytes: (done) => ports.log.progress({ label: 'Digest', done, total, unit: 'bytes' }),
  });
  return hex.sha256;
}

/**
 * A folder is replaced by two renames; a kill between them leaves the old one under the name that `publishAtomically`
 * gave it. It is put back.
 */
async function recoverFolder(folder: string): Promise<void> {
  if (await lstat(folder).catch(() => undefined)) {
    return;
  }
  const parent = path.dirname(folder);
  const prefix = `.${path.basename(folder)}.partial-`;
  const names = await readdir(parent).catch(() => []);
  const aside = names.find((name) => name.startsWith(prefix) && name.endsWith('.old'));
  if (aside) {
    await rename(path.join(parent, aside), folder);
  }
}

/** What a report calls the image. */
export function describeImage(
  target: Target,
  osRelease: { readonly id: string; readonly version: string },
): Pick<ImageDescriptor, 'name' | 'distribution' | 'release'> {
  const descriptor = target.folder?.descriptor;
  return {
    name: descriptor?.name ?? path.basename(target.disk).replace(/\.(qcow2|raw|img)$/, ''),
    distribution: osRelease.id,
    release: osRelease.version,
  };
}
