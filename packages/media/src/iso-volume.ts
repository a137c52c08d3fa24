import { UserError } from '@golden-image/host';
import type { ByteSource } from './block-source.ts';

/** ECMA-119 (ISO 9660), 2 KiB logical sectors; no vendor uses another size. */
export const SECTOR = 2048;
const FIRST_DESCRIPTOR = 16;
/** A medium has three or four. */
const MAX_DESCRIPTORS = 64;

const TYPES = { primary: 1, supplementary: 2, terminator: 255 } as const;

/** One tree of names of an ISO. */
export interface Volume {
  readonly volumeId: string;
  /** Declared size in bytes. */
  readonly size: number;
  readonly root: Extent;
  /** Names are UCS-2 (Joliet) instead of ASCII. */
  readonly joliet: boolean;
}

/** A run of bytes in the ISO. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** Whether a file begins like an ISO 9660 image. */
export async function isIso(source: ByteSource): Promise<boolean> {
  const head = await source.read(FIRST_DESCRIPTOR * SECTOR, 6);
  return head.toString('latin1', 1, 6) === 'CD001';
}

/**
 * Reads the volume descriptors (ECMA-119 section 8).
 *
 * @throws UserError `invalid-iso`
 */
export async function readVolumes(
  source: ByteSource,
): Promise<{ readonly primary: Volume; readonly joliet: Volume | undefined }> {
  let primary: Volume | undefined;
  let joliet: Volume | undefined;
  for (let index = 0; index < MAX_DESCRIPTORS; index += 1) {
    const sector = await source.read((FIRST_DESCRIPTOR + index) * SECTOR, SECTOR);
    if (sector.length < SECTOR || sector.toString('latin1', 1, 6) !== 'CD001') {
      throw invalidIso('its volume descriptors end without a terminator');
    }
    const type = sector[0];
    if (type === TYPES.terminator) {
      break;
    }
    if (type === TYPES.primary) {
      primary ??= readVolume(sector, false, source.size);
    }
    // The escape sequences of UCS-2 levels 1 to 3 mark Joliet.
    if (type === TYPES.supplementary && /^%\/[@CE]/.test(sector.toString('latin1', 88, 91))) {
      joliet ??= readVolume(sector, true, source.size);
    }
  }
  if (!primary) {
    throw invalidIso('it has no primary volume descriptor');
  }
  return { primary, joliet };
}

function readVolume(sector: Buffer, joliet: boolean, fileSize: number): Volume {
  const blocks = bothEndian(sector, 80, 'volume size');
  if (sector.readUInt16LE(128) !== SECTOR) {
    throw invalidIso(`its logical block size is ${sector.readUInt16LE(128)}, not ${SECTOR}`);
  }
  const size = blocks * SECTOR;
  if (size > fileSize) {
    throw new UserError(`The ISO is truncated: it declares ${size} bytes, the file has ${fileSize}`, {
      code: 'truncated-iso',
      fix: 'Download it again.',
    });
  }
  const root = {
    offset: bothEndian(sector, 156 + 2, 'root') * SECTOR,
    length: bothEndian(sector, 156 + 10, 'root'),
  };
  const id = sector.subarray(40, 72);
  const volumeId = joliet ? decodeUcs2(id) : id.toString('latin1');
  return { volumeId: volumeId.replace(/[\0 ]+$/, ''), size, root, joliet };
}

/** A 32-bit number, stored little-endian and again big-endian (ECMA-119 section 7.3.3). */
export function bothEndian(buffer: Buffer, at: number, what: string): number {
  const little = buffer.readUInt32LE(at);
  if (little !== buffer.readUInt32BE(at + 4)) {
    throw invalidIso(`its ${what} is given twice with different values`);
  }
  return little;
}

/** UCS-2, big-endian; an odd last byte is dropped. */
export function decodeUcs2(bytes: Buffer): string {
  const even = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  return even.swap16().toString('utf16le');
}

export function invalidIso(reason: string): UserError {
  return new UserError(`The ISO cannot be read: ${reason}`, {
    code: 'invalid-iso',
    fix: 'It is damaged, or not an ISO 9660 image: check that it is the medium you mean.',
  });
}
