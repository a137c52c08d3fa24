import { leafHash, treeRoot } from './merkle.ts';

/** Layout of the log's files. Source: C2SP tlog-tiles. */

/** Hashes in a full tile, and entries in a full bundle. */
export const TILE_WIDTH = 256;
/** Entries are prefixed with their length in two bytes. */
export const MAX_ENTRY_BYTES = 65_535;

/** The path of a tile: its index in groups of three digits, all but the last with an `x`; `.p/<width>` when partial. */
export function tilePath(level: number | 'entries', index: number, width: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  const name = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** Every tile and bundle of a log, by path. */
export function logTiles(entries: readonly Uint8Array[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const [index, part] of chunks(entries).entries()) {
    files.set(tilePath('entries', index, part.length), bundle(part));
  }
  let hashes: readonly Buffer[] = entries.map(leafHash);
  for (let level = 0; hashes.length > 0; level += 1) {
    const tiles = chunks(hashes);
    for (const [index, tile] of tiles.entries()) {
      files.set(tilePath(level, index, tile.length), Buffer.concat(tile));
    }
    hashes = tiles.filter((tile) => tile.length === TILE_WIDTH).map(treeRoot);
  }
  return files;
}

/** The paths of the bundles that hold all entries of a log of this size. */
export function bundlePaths(size: number): readonly string[] {
  const count = Math.ceil(size / TILE_WIDTH);
  return Array.from({ length: count }, (_, index) =>
    tilePath('entries', index, Math.min(TILE_WIDTH, size - index * TILE_WIDTH)),
  );
}

function bundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) {
        throw new RangeError(`An entry of ${entry.length} bytes does not fit into the log`);
      }
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/**
 * The entries of a bundle.
 *
 * @throws RangeError when it is cut off
 */
export function readBundle(data: Uint8Array): Buffer[] {
  const bytes = Buffer.from(data);
  const entries: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 2 <= bytes.length ? at + 2 + bytes.readUInt16BE(at) : bytes.length + 1;
    if (end > bytes.length) {
      throw new RangeError('An entry bundle is cut off');
    }
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/**
 * Whether a path is a partial tile or bundle of an earlier size of a log of this size, which clients of an older
 * checkpoint may still ask for. It may go when the full one is there.
 */
export function isEarlierPartial(path: string, size: number): boolean {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})\.p\/([1-9]\d{0,2})$/.exec(path);
  if (!match) {
    return false;
  }
  const level = match[1] === 'entries' ? 0 : Number(match[1]);
  const index = Number((match[2] ?? '').replace(/[x/]/g, ''));
  const width = Number(match[3]);
  const hashes = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH;
  return width < TILE_WIDTH && width < hashes;
}

/** How many entries an earlier partial tile or bundle stands for; its content follows from the entries. */
export function earlierPartial(path: string, entries: readonly Uint8Array[]): Buffer | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})\.p\/([1-9]\d{0,2})$/.exec(path);
  if (!match || !isEarlierPartial(path, entries.length)) {
    return undefined;
  }
  const level = match[1] === 'entries' ? 0 : Number(match[1]);
  const index = Number((match[2] ?? '').replace(/[x/]/g, ''));
  const end = (index * TILE_WIDTH + Number(match[3])) * TILE_WIDTH ** level;
  return logTiles(entries.slice(0, end)).get(path);
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / TILE_WIDTH) }, (_, index) =>
    list.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH),
  );
}
