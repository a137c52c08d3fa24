import type { ByteSource } from './block-source.ts';
import { invalidIso, SECTOR } from './iso-volume.ts';

/** What the system use fields of a directory record say (SUSP 1.12, Rock Ridge 1.12). */
export interface RockRidge {
  /** The POSIX name, when there is one. */
  readonly name: string | undefined;
  /** Sector of a directory that lies elsewhere because ISO 9660 nests only eight deep. */
  readonly child: number | undefined;
  /** This is such a directory; it is listed where it belongs instead. */
  readonly relocated: boolean;
}

/** A name needs one continuation area; this bounds what a hostile image may chain. */
const MAX_CONTINUATIONS = 32;
const MAX_NAME = 4096;

interface Found {
  name: string;
  hasName: boolean;
  child: number | undefined;
  relocated: boolean;
  next: { readonly offset: number; readonly length: number } | undefined;
}

/** Whether the root's `.` record announces system use fields, and how many bytes of each record to skip. */
export function suspSkip(systemUse: Buffer): number | undefined {
  const isSp =
    systemUse.length >= 7 &&
    systemUse.toString('latin1', 0, 2) === 'SP' &&
    systemUse.readUInt16BE(4) === 0xbeef;
  return isSp ? systemUse[6] : undefined;
}

/** Reads the system use area of one record, continuation areas included. */
export async function readRockRidge(systemUse: Buffer, source: ByteSource): Promise<RockRidge> {
  const found: Found = { name: '', hasName: false, child: undefined, relocated: false, next: undefined };
  let next = readArea(systemUse, found);
  for (let count = 0; next; count += 1) {
    if (count >= MAX_CONTINUATIONS || next.offset + next.length > source.size) {
      throw invalidIso('a continuation area of Rock Ridge leads nowhere');
    }
    next = readArea(await source.read(next.offset, next.length), found);
  }
  return { name: found.hasName ? found.name : undefined, child: found.child, relocated: found.relocated };
}

/** @returns where the area goes on, when it does */
function readArea(area: Buffer, found: Found): Found['next'] {
  found.next = undefined;
  for (let at = 0; at + 4 <= area.length; ) {
    const signature = area.toString('latin1', at, at + 2);
    const length = area[at + 2] ?? 0;
    if (length < 4 || at + length > area.length || signature === 'ST') {
      break;
    }
    readField(signature, area.subarray(at, at + length), found);
    at += length;
  }
  return found.next;
}

function readField(signature: string, field: Buffer, found: Found): void {
  if (signature === 'NM' && field.length >= 5) {
    const flags = field[4] ?? 0;
    // 2 and 4 mean "." and "..": no name follows.
    if ((flags & 6) === 0) {
      found.name += field.toString('utf8', 5);
      found.hasName = true;
      if (found.name.length > MAX_NAME) {
        throw invalidIso('a Rock Ridge name does not end');
      }
    }
  } else if (signature === 'CE' && field.length >= 28) {
    const offset = field.readUInt32LE(4) * SECTOR + field.readUInt32LE(12);
    found.next = { offset, length: Math.min(field.readUInt32LE(20), SECTOR) };
  } else if (signature === 'CL' && field.length >= 12) {
    found.child = field.readUInt32LE(4);
  } else if (signature === 'RE') {
    found.relocated = true;
  }
}
