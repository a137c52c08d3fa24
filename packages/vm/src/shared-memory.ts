import { randomBytes } from 'node:crypto';
import { type FileHandle, open, statfs, unlink } from 'node:fs/promises';
import path from 'node:path';

const MIB = 2 ** 20;
/** Left to everybody else on the memory file system. */
const RESERVE_BYTES = 64 * MIB;

/** The memory of a guest as a file that has no name any more: it is gone with this process, however that ends. */
export interface SharedMemory {
  /** A path by which QEMU opens it. */
  readonly file: string;
  close(): Promise<void>;
}

/**
 * Makes the file on the memory file system, where there is room; in `folder` on a disk otherwise, which is slower.
 *
 * @param memoryFolder a tmpfs
 */
export async function createSharedMemory(
  memoryMib: number,
  folder: string,
  memoryFolder = '/dev/shm',
): Promise<SharedMemory> {
  const free = await statfs(memoryFolder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  const home = free >= memoryMib * MIB + RESERVE_BYTES ? memoryFolder : folder;
  const name = path.join(home, `fvt-memory-${randomBytes(8).toString('hex')}`);
  const handle: FileHandle = await open(name, 'wx+', 0o600);
  try {
    await unlink(name);
    await handle.truncate(memoryMib * MIB);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { file: `/proc/${process.pid}/fd/${handle.fd}`, close: () => handle.close() };
}
