import { open } from 'node:fs/promises';
import { type LvmSection, type LvmValue, parseLvmConfig } from './lvm-config.ts';
import { unreadable } from './partitions.ts';

/**
 * LVM2's on-disk format, read without the device mapper (which containers and many runners lack): label, header and
 * text metadata of physical volumes (lib/format_text/layout.h of LVM2), and linear volumes only.
 */
const SECTOR = 512;
const LABEL_SECTORS = 4;
const MDA_HEADER = 512;
const MDA_MAGIC = ' LVM2 x[5A%r0N*>';
/** Metadata texts are some kilobytes. */
const MAX_METADATA = 16 * 1024 * 1024;

/** Where on the disk a physical volume lies, in bytes. */
export interface PhysicalVolumePlace {
  readonly offset: number;
  readonly size: number;
}

/** A stretch of the disk, in bytes. */
export interface Piece {
  readonly offset: number;
  readonly size: number;
}

export interface LogicalVolume {
  readonly group: string;
  readonly name: string;
  readonly size: number;
  /** In order; neighbours are joined. Undefined: not linear (thin, mirrored, striped…), or parts of it are elsewhere. */
  readonly pieces: readonly Piece[] | undefined;
}

interface PhysicalVolume extends PhysicalVolumePlace {
  /** 32 characters, without dashes. */
  readonly id: string;
  readonly metadata: LvmSection;
}

/**
 * The logical volumes of a disk's physical volumes.
 *
 * @throws UserError `unreadable-disk` for damaged metadata
 */
export async function readLogicalVolumes(
  disk: string,
  places: readonly PhysicalVolumePlace[],
): Promise<readonly LogicalVolume[]> {
  const handle = await open(disk, 'r');
  const read = async (offset: number, size: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, offset);
    if (bytesRead < size) {
      throw new RangeError('it ends early');
    }
    return buffer;
  };
  try {
    const volumes = await Promise.all(places.map((place) => readPhysicalVolume(place, read)));
    return logicalVolumes(volumes);
  } catch (cause) {
    throw unreadable(`its LVM metadata are damaged (${(cause as Error).message})`, cause);
  } finally {
    await handle.close();
  }
}

type Read = (offset: number, size: number) => Promise<Buffer>;

async function readPhysicalVolume(place: PhysicalVolumePlace, read: Read): Promise<PhysicalVolume> {
  const labels = await read(place.offset, LABEL_SECTORS * SECTOR);
  for (let sector = 0; sector < LABEL_SECTORS; sector += 1) {
    const label = labels.subarray(sector * SECTOR, (sector + 1) * SECTOR);
    if (label.toString('latin1', 0, 8) === 'LABELONE' && label.toString('latin1', 24, 32) === 'LVM2 001') {
      const header = label.subarray(label.readUInt32LE(20));
      const id = header.toString('latin1', 0, 32);
      const { areas, rest } = readLocations(header.subarray(40));
      const [metadata] = readLocations(header.subarray(40 + rest)).areas;
      if (areas.length === 0 || !metadata) {
        throw new RangeError('a physical volume without metadata');
      }
      const text = await readMetadata(place, metadata, read);
      return { ...place, id, metadata: parseLvmConfig(text) };
    }
  }
  throw new RangeError('no label');
}

/** disk_locn[]: pairs of offset and size, until a pair of zeros. */
function readLocations(data: Buffer): { readonly areas: readonly Piece[]; readonly rest: number } {
  const areas: Piece[] = [];
  for (let at = 0; ; at += 16) {
    const offset = Number(data.readBigUInt64LE(at));
    if (offset === 0) {
      return { areas, rest: at + 16 };
    }
    areas.push({ offset, size: Number(data.readBigUInt64LE(at + 8)) });
  }
}

/** The area is a ring after its header: a text may go on at its beginning. */
async function readMetadata(place: PhysicalVolumePlace, area: Piece, read: Read): Promise<string> {
  const start = place.offset + area.offset;
  const header = await read(start, MDA_HEADER);
  const [offset, size] = [Number(header.readBigUInt64LE(40)), Number(header.readBigUInt64LE(48))];
  if (header.toString('latin1', 4, 20) !== MDA_MAGIC || offset === 0 || size === 0) {
    throw new RangeError('no metadata');
  }
  if (size > MAX_METADATA || size > area.size || offset > area.size) {
    throw new RangeError('metadata of impossible size');
  }
  const first = Math.min(size, area.size - offset);
  const parts = [await read(start + offset, first)];
  if (first < size) {
    parts.push(await read(start + MDA_HEADER, size - first));
  }
  const [text = ''] = Buffer.concat(parts).toString('utf8').split('\0', 1);
  return text;
}

function logicalVolumes(physical: readonly PhysicalVolume[]): readonly LogicalVolume[] {
  const groups = new Map<string, LvmSection>();
  for (const { metadata } of physical) {
    for (const [name, value] of Object.entries(metadata)) {
      const group = isSection(value) ? value : undefined;
      // Each physical volume carries the whole; the highest sequence number is the newest.
      if (group?.logical_volumes && number(group.seqno) >= number(groups.get(name)?.seqno ?? -1)) {
        groups.set(name, group);
      }
    }
  }
  return [...groups].flatMap(([name, group]) => volumesOf(name, group, physical));
}

function volumesOf(
  group: string,
  section: LvmSection,
  physical: readonly PhysicalVolume[],
): readonly LogicalVolume[] {
  const extent = number(section.extent_size) * SECTOR;
  const places = new Map<string, { readonly offset: number; readonly end: number }>();
  for (const [name, value] of Object.entries(asSection(section.physical_volumes))) {
    const { id, pe_start: start } = asSection(value);
    const found = physical.find((volume) => volume.id === String(id).replaceAll('-', ''));
    if (found) {
      const offset = found.offset + number(start) * SECTOR;
      places.set(name, { offset, end: found.offset + found.size });
    }
  }
  return Object.entries(asSection(section.logical_volumes))
    .filter(([, value]) => isSection(value))
    .map(([name, value]) => {
      const segments = Object.values(asSection(value))
        .filter(isSection)
        .filter(({ start_extent: start }) => start !== undefined)
        .sort((a, b) => number(a.start_extent) - number(b.start_extent));
      const size = segments.reduce((sum, { extent_count: count }) => sum + number(count) * extent, 0);
      return { group, name, size, pieces: piecesOf(segments, places, extent) };
    });
}

function piecesOf(
  segments: readonly LvmSection[],
  places: ReadonlyMap<string, { readonly offset: number; readonly end: number }>,
  extent: number,
): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let expected = 0;
  for (const {
    type,
    stripe_count: stripes,
    stripes: at,
    start_extent: start,
    extent_count: count,
  } of segments) {
    const [name, first] = Array.isArray(at) ? at : [];
    const place = places.get(String(name));
    if (type !== 'striped' || stripes !== 1 || !place || number(start) !== expected) {
      return undefined;
    }
    expected += number(count);
    const piece = { offset: place.offset + number(first) * extent, size: number(count) * extent };
    if (piece.offset + piece.size > place.end) {
      throw new RangeError('a volume reaches beyond its disk');
    }
    const last = pieces.at(-1);
    if (last && last.offset + last.size === piece.offset) {
      pieces[pieces.length - 1] = { offset: last.offset, size: last.size + piece.size };
    } else {
      pieces.push(piece);
    }
  }
  return pieces.length > 0 ? pieces : undefined;
}

function isSection(value: LvmValue | undefined): value is LvmSection {
  return typeof value === 'object' && !Array.isArray(value);
}

function asSection(value: LvmValue | undefined): LvmSection {
  return isSection(value) ? value : {};
}

function number(value: LvmValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new RangeError(`${JSON.stringify(value)} where a number belongs`);
  }
  return value;
}

/** `/dev/mapper/<group>-<volume>`, dashes in the names doubled, and `/dev/<group>/<volume>`. */
export function devicePaths({ group, name }: Pick<LogicalVolume, 'group' | 'name'>): readonly string[] {
  const double = (text: string): string => text.replaceAll('-', '--');
  return [`/dev/mapper/${double(group)}-${double(name)}`, `/dev/${group}/${name}`];
}
