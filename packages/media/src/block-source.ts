import { type FileHandle, open } from 'node:fs/promises';

/** Random access to the bytes of a medium. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Exactly `length` bytes, or fewer at the end; empty beyond it. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** A file, open while `body` runs. */
export async function withFileSource<T>(file: string, body: (source: ByteSource) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    return await body({ size, read: (offset, length) => readFrom(handle, size, offset, length) });
  } finally {
    await handle.close();
  }
}

async function readFrom(handle: FileHandle, size: number, offset: number, length: number): Promise<Buffer> {
  const wanted = Math.max(0, Math.min(length, size - offset));
  const buffer = Buffer.alloc(wanted);
  let done = 0;
  while (done < wanted) {
    const { bytesRead } = await handle.read(buffer, done, wanted - done, offset + done);
    if (bytesRead === 0) {
      return buffer.subarray(0, done);
    }
    done += bytesRead;
  }
  return buffer;
}

/** Bytes in memory, for tests and for small files. */
export function memorySource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: buffer.length,
    read: async (offset, length) => buffer.subarray(Math.max(0, offset), Math.max(0, offset + length)),
  };
}
