import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';

export type DiskFormat = 'qcow2' | 'raw';

export interface DiskInfo {
  readonly format: DiskFormat;
  /** Size as the guest sees it, in bytes. */
  readonly virtualSize: number;
}

/**
 * What `qemu-img info` says of a disk under test, read with the format named, so that a guest that wrote a qcow2
 * header into a raw disk cannot make the host open other files.
 *
 * @throws UserError `disk-refers-outside` for a qcow2 with a backing file or an external data file
 */
export async function inspectDisk(
  { exec }: Pick<Ports, 'exec'>,
  file: string,
  format: DiskFormat,
): Promise<DiskInfo> {
  const { stdout } = await exec({
    command: 'qemu-img',
    args: ['info', '--output=json', '-f', format, path.resolve(file)],
    timeoutMs: 60_000,
  });
  const info = JSON.parse(stdout) as {
    'virtual-size': number;
    'backing-filename'?: string;
    'format-specific'?: { data?: { 'data-file'?: string } };
  };
  if (info['backing-filename'] !== undefined || info['format-specific']?.data?.['data-file'] !== undefined) {
    throw new UserError(`The disk ${path.basename(file)} refers to another file on this host`, {
      code: 'disk-refers-outside',
      fix: 'Make it stand alone: qemu-img convert -O qcow2 <disk> <new disk>.',
    });
  }
  return { format, virtualSize: info['virtual-size'] };
}

/** A qcow2 file that takes all writes in the place of `disk`, which is only read. */
export async function createOverlay(
  { exec }: Pick<Ports, 'exec'>,
  options: {
    readonly disk: string;
    readonly format: DiskFormat;
    readonly overlay: string;
    /** In bytes; at least the disk's virtual size. */
    readonly size: number;
  },
): Promise<void> {
  await exec({
    command: 'qemu-img',
    args: [
      ...['create', '-q', '-f', 'qcow2', '-F', options.format],
      // Letters of the path must not be read as options of a protocol driver.
      ...['-b', path.resolve(options.disk), path.resolve(options.overlay), String(options.size)],
    ],
    timeoutMs: 60_000,
  });
}

/** Virtual size of a disk of ours, in bytes; one that a stopped QEMU still has open may be looked at too. */
export async function inspectOverlaySize(
  { exec }: Pick<Ports, 'exec'>,
  file: string,
  format: DiskFormat,
): Promise<number> {
  const { stdout } = await exec({
    command: 'qemu-img',
    args: ['info', '--output=json', '--force-share', '-f', format, path.resolve(file)],
    timeoutMs: 60_000,
  });
  return (JSON.parse(stdout) as { 'virtual-size': number })['virtual-size'];
}
