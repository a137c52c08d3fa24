import { UserError } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';
import { derivedUuid, derivedVolumeId } from '../ids.ts';

export const SECTOR = 512;
export const MIB = 1024 * 1024;
/** GPT partition types. Source: UEFI specification 2.10 table 5.7, Discoverable Partitions Specification. */
const TYPES = {
  bios: '21686148-6449-6E6F-744E-656564454649',
  esp: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
  linux: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
} as const;
/** A FAT32 file system has at least 65,525 clusters of one sector. */
const MIN_ESP = 34 * MIB;
/** Below this no Debian root file system fits. */
const MIN_ROOT = 512 * MIB;

export type FileSystemType = Definition['disk']['filesystem'];

/** The smallest partition that each file system can be made in, in bytes: mkfs.xfs and mkfs.btrfs refuse less. */
const MIN_SIZE: Readonly<Record<FileSystemType, number>> = {
  ext4: 16 * MIB,
  xfs: 300 * MIB,
  btrfs: 128 * MIB,
};

export interface Partition {
  readonly kind: keyof typeof TYPES;
  /** Number in the partition table: 14 and 15 as Debian's cloud images have them, so that root is 1. */
  readonly number: number;
  /** In bytes from the start of the disk; a multiple of 1 MiB. */
  readonly start: number;
  readonly size: number;
  readonly partUuid: string;
  /** Absent for the BIOS boot partition. */
  readonly mount?: string;
  /** File system UUID, or the FAT volume id as `blkid` shows it. */
  readonly fsUuid?: string;
  readonly options: readonly string[];
}

export interface Layout {
  /** Size of the disk in bytes. */
  readonly size: number;
  readonly diskUuid: string;
  /** Of all Linux partitions. */
  readonly filesystem: FileSystemType;
  /** In the order on the disk; root is the last, so that it can grow. */
  readonly partitions: readonly Partition[];
}

/** `512MiB`, `4GiB`, `1TiB` in bytes. */
export function bytesOf(size: string): number {
  const units: Readonly<Record<string, number>> = { MiB: MIB, GiB: 1024 * MIB, TiB: 1024 * 1024 * MIB };
  return Number.parseInt(size, 10) * (units[size.slice(-3)] ?? Number.NaN);
}

/**
 * Where everything lies on the disk. UUIDs come from `seed`.
 *
 * @throws UserError `invalid-partitions` when the partitions do not fit or contradict the firmware
 */
export function planLayout(definition: Definition, seed: string): Layout {
  const { disk, firmware } = definition;
  const size = bytesOf(disk.size);
  const asked = disk.partitions;
  const mounts = asked.map((partition) => partition.mount);
  const twice = mounts.find((mount, index) => mounts.indexOf(mount) !== index);
  if (twice) {
    throw refused(`${twice} is there twice`);
  }
  const nameless = asked.find((partition) => partition.size === undefined && partition.mount !== '/');
  if (nameless) {
    throw refused(`${nameless.mount} needs a size`);
  }
  if (firmware === 'bios' && mounts.includes('/boot/efi')) {
    throw refused('/boot/efi is for UEFI, and firmware is bios');
  }
  const partitions: Partition[] = [];
  let next = MIB;
  const place = (partition: Omit<Partition, 'start' | 'partUuid'>): void => {
    partitions.push({
      ...partition,
      start: next,
      partUuid: derivedUuid(seed, `partition ${partition.number}`),
    });
    next += partition.size;
  };
  if (firmware !== 'uefi') {
    place({ kind: 'bios', number: 14, size: MIB, options: [] });
  }
  if (firmware !== 'bios') {
    const esp = asked.find((partition) => partition.mount === '/boot/efi');
    const espSize = bytesOf(esp?.size ?? '64MiB');
    if (espSize < MIN_ESP) {
      throw refused(`/boot/efi has ${espSize / MIB} MiB, it needs ${MIN_ESP / MIB} MiB`);
    }
    const id = derivedVolumeId(seed);
    const fsUuid = `${id.slice(0, 4)}-${id.slice(4)}`;
    place({
      kind: 'esp',
      number: 15,
      size: espSize,
      mount: '/boot/efi',
      fsUuid,
      options: esp?.options ?? [],
    });
  }
  const separate = asked.filter((partition) => !['/', '/boot/efi'].includes(partition.mount));
  const least = MIN_SIZE[disk.filesystem];
  const small = separate.find((partition) => bytesOf(partition.size ?? '') < least);
  if (small) {
    throw refused(`${small.mount} has ${small.size}, ${disk.filesystem} needs ${least / MIB} MiB`);
  }
  separate.forEach((partition, index) => {
    const { mount, options } = partition;
    const fsUuid = derivedUuid(seed, `fs ${mount}`);
    place({ kind: 'linux', number: 2 + index, size: bytesOf(partition.size ?? ''), mount, fsUuid, options });
  });
  const root = asked.find((partition) => partition.mount === '/');
  // The last MiB holds the second partition table.
  const left = size - MIB - next;
  const rootSize = root?.size === undefined ? left : bytesOf(root.size);
  if (rootSize > left || rootSize < MIN_ROOT) {
    const others = `${next / MIB + 1} MiB of its ${size / MIB} MiB go to the other partitions`;
    throw refused(
      `/ has ${Math.max(0, rootSize) / MIB} MiB; the disk has room for ${left / MIB} MiB (${others}), and at least ${MIN_ROOT / MIB} MiB are needed`,
    );
  }
  place({
    kind: 'linux',
    number: 1,
    size: rootSize,
    mount: '/',
    fsUuid: derivedUuid(seed, 'fs /'),
    options: root?.options ?? [],
  });
  return { size, diskUuid: derivedUuid(seed, 'disk'), filesystem: disk.filesystem, partitions };
}

function refused(why: string): UserError {
  return new UserError(`The partitions cannot be laid out: ${why}`, {
    code: 'invalid-partitions',
    fix: 'Correct `disk` in the definition.',
  });
}

/** The script for `sfdisk` (see sfdisk(8), "Script format"). */
export function sfdiskScript(layout: Layout): string {
  const lines = layout.partitions.map(
    ({ number, start, size, kind, partUuid }) =>
      `${number}: start=${start / SECTOR} size=${size / SECTOR} type=${TYPES[kind]} uuid=${partUuid.toUpperCase()}`,
  );
  return ['label: gpt', `label-id: ${layout.diskUuid.toUpperCase()}`, 'unit: sectors', ...lines, ''].join(
    '\n',
  );
}

/** The partition that holds `/boot`: its own, or root. */
export function bootPartition(layout: Layout): { readonly partition: Partition; readonly prefix: string } {
  const own = layout.partitions.find((partition) => partition.mount === '/boot');
  const partition = own ?? layout.partitions.at(-1);
  if (!partition?.fsUuid) {
    throw new Error('a layout without root');
  }
  return { partition, prefix: own ? '' : '/boot' };
}

/** systemd gives up after 90 s, which a slow machine (TCG, a busy host) may take to find its devices. */
const PATIENCE = 'x-systemd.device-timeout=600s';
const ROOT_OPTIONS: Readonly<Record<FileSystemType, string>> = {
  ext4: 'errors=remount-ro',
  xfs: 'defaults',
  btrfs: 'defaults',
};

/** `/etc/fstab`: parents before children. Nothing at run time needs the ESP, so that it never holds the boot up. */
export function fstab(layout: Layout): string {
  const mounted = layout.partitions
    .filter((partition) => partition.mount !== undefined)
    .sort((a, b) => ((a.mount ?? '') < (b.mount ?? '') ? -1 : 1));
  const lines = mounted.map(({ kind, mount, fsUuid, options }) => {
    const base =
      kind === 'esp'
        ? `umask=0077,nofail,${PATIENCE}`
        : mount === '/'
          ? ROOT_OPTIONS[layout.filesystem]
          : `defaults,${PATIENCE}`;
    const all = [base, ...options].join(',');
    // xfs and btrfs check themselves when they are mounted.
    const check = kind === 'esp' || layout.filesystem !== 'ext4' ? 0 : mount === '/' ? 1 : 2;
    return `UUID=${fsUuid} ${mount} ${kind === 'esp' ? 'vfat' : layout.filesystem} ${all} 0 ${check}`;
  });
  return `${lines.join('\n')}\n`;
}
