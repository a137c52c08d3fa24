import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestFile, stableJson } from '@golden-image/evidence';
import { describeError, type Ports, publishAtomically } from '@golden-image/host';
import { checkOwner, prune, touch } from '../tree/private-cache.ts';

/** This many disks are kept. */
const KEEP = 3;

/** A disk in its final format. */
export interface FinishedDisk {
  readonly sha256: string;
  /** Bytes that the guest sees. */
  readonly virtualSize: number;
}

/**
 * The disk of `key` at `target`: a copy of the one in the cache, compared with its digest, or made now and kept.
 *
 * @param key 32 hexadecimal digits that stand for everything that decides the disk's bytes
 * @param cacheFolder undefined: nothing is kept
 * @param make writes `target`
 * @throws UserError `cache-not-private`; whatever `make` throws
 */
export async function keptDisk(
  key: string,
  cacheFolder: string | undefined,
  target: string,
  make: () => Promise<FinishedDisk>,
  ports: Pick<Ports, 'log' | 'signal'>,
): Promise<FinishedDisk & { readonly hit: boolean }> {
  if (cacheFolder === undefined) {
    return { ...(await make()), hit: false };
  }
  const folder = path.join(cacheFolder, `disk-${key}`);
  const known = await readKept(folder);
  if (known) {
    const kept = path.join(folder, 'disk');
    const copied = await copyFile(kept, target, constants.COPYFILE_FICLONE).then(
      () => digestFile(target, ['sha256'], { signal: ports.signal }),
      () => undefined,
    );
    if (copied?.hex.sha256 === known.sha256) {
      await touch(path.join(folder, 'disk.json'));
      return { ...known, hit: true };
    }
    ports.log.notice(`The disk that is kept in ${folder} is damaged: it is made again`);
    await rm(target, { force: true });
  }
  const made = await make();
  await keep(folder, target, made).catch((error: unknown) => {
    // The image is there: a full cache costs time later, not the build.
    ports.log.notice(`The disk is not kept for the next build: ${describeError(error).message}`);
  });
  return { ...made, hit: false };
}

async function keep(folder: string, disk: string, made: FinishedDisk): Promise<void> {
  await publishAtomically(folder, async (partial) => {
    await mkdir(partial, { mode: 0o700 });
    await copyFile(disk, path.join(partial, 'disk'), constants.COPYFILE_FICLONE);
    await writeFile(path.join(partial, 'disk.json'), stableJson(made));
  });
  const cacheFolder = path.dirname(folder);
  await prune(cacheFolder, /^disk-[0-9a-f]{32}$/, (entry) => path.join(entry, 'disk.json'), KEEP);
}

async function readKept(folder: string): Promise<FinishedDisk | undefined> {
  const text = await readFile(path.join(folder, 'disk.json'), 'utf8').catch(() => undefined);
  if (text === undefined) {
    return undefined;
  }
  await checkOwner(folder);
  try {
    return JSON.parse(text) as FinishedDisk;
  } catch {
    // Cut off, as after a power failure.
    return undefined;
  }
}
