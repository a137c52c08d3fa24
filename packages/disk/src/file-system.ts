import { type Ports, UserError } from '@golden-image/host';
import type { Partition } from './partitions.ts';

/** What lies in a partition, as blkid sees it. */
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

/** Looks into one partition without mounting it. */
export async function probeFileSystem(
  disk: string,
  partition: Partition,
  ports: Pick<Ports, 'exec'>,
): Promise<FileSystem> {
  const { stdout } = await ports.exec({
    command: 'blkid',
    args: [
      '--probe',
      '--output',
      'export',
      '--offset',
      String(partition.offset),
      '--size',
      String(partition.size),
      '--',
      disk,
    ],
    // 2: nothing found, 8: ambivalent signatures.
    okCodes: [0, 2, 8],
  });
  return parseProbe(stdout);
}

/** Why no root file system can be opened, named by what was found instead. */
export function noRoot(found: readonly { partition: Partition; fileSystem: FileSystem }[]): UserError {
  const types = found.map(({ fileSystem }) => fileSystem.type);
  const listed =
    found
      .map(({ partition, fileSystem }) => `${partition.number}: ${fileSystem.type ?? partition.role}`)
      .join(', ') || 'none';
  if (types.includes('crypto_LUKS')) {
    return new UserError('The disk is encrypted (LUKS): it cannot be opened', {
      code: 'encrypted-disk',
      fix: 'Pass an unencrypted image, and encrypt it after hardening.',
    });
  }
  if (types.includes('LVM2_member')) {
    return new UserError('The disk uses LVM, which is not supported yet', {
      code: 'unsupported-disk',
      fix: 'Pass an image whose root file system lies directly in a partition.',
    });
  }
  return new UserError(`The disk holds no root file system that can be opened (partitions: ${listed})`, {
    code: 'unreadable-disk',
    fix: 'Pass a whole, undamaged disk image with a Linux root file system (ext4, xfs or btrfs).',
  });
}
