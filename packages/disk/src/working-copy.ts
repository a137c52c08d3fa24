import { open, statfs } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, ToolError, UserError, withTemporaryFolder } from '@golden-image/host';
import { z } from 'zod';
import { unreadable } from './partitions.ts';

type DiskPorts = Pick<Ports, 'exec' | 'log' | 'tools' | 'signal'>;

/** How a disk image was stored, so that it can be written back the same way. */
export interface DiskFormat {
  readonly format: 'qcow2' | 'raw';
  /** Size of the disk as a guest sees it, in bytes. */
  readonly virtualSize: number;
  /** Undefined: clusters are not compressed. */
  readonly compression: 'zlib' | 'zstd' | undefined;
}

/** A raw, sparse copy of a disk image in a private folder. The original is never written. */
export interface WorkingCopy extends DiskFormat {
  /** The raw copy. */
  readonly file: string;
  /** The private folder it lies in, for other temporary files. */
  readonly folder: string;
}

/** Left free on the file system of the copy: what hardening and writing back may need, in bytes. */
const RESERVE = 512 * 1024 * 1024;

const info = z.object({
  format: z.string(),
  'virtual-size': z.number(),
  'backing-filename': z.string().optional(),
  'format-specific': z
    .object({
      data: z.looseObject({
        'compression-type': z.string().optional(),
        'data-file': z.string().optional(),
        encrypt: z.unknown().optional(),
      }),
    })
    .optional(),
});

/**
 * Reads the format of a disk image. The format is decided by the file's first bytes, not by qemu's guess, and an image
 * that refers to other files (which could be any file of the host) is refused.
 *
 * @throws UserError `unreadable-disk`, `encrypted-disk`, `disk-refers-outside`
 */
export async function readDiskFormat(file: string, ports: Pick<Ports, 'exec'>): Promise<DiskFormat> {
  const format = await formatOf(file);
  const args = ['info', '-f', format, '--output=json', '--', file];
  const { stdout } = await ports.exec({ command: 'qemu-img', args }).catch((cause: unknown) => {
    throw unreadable('qemu-img cannot read it', cause);
  });
  const found = info.parse(JSON.parse(stdout));
  const data = found['format-specific']?.data;
  if (found['backing-filename'] !== undefined || data?.['data-file'] !== undefined) {
    throw new UserError('The disk image refers to another file (backing or data file)', {
      code: 'disk-refers-outside',
      fix: 'Flatten it first: qemu-img convert -O qcow2 <image> <flat image>.',
    });
  }
  if (data?.encrypt !== undefined) {
    throw new UserError('The disk image is encrypted (qcow2 encryption): it cannot be opened', {
      code: 'encrypted-disk',
      fix: 'Pass an unencrypted image.',
    });
  }
  const compressed = format === 'qcow2' && (await hasCompressedClusters(file, ports));
  return {
    format,
    virtualSize: found['virtual-size'],
    compression: compressed ? (data?.['compression-type'] === 'zstd' ? 'zstd' : 'zlib') : undefined,
  };
}

async function formatOf(file: string): Promise<'qcow2' | 'raw'> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw unreadable(`${file} cannot be read`, cause);
  });
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === 'QFI\u00fb' ? 'qcow2' : 'raw';
  } finally {
    await handle.close();
  }
}

async function hasCompressedClusters(file: string, ports: Pick<Ports, 'exec'>): Promise<boolean> {
  // 3: leaked clusters, harmless; 2: corrupt.
  const { code, stdout } = await ports.exec({
    command: 'qemu-img',
    args: ['check', '-f', 'qcow2', '--output=json', '--', file],
    okCodes: 'any',
  });
  if (code !== 0 && code !== 3) {
    throw unreadable('qemu-img check finds it damaged');
  }
  return Number((JSON.parse(stdout) as { 'compressed-clusters'?: number })['compressed-clusters'] ?? 0) > 0;
}

/**
 * Gives `body` a raw copy of a qcow2 or raw disk image; the copy is gone when it ends.
 *
 * @throws UserError `unreadable-disk`, `encrypted-disk`, `disk-refers-outside`, `no-space`
 */
export async function withWorkingCopy<T>(
  file: string,
  ports: DiskPorts,
  body: (copy: WorkingCopy) => Promise<T>,
): Promise<T> {
  const format = await readDiskFormat(file, ports);
  return withTemporaryFolder('disk', async (folder) => {
    const copy = path.join(folder, 'disk.raw');
    await noSpaceIsAnError(folder, () => convert(file, format.format, copy, ['-O', 'raw'], ports));
    await assertRoom(folder);
    return body({ ...format, file: copy, folder });
  });
}

/**
 * Writes a working copy to `target` in the format that the original had.
 *
 * @throws UserError `no-space`
 */
export async function writeBack(
  copy: WorkingCopy,
  target: string,
  ports: Pick<Ports, 'exec'>,
): Promise<void> {
  const compression = copy.compression ? ['-c', '-o', `compression_type=${copy.compression}`] : [];
  const options = ['-O', copy.format, ...compression];
  await noSpaceIsAnError(path.dirname(target), () => convert(copy.file, 'raw', target, options, ports));
}

async function convert(
  source: string,
  format: string,
  target: string,
  options: readonly string[],
  ports: Pick<Ports, 'exec'>,
): Promise<void> {
  await ports.exec({
    command: 'qemu-img',
    args: ['convert', '-f', format, ...options, '--', source, target],
  });
}

async function noSpaceIsAnError(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (cause instanceof ToolError && /No space left on device/i.test(`${cause.message}${cause.detail}`)) {
      throw noSpace(folder, cause);
    }
    throw cause;
  }
}

async function assertRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < RESERVE) {
    throw noSpace(folder);
  }
}

function noSpace(folder: string, cause?: unknown): UserError {
  return new UserError(`There is not enough space in ${folder} to work on the disk`, {
    code: 'no-space',
    fix: 'Free some space there (the size of the image’s contents and 0.5 GB more), or set RUNNER_TEMP to a larger disk.',
    ...(cause === undefined ? {} : { cause }),
  });
}
