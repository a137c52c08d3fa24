import type { Ports } from '@golden-image/host';
import type { ImageDescriptor } from '@golden-image/image-folder';

/** What an image can be exported as. */
export const EXPORT_FORMATS = ['qcow2', 'raw.zst', 'vmdk', 'ova', 'vhd', 'gce'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What making a format starts from. */
export interface ExportInput {
  readonly descriptor: ImageDescriptor;
  /** The disk with everything written out; sparse. */
  readonly raw: string;
  /** Of the disk, in bytes. */
  readonly virtualSize: number;
  /** In seconds: the only time stamp in the exported files. */
  readonly epoch: number;
  /** A folder of this export. */
  readonly scratch: string;
}

/** How one format is made and read. */
export interface Format {
  readonly extension: string;
  /** Writes the file to `target`. */
  readonly make: (input: ExportInput, target: string, ports: ExportPorts) => Promise<void>;
  /** Brings what `qemu-img compare` reads out of it again. */
  readonly open: (
    target: string,
    scratch: string,
    ports: ExportPorts,
  ) => Promise<readonly [file: string, format: string]>;
}

export type ExportPorts = Pick<Ports, 'exec' | 'log' | 'signal' | 'clock' | 'tools'>;
