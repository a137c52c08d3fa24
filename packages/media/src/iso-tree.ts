import type { ByteSource } from './block-source.ts';
import {
  bothEndian,
  decodeUcs2,
  type Extent,
  invalidIso,
  readVolumes,
  SECTOR,
  type Volume,
} from './iso-volume.ts';
import { readRockRidge, suspSkip } from './rock-ridge.ts';

/** A directory of a DVD has a few thousand entries; these bound what a hostile image may claim. */
const MAX_DIRECTORY_BYTES = 16 * 1024 * 1024;
const MAX_ENTRIES = 100_000;
const MAX_DEPTH = 32;
const MAX_FILE_BYTES = 4 * 1024 * 1024;

const FLAG_DIRECTORY = 0x02;
const FLAG_MORE_EXTENTS = 0x80;

export interface Entry {
  readonly name: string;
  readonly directory: boolean;
  readonly extents: readonly Extent[];
}

/** The files of an ISO 9660 image; nothing is mounted, nothing of it is trusted. */
export interface IsoTree {
  readonly volumeId: string;
  /** Declared size in bytes, at most the file's. */
  readonly size: number;
  /** Where names come from. */
  readonly names: 'rock-ridge' | 'joliet' | 'iso9660';
  /** Entries of a directory; undefined when there is none at that path. `''` is the root. */
  list(path: string): Promise<readonly Entry[] | undefined>;
  /** A small file as text; undefined when there is none, or it is too large to be what we look for. */
  text(path: string): Promise<string | undefined>;
}

/**
 * Opens an ISO 9660 image: Rock Ridge names where it has them, else Joliet's, else its own.
 *
 * @throws UserError `invalid-iso`, `truncated-iso`
 */
export async function openIso(source: ByteSource): Promise<IsoTree> {
  const { primary, joliet } = await readVolumes(source);
  const skip = await rockRidgeSkip(primary, source);
  const volume = skip === undefined ? (joliet ?? primary) : primary;
  const reader = new Reader(source, volume.joliet, skip);
  return {
    volumeId: primary.volumeId,
    size: primary.size,
    names: skip !== undefined ? 'rock-ridge' : joliet ? 'joliet' : 'iso9660',
    list: async (path) => {
      const entry = await reader.find(volume.root, path);
      return entry?.directory ? reader.entries(entry.extents) : undefined;
    },
    text: async (path) => {
      const entry = await reader.find(volume.root, path);
      return entry && !entry.directory ? reader.text(entry) : undefined;
    },
  };
}

/** Rock Ridge is announced in the first record of the root directory. */
async function rockRidgeSkip(volume: Volume, source: ByteSource): Promise<number | undefined> {
  const head = await source.read(volume.root.offset, 256);
  const length = head[0] ?? 0;
  return length >= 34 && length <= head.length ? suspSkip(head.subarray(34, length)) : undefined;
}

class Reader {
  readonly #source: ByteSource;
  readonly #joliet: boolean;
  /** Bytes to skip in each system use area; undefined without Rock Ridge. */
  readonly #skip: number | undefined;

  constructor(source: ByteSource, joliet: boolean, skip: number | undefined) {
    this.#source = source;
    this.#joliet = joliet;
    this.#skip = skip;
  }

  async find(root: Extent, path: string): Promise<Entry | undefined> {
    const parts = path.split('/').filter((part) => part !== '');
    let entry: Entry | undefined = { name: '', directory: true, extents: [root] };
    for (const [depth, part] of parts.entries()) {
      if (!entry?.directory || depth >= MAX_DEPTH) {
        return undefined;
      }
      const entries: readonly Entry[] = await this.entries(entry.extents);
      entry =
        entries.find((candidate) => candidate.name === part) ??
        entries.find((candidate) => candidate.name.toLowerCase() === part.toLowerCase());
    }
    return entry;
  }

  async entries(extents: readonly Extent[]): Promise<readonly Entry[]> {
    const found: Entry[] = [];
    let pending: Entry | undefined;
    for await (const record of this.#records(extents)) {
      if (found.length >= MAX_ENTRIES) {
        throw invalidIso(`a directory has more than ${MAX_ENTRIES} entries`);
      }
      const entry = await this.#entry(record);
      if (!entry) {
        continue;
      }
      const more = ((record[25] ?? 0) & FLAG_MORE_EXTENTS) !== 0;
      // A file beyond 4 GiB has several records in a row.
      const joined: Entry = pending ? { ...entry, extents: [...pending.extents, ...entry.extents] } : entry;
      pending = more ? joined : undefined;
      if (!more) {
        found.push(joined);
      }
    }
    return found;
  }

  async text(entry: Entry): Promise<string | undefined> {
    const size = entry.extents.reduce((sum, extent) => sum + extent.length, 0);
    if (size > MAX_FILE_BYTES) {
      return undefined;
    }
    const parts = await Promise.all(entry.extents.map((extent) => this.#read(extent)));
    return Buffer.concat(parts).toString('utf8');
  }

  /** Directory records do not cross sectors; a zero byte ends the sector (ECMA-119 section 6.8.1.1). */
  async *#records(extents: readonly Extent[]): AsyncGenerator<Buffer> {
    const total = extents.reduce((sum, extent) => sum + extent.length, 0);
    if (total > MAX_DIRECTORY_BYTES) {
      throw invalidIso(`a directory has ${total} bytes`);
    }
    for (const extent of extents) {
      const data = await this.#read(extent);
      for (let at = 0; at < data.length; ) {
        const length = data[at] ?? 0;
        const sectorEnd = (Math.floor(at / SECTOR) + 1) * SECTOR;
        if (length === 0) {
          at = sectorEnd;
          continue;
        }
        if (length < 34 || at + length > Math.min(sectorEnd, data.length)) {
          throw invalidIso('a directory record does not fit into its sector');
        }
        yield data.subarray(at, at + length);
        at += length;
      }
    }
  }

  async #entry(record: Buffer): Promise<Entry | undefined> {
    const idLength = record[32] ?? 0;
    if (33 + idLength > record.length) {
      throw invalidIso('a directory record is shorter than its name');
    }
    const id = record.subarray(33, 33 + idLength);
    // The directory itself and its parent.
    if (idLength === 1 && (id[0] === 0 || id[0] === 1)) {
      return undefined;
    }
    const extent = {
      offset: (bothEndian(record, 2, 'place of a file') + (record[1] ?? 0)) * SECTOR,
      length: bothEndian(record, 10, 'size of a file'),
    };
    const directory = ((record[25] ?? 0) & FLAG_DIRECTORY) !== 0;
    if (this.#skip === undefined) {
      return { name: this.#plainName(id), directory, extents: [extent] };
    }
    const start = 33 + idLength + (idLength % 2 === 0 ? 1 : 0) + this.#skip;
    const rock = await readRockRidge(record.subarray(start), this.#source);
    if (rock.relocated) {
      return undefined;
    }
    const name = rock.name ?? this.#plainName(id);
    return rock.child === undefined
      ? { name, directory, extents: [extent] }
      : { name, directory: true, extents: [await this.#relocated(rock.child)] };
  }

  /** The size of a relocated directory stands in its own first record. */
  async #relocated(sector: number): Promise<Extent> {
    const offset = sector * SECTOR;
    const head = await this.#source.read(offset, 34);
    if (head.length < 34) {
      throw invalidIso('a relocated directory lies outside of the file');
    }
    return { offset, length: bothEndian(head, 10, 'size of a directory') };
  }

  #plainName(id: Buffer): string {
    const text = this.#joliet ? decodeUcs2(id) : id.toString('latin1');
    return text.replace(/;\d+$/, '').replace(/\.$/, '');
  }

  async #read(extent: Extent): Promise<Buffer> {
    if (extent.offset + extent.length > this.#source.size) {
      throw invalidIso('a file or directory lies outside of it');
    }
    return this.#source.read(extent.offset, extent.length);
  }
}
