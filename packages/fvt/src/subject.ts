import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';
import { type ImageDescriptor, readEvidence, readImageFolder } from '@golden-image/image-folder';
import type { Architecture, DiskFormat, FirmwareName } from '@golden-image/vm';
import { builtRepositories } from './built-repositories.ts';

/** What is under test: an image folder, or any disk file. */
export interface Subject {
  readonly disk: string;
  readonly format: DiskFormat;
  readonly name: string;
  readonly version: string;
  /** Where `reports/` and `evidence/` go. */
  readonly outputFolder: string;
  readonly architecture: Architecture;
  readonly firmware: readonly FirmwareName[];
  readonly descriptor: ImageDescriptor | undefined;
  /** Package repositories that the build left in the image, as its statement says; none when it says nothing. */
  readonly repositories: readonly string[];
}

/**
 * Reads what the action was given.
 *
 * @throws UserError `no-image`, and those of `readImageFolder`
 */
export async function readSubject(image: string): Promise<Subject> {
  const found = await stat(image).catch((cause: unknown) => {
    throw new UserError(`There is no image at ${image}`, {
      code: 'no-image',
      fix: 'Pass an image folder or a disk file.',
      cause,
    });
  });
  if (found.isDirectory()) {
    const { descriptor, disk, folder } = await readImageFolder(image);
    return {
      disk,
      format: descriptor.disk.format,
      name: descriptor.name,
      version: descriptor.version,
      outputFolder: folder,
      ...{ architecture: descriptor.architecture, firmware: descriptor.firmware, descriptor },
      repositories: builtRepositories(await readEvidence(folder)),
    };
  }
  const disk = path.resolve(image);
  return {
    disk,
    format: await detectFormat(disk),
    name: path.basename(disk),
    version: 'unknown',
    outputFolder: `${disk}.fvt`,
    ...{ architecture: 'amd64', firmware: ['bios'] },
    descriptor: undefined,
    repositories: [],
  };
}

/** qcow2 by its magic number (QEMU, docs/interop/qcow2.txt); everything else is taken as raw. */
async function detectFormat(disk: string): Promise<DiskFormat> {
  const file = await open(disk, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'QFI\u00fb' ? 'qcow2' : 'raw';
  } finally {
    await file.close();
  }
}
