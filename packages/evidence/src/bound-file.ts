import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { digestWithWorkers, type ReadInto, worthWorkers } from './digest-workers.ts';
import type { Algorithm } from './digests.ts';

const CHUNK = 1024 * 1024;

export interface BoundDigests<A extends Algorithm> {
  readonly bytes: number;
  readonly hex: Readonly<Record<A, string>>;
}

/**
 * Digests of exactly one file, from one pass in constant memory: opened without following a link, and refused when
 * the file, or what its name stands for, changed between the first and the last byte.
 *
 * @throws UserError `not-a-regular-file`, `file-changed`
 */
export async function digestBoundFile<A extends Algorithm>(
  file: string,
  algorithms: readonly A[],
  options: { readonly signal?: AbortSignal; readonly onBytes?: (done: number) => void } = {},
): Promise<BoundDigests<A>> {
  const handle = await openRegular(file);
  try {
    const before = await identity(handle);
    const { size } = await handle.stat();
    let left = size;
    const read = async (buffer: Uint8Array): Promise<number> => {
      options.signal?.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      left -= bytesRead;
      // Not at its end only: a file that always grows has none.
      if (left < 0) {
        throw changed(file);
      }
      return bytesRead;
    };
    const digest = worthWorkers(size) && algorithms.length > 1 ? digestWithWorkers : digestHere;
    const result = await digest(algorithms, read, options.onBytes ?? (() => {}));
    await assertUnchanged(file, handle, before, result.bytes);
    return result;
  } finally {
    await handle.close();
  }
}

async function digestHere<A extends Algorithm>(
  algorithms: readonly A[],
  read: ReadInto,
  onBytes: (done: number) => void,
): Promise<BoundDigests<A>> {
  const hashes = algorithms.map((name) => [name, createHash(name)] as const);
  const buffer = Buffer.allocUnsafe(CHUNK);
  let bytes = 0;
  for (let length = await read(buffer); length > 0; length = await read(buffer)) {
    for (const [, hash] of hashes) {
      hash.update(buffer.subarray(0, length));
    }
    bytes += length;
    onBytes(bytes);
  }
  const hex = Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')]));
  return { bytes, hex: hex as Record<A, string> };
}

async function openRegular(file: string): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    // O_NONBLOCK: a named pipe must not make us wait for its writer.
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    throw notRegular(
      file,
      (cause as NodeJS.ErrnoException).code === 'ELOOP' ? 'a symbolic link' : undefined,
      cause,
    );
  }
  if (!(await handle.stat()).isFile()) {
    await handle.close();
    throw notRegular(file, 'not a regular file');
  }
  return handle;
}

function notRegular(file: string, what: string | undefined, cause?: unknown): UserError {
  const reason = what ?? (cause instanceof Error ? cause.message : 'unreadable');
  return new UserError(`${file} cannot be bound: it is ${what ? reason : `unreadable (${reason})`}`, {
    code: 'not-a-regular-file',
    fix: 'Put the file itself there, readable, instead of a link or a special file.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What must stay the same while a file is read; nanoseconds, so that quick changes show too. */
async function identity(handle: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await handle.stat({ bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

async function assertUnchanged(
  file: string,
  handle: FileHandle,
  before: string,
  bytes: number,
): Promise<void> {
  const after = await identity(handle);
  const named = await lstat(file, { bigint: true }).catch(() => undefined);
  const sameName = named !== undefined && after.startsWith(`${named.dev} ${named.ino} `);
  const size = Number(after.split(' ')[2]);
  if (before !== after || !sameName || size !== bytes) {
    throw changed(file);
  }
}

function changed(file: string): UserError {
  return new UserError(`${file} changed while it was read`, {
    code: 'file-changed',
    fix: 'Make sure that nothing writes to the image folder (a running guest, an earlier step), and run this step again.',
  });
}
