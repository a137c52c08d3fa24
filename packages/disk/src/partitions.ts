import { type Ports, ToolError, UserError } from '@golden-image/host';
import { z } from 'zod';

export type PartitionRole =
  | 'root'
  | 'linux'
  | 'boot'
  | 'esp'
  | 'bios-boot'
  | 'home'
  | 'var'
  | 'swap'
  | 'lvm'
  | 'luks'
  | 'other';

/** One partition; offsets and sizes in bytes. */
export interface Partition {
  /** As in the table, from 1. A disk without a table has one partition, number 0. */
  readonly number: number;
  readonly offset: number;
  readonly size: number;
  /** The type as the table gives it: a GUID in upper case, or an MBR type in hex. */
  readonly type: string;
  readonly role: PartitionRole;
  readonly uuid: string | undefined;
  readonly name: string | undefined;
}

/**
 * Partition types. Sources: UEFI specification (ESP), the Discoverable Partitions Specification of the UAPI group,
 * GRUB's manual (BIOS boot); MBR types as in sfdisk.
 */
const ROLES: Readonly<Record<string, PartitionRole>> = {
  '4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709': 'root', // x86-64
  'B921B045-1DF0-41C3-AF44-4C6F280D3FAE': 'root', // arm64
  '0FC63DAF-8483-4772-8E79-3D69D8477DE4': 'linux',
  'BC13C2FF-59E6-4262-A352-B275FD6F7172': 'boot',
  'C12A7328-F81F-11D2-BA4B-00A0C93EC93B': 'esp',
  '21686148-6449-6E6F-744E-656564454649': 'bios-boot',
  '933AC7E1-2EB4-4F13-B844-0E14E2AEF915': 'home',
  '4D21B016-B534-45C2-A9FB-5C16E091FD2D': 'var',
  '0657FD6D-A4AB-43C4-84E5-0933C84B4F4F': 'swap',
  'E6D6D379-F507-44C2-A23C-238F2A3DF928': 'lvm',
  'CA7D7CCB-63ED-4C53-861C-1742536059CC': 'luks',
  '83': 'linux',
  ef: 'esp',
  '82': 'swap',
  '8e': 'lvm',
};

const table = z.object({
  partitiontable: z.object({
    label: z.string(),
    sectorsize: z.number().optional(),
    partitions: z
      .array(
        z.object({
          node: z.string(),
          start: z.number(),
          size: z.number(),
          type: z.string(),
          uuid: z.string().optional(),
          name: z.string().optional(),
        }),
      )
      .optional(),
  }),
});

/** Reads the output of `sfdisk --json`. */
export function parsePartitionTable(json: string, disk: string): readonly Partition[] {
  const { partitiontable } = table.parse(JSON.parse(json));
  const sector = partitiontable.sectorsize ?? 512;
  return (partitiontable.partitions ?? []).map((entry) => ({
    number: Number(entry.node.slice(disk.length).replace(/^p(?=\d)/, '')),
    offset: entry.start * sector,
    size: entry.size * sector,
    type: entry.type,
    role: ROLES[entry.type] ?? ROLES[entry.type.toUpperCase()] ?? 'other',
    uuid: entry.uuid?.toLowerCase(),
    name: entry.name,
  }));
}

/**
 * The partitions of a raw disk; a disk without a table counts as one partition.
 *
 * @throws UserError `unreadable-disk` when the table cannot be read
 */
export async function readPartitions(
  disk: string,
  bytes: number,
  ports: Pick<Ports, 'exec'>,
): Promise<readonly Partition[]> {
  const { code, stdout, stderr } = await ports.exec({
    command: 'sfdisk',
    args: ['--json', '--', disk],
    okCodes: 'any',
  });
  if (code === 0) {
    try {
      return parsePartitionTable(stdout, disk);
    } catch (cause) {
      throw unreadable('its partition table cannot be understood', cause);
    }
  }
  if (/does not contain a recognized partition table/.test(stderr)) {
    return [
      {
        number: 0,
        offset: 0,
        size: bytes,
        type: 'none',
        role: 'linux',
        uuid: undefined,
        name: undefined,
      },
    ];
  }
  throw unreadable(
    'its partition table cannot be read',
    new ToolError(stderr, { code: 'sfdisk', exitCode: code }),
  );
}

export function unreadable(why: string, cause?: unknown): UserError {
  return new UserError(`The disk cannot be opened: ${why}`, {
    code: 'unreadable-disk',
    fix: 'Pass a whole, undamaged disk image with a Linux root file system (ext4, xfs or btrfs).',
    ...(cause === undefined ? {} : { cause }),
  });
}
