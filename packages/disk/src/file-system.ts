import { type Ports, UserError } from '@golden-image/host';

/** What lies in a volume, as blkid sees it. */
export interface FileSystem {
  /** `ext4`, `vfat`, `crypto_LUKS`, `LVM2_member`…; undefined: nothing known. */
  readonly type: string | undefined;
  readonly uuid: string | undefined;
  readonly label: string | undefined;
}

/** File systems that are opened, besides the ESP's `vfat`. */
export const ROOT_TYPES: readonly string[] = ['ext4', 'xfs', 'btrfs'];

/** Reads `blkid -o export`. */
export function parseProbe(output: string): FileSystem {
  const values = new Map(
    output
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
  );
  return { type: values.get('TYPE'), uuid: values.get('UUID'), label: values.get('LABEL') };
}

/** Looks into a stretch of a file, in bytes, without mounting it. */
export async function probeFileSystem(
  { file, offset, size }: { readonly file: string; readonly offset: number; readonly size: number },
  ports: Pick<Ports, 'exec'>,
): Promise<FileSystem> {
  const place = ['--offset', String(offset), '--size', String(size)];
  const { stdout } = await ports.exec({
    command: 'blkid',
    args: ['--probe', '--output', 'export', ...place, '--', file],
    // 2: nothing found, 8: ambivalent signatures.
    okCodes: [0, 2, 8],
  });
  return parseProbe(stdout);
}

/** Why no root file system can be opened, named by what was found instead. */
export function noRoot(
  found: readonly { readonly title: string; readonly role: string; readonly fileSystem: FileSystem }[],
): UserError {
  const types = found.map(({ fileSystem }) => fileSystem.type);
  const listed =
    found.map(({ title, role, fileSystem }) => `${title}: ${fileSystem.type ?? role}`).join(', ') || 'none';
  if (types.includes('crypto_LUKS')) {
    return new UserError('The disk is encrypted (LUKS): it cannot be opened', {
      code: 'encrypted-disk',
      fix: 'Pass an unencrypted image, and encrypt it after hardening.',
    });
  }
  return new UserError(`The disk holds no root file system that can be opened (it has: ${listed})`, {
    code: 'unreadable-disk',
    fix: 'Pass a whole, undamaged disk image with a Linux root file system (ext4, xfs or btrfs) in a partition or a linear logical volume.',
  });
}
