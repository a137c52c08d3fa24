import type { KeyObject } from 'node:crypto';
import { UserError } from '@golden-image/host';
import { type AuditEntry, auditEntry } from '../state/entry.ts';
import { stableLine } from './canonical-line.ts';
import { type Checkpoint, checkpointText, parseCheckpoint } from './checkpoint.ts';
import { leafHash, treeRoot } from './merkle.ts';
import { type NoteVerifier, openNote, signNote } from './note.ts';
import { bundlePaths, logTiles, readBundle } from './tiles.ts';

/** Folder of the log in a catalog. */
export const LOG_FOLDER = 'log';

/** The key that signs the log. */
export interface LogSigner {
  readonly verifier: NoteVerifier;
  readonly privateKey: KeyObject;
}

/** The bytes of an entry: canonical JSON in one line. */
export function entryBytes(entry: AuditEntry): Buffer {
  return Buffer.from(stableLine(entry));
}

/** Every file of a log but the checkpoint, by path within the catalog. */
export function logFiles(entries: readonly AuditEntry[]): Map<string, Buffer> {
  const tiles = logTiles(entries.map(entryBytes));
  return new Map([...tiles].map(([path, data]) => [`${LOG_FOLDER}/${path}`, data]));
}

/** The signed checkpoint. */
export function logCheckpoint(entries: readonly AuditEntry[], signer: LogSigner): string {
  const root = treeRoot(entries.map((entry) => leafHash(entryBytes(entry))));
  const text = checkpointText({ origin: signer.verifier.name, size: entries.length, root });
  return signNote(text, signer.verifier, signer.privateKey);
}

/** A log that was read: its entries are those that the checkpoint, which was signed, stands for. */
export interface ReadLog {
  readonly checkpoint: Checkpoint;
  readonly note: string;
  readonly entries: readonly AuditEntry[];
  /** The bytes of each entry. */
  readonly raw: readonly Buffer[];
}

/**
 * Reads a log and verifies it against its signed checkpoint.
 *
 * @param read a file by its path within the catalog; undefined when there is none
 * @throws UserError `log-changed` naming what does not fit, and those of `openNote` and `parseCheckpoint`
 */
export async function readLog(
  read: (path: string) => Promise<Uint8Array | undefined>,
  verifier: NoteVerifier,
): Promise<ReadLog> {
  const found = await read(`${LOG_FOLDER}/checkpoint`);
  if (!found) {
    throw changed('it has no checkpoint');
  }
  const note = Buffer.from(found).toString('utf8');
  const checkpoint = parseCheckpoint(openNote(note, verifier));
  if (checkpoint.origin !== verifier.name) {
    throw changed(`its checkpoint is of the log ${checkpoint.origin}, not of ${verifier.name}`);
  }
  const raw: Buffer[] = [];
  for (const path of bundlePaths(checkpoint.size)) {
    const data = await read(`${LOG_FOLDER}/${path}`);
    if (!data) {
      throw changed(`${LOG_FOLDER}/${path} is missing`);
    }
    try {
      raw.push(...readBundle(data));
    } catch (cause) {
      throw changed(`${LOG_FOLDER}/${path} is cut off`, cause);
    }
  }
  if (raw.length !== checkpoint.size || !treeRoot(raw.map(leafHash)).equals(checkpoint.root)) {
    throw changed('its entries do not give the root that was signed');
  }
  return { checkpoint, note, raw, entries: raw.map(parseEntry) };
}

function parseEntry(bytes: Buffer, index: number): AuditEntry {
  try {
    const entry = auditEntry.parse(JSON.parse(bytes.toString('utf8')));
    if (!entryBytes(entry).equals(bytes)) {
      throw new Error('it is not in canonical form');
    }
    return entry;
  } catch (cause) {
    throw changed(`entry ${index} is not one of ours`, cause);
  }
}

function changed(what: string, cause?: unknown): UserError {
  return new UserError(`The audit log was changed or is incomplete: ${what}`, {
    code: 'log-changed',
    fix: 'Do not publish on top of it: compare it with a copy or the history of its branch, and bring back the last good state.',
    ...(cause === undefined ? {} : { cause }),
  });
}
