import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { digestFile } from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import { extract, type VerifiedMedium } from '../source/verified-medium.ts';
import { placeFile } from './files.ts';
import { verifyPackages } from './keys.ts';
import type { PackageManager, PlanRequest, RpmPackage } from './package-manager.ts';

const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

/** Where packages come from and go to. */
export interface ArchiveFolders {
  /** Where the tree takes them from, under their `file` names. */
  readonly archives: string;
  /** Where those of the network are kept between builds. */
  readonly kept: string;
  /** Where the medium's indexes lie; its packages join them. */
  readonly copy: string;
  readonly scratch: string;
}

/**
 * Brings the packages' files: from the medium, over the network, or from an earlier build; compares each with the digest
 * of its index, and checks each one's own signature.
 *
 * @throws UserError `repository-unusable`, `package-not-signed`
 */
export async function bringPackages(
  packages: readonly RpmPackage[],
  request: PlanRequest,
  manager: PackageManager,
  medium: VerifiedMedium | undefined,
  { archives, kept, copy, scratch }: ArchiveFolders,
  ports: Pick<Ports, 'exec' | 'log' | 'signal'>,
): Promise<void> {
  await mkdir(archives, { recursive: true });
  const folders = new Map(request.repositories.map(({ id, onMedium }) => [id, onMedium]));
  const local = packages.filter(({ repository }) => folders.get(repository) !== undefined);
  if (medium && local.length > 0) {
    const inner = ({ repository, location }: RpmPackage) =>
      path.posix.join(folders.get(repository) ?? '', location);
    await extract(medium, local.map(inner), copy, ports);
    for (const entry of local) {
      await rename(path.join(copy, inner(entry)), path.join(archives, entry.file));
    }
  }
  const remote = packages.filter(({ repository }) => folders.get(repository) === undefined);
  if (remote.length > 0) {
    await bringRemote(remote, request, manager, { archives, kept, scratch }, ports);
  }
  for (const entry of packages) {
    if (!(await isWhole(path.join(archives, entry.file), entry, ports))) {
      throw new UserError(
        `The package ${entry.name} of the repository ${entry.repository} is not what its index says`,
        { code: 'repository-unusable', fix: 'Verify the medium again, or take another mirror.' },
      );
    }
  }
  await verifyPackages(packages, request.repositories, archives, scratch, ports);
}

async function bringRemote(
  remote: readonly RpmPackage[],
  request: PlanRequest,
  manager: PackageManager,
  { archives, kept, scratch }: Pick<ArchiveFolders, 'archives' | 'kept' | 'scratch'>,
  ports: Pick<Ports, 'exec' | 'log' | 'signal'>,
): Promise<void> {
  await mkdir(kept, { recursive: true });
  const missing: RpmPackage[] = [];
  for (const entry of remote) {
    if (!(await isWhole(path.join(kept, entry.file), entry, ports))) {
      missing.push(entry);
    }
  }
  if (missing.length > 0) {
    const fetched = path.join(scratch, 'fetched');
    await manager.fetch(request, missing, fetched, ports);
    for (const { file } of missing) {
      await rm(path.join(kept, file), { force: true });
      await placeFile(path.join(fetched, file), path.join(kept, file));
    }
  }
  const now = new Date();
  for (const { file } of remote) {
    await utimes(path.join(kept, file), now, now);
    await placeFile(path.join(kept, file), path.join(archives, file));
  }
  await removeUnused(kept, now);
}

/** Packages that no build took for a month. */
async function removeUnused(kept: string, now: Date): Promise<void> {
  for (const name of (await readdir(kept)).filter((entry) => entry.endsWith('.rpm'))) {
    const file = path.join(kept, name);
    const used = await stat(file).catch(() => undefined);
    if (used && now.getTime() - used.mtimeMs > KEEP_MS) {
      await rm(file, { force: true });
    }
  }
}

async function isWhole(
  file: string,
  { size, sha256 }: RpmPackage,
  { signal }: Pick<Ports, 'signal'>,
): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.size === size && (await digestFile(file, ['sha256'], { signal })).hex.sha256 === sha256;
}
