import { z } from 'zod';

/** A name that is safe as a file name, in a URL and in a catalog. */
const identifier = z.string().regex(/^[a-z0-9][a-z0-9.+_-]{0,62}$/i);

/** `image.json`: what an image is. */
export const imageDescriptor = z.strictObject({
  schemaVersion: z.literal(1),
  name: identifier,
  version: identifier,
  class: z.enum(['stock', 'custom', 'catalog']),
  /** os-release ID: `debian`, `ubuntu`, `rhel`, `sles`… */
  distribution: identifier,
  /** os-release VERSION_ID: `13`, `24.04`, `9.6`. */
  release: identifier,
  architecture: z.enum(['amd64', 'arm64']),
  firmware: z.array(z.enum(['bios', 'uefi'])).min(1),
  disk: z.strictObject({
    /** File name inside the folder. */
    file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/),
    format: z.enum(['qcow2', 'raw']),
    /** Size of the file in bytes. */
    size: z.int().nonnegative(),
    /** Size of the disk as the guest sees it, in bytes. */
    virtualSize: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
export type ImageDescriptor = z.infer<typeof imageDescriptor>;
