import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '@golden-image/host';
import { type FileSystem, probeFileSystem } from './file-system.ts';
import { devicePaths, type LogicalVolume, type Piece, readLogicalVolumes } from './lvm.ts';
import { type Partition, type PartitionRole, readPartitions } from './partitions.ts';
import type { WorkingCopy } from './working-copy.ts';

type VolumePorts = Pick<Ports, 'exec' | 'log'>;

/** What may hold a file system: a partition, or a logical volume. */
export interface Volume {
  /** For messages: `partition 2`, `logical volume vg/root`. */
  readonly title: string;
  readonly role: PartitionRole;
  /** Where it lies: the working copy, or a file of its own for a volume in pieces. Bytes. */
  readonly file: string;
  readonly offset: number;
  readonly size: number;
  readonly uuid: string | undefined;
  readonly name: string | undefined;
  /** Names by which fstab may call it, beside what its table and its file system say. */
  readonly paths: readonly string[];
  readonly fileSystem: FileSystem;
  /** Writes a volume in pieces back into the working copy; nothing to do for others. */
  readonly save: () => Promise<void>;
}

/** All partitions and linear logical volumes of a disk; partitions first. */
export async function readVolumes(copy: WorkingCopy, ports: VolumePorts): Promise<readonly Volume[]> {
  const partitions = await readPartitions(copy.file, copy.virtualSize, ports);
  const plain = await Promise.all(partitions.map((partition) => partitionVolume(partition, copy, ports)));
  const physical = plain.filter(({ fileSystem }) => fileSystem.type === 'LVM2_member');
  if (physical.length === 0) {
    return plain;
  }
  const logical: Volume[] = [];
  for (const found of await readLogicalVolumes(copy.file, physical)) {
    if (found.pieces) {
      logical.push(await logicalVolume(found, found.pieces, copy, ports));
    } else {
      ports.log.info(`The logical volume ${found.group}/${found.name} is not linear and is left as it is.`);
    }
  }
  return [...plain, ...logical];
}

async function partitionVolume(partition: Partition, copy: WorkingCopy, ports: VolumePorts): Promise<Volume> {
  const { number, role, offset, size, uuid, name } = partition;
  const place = { file: copy.file, offset, size };
  return {
    title: number === 0 ? 'the whole disk' : `partition ${number}`,
    ...{ role, uuid, name, ...place },
    paths: [],
    fileSystem: await probeFileSystem(place, ports),
    save: async () => {},
  };
}

async function logicalVolume(
  found: LogicalVolume,
  pieces: readonly Piece[],
  copy: WorkingCopy,
  ports: VolumePorts,
): Promise<Volume> {
  const [only] = pieces;
  const inPlace = only !== undefined && pieces.length === 1;
  const place = inPlace ? { file: copy.file, ...only } : await gather(found, pieces, copy, ports);
  return {
    title: `logical volume ${found.group}/${found.name}`,
    role: 'linux',
    ...place,
    uuid: undefined,
    name: undefined,
    paths: devicePaths(found),
    fileSystem: await probeFileSystem(place, ports),
    save: inPlace ? async () => {} : () => scatter(place.file, pieces, copy, ports),
  };
}

/** A volume in pieces as one sparse file. */
async function gather(
  { group, name, size }: LogicalVolume,
  pieces: readonly Piece[],
  copy: WorkingCopy,
  ports: VolumePorts,
): Promise<{ readonly file: string; readonly offset: number; readonly size: number }> {
  const file = path.join(copy.folder, `volume-${encodeURIComponent(`${group}.${name}`)}.raw`);
  await writeFile(file, '', { flag: 'wx' });
  await truncate(file, size);
  let at = 0;
  for (const piece of pieces) {
    await copyRange(copy.file, piece.offset, file, at, piece.size, ports);
    at += piece.size;
  }
  return { file, offset: 0, size };
}

async function scatter(
  file: string,
  pieces: readonly Piece[],
  copy: WorkingCopy,
  ports: VolumePorts,
): Promise<void> {
  let at = 0;
  for (const piece of pieces) {
    // Only data is copied: what became a hole must be one there too.
    await ports.exec({
      command: 'fallocate',
      args: ['--punch-hole', '--offset', `${piece.offset}`, '--length', `${piece.size}`, copy.file],
    });
    await copyRange(file, at, copy.file, piece.offset, piece.size, ports);
    at += piece.size;
  }
}

async function copyRange(
  from: string,
  skip: number,
  to: string,
  seek: number,
  count: number,
  ports: VolumePorts,
): Promise<void> {
  await ports.exec({
    command: 'dd',
    args: [
      ...[`if=${from}`, `of=${to}`, `skip=${skip}`, `seek=${seek}`, `count=${count}`, 'bs=1M', 'status=none'],
      ...['iflag=skip_bytes,count_bytes,fullblock', 'oflag=seek_bytes', 'conv=notrunc,sparse'],
    ],
  });
}
