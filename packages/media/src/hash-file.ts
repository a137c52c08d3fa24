import { open } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import type { Digester } from './digester.ts';

/** One buffer is hashed while the next is read. */
const CHUNK = 1024 * 1024;

/**
 * Hashes a file in one pass and in constant memory.
 *
 * @returns its size in bytes
 * @throws UserError `not-found`
 */
export async function hashFile(
  file: string,
  digester: Digester,
  ports: Pick<Ports, 'log' | 'signal'>,
): Promise<number> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw notAFile(file, cause);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) {
      throw notAFile(file);
    }
    const buffers = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)] as const;
    let done = 0;
    let reading = handle.read(buffers[0], 0, CHUNK, 0);
    for (let turn = 0; ; turn += 1) {
      ports.signal.throwIfAborted();
      const { bytesRead } = await reading;
      if (bytesRead === 0) {
        return done;
      }
      done += bytesRead;
      reading = handle.read(buffers[turn % 2 === 0 ? 1 : 0], 0, CHUNK, done);
      // Awaited in the next turn; hashing below must not leave a failure unhandled.
      reading.catch(() => {});
      digester.update(buffers[turn % 2 === 0 ? 0 : 1].subarray(0, bytesRead));
      ports.log.progress({ label: `Hashing ${path.basename(file)}`, done, total: found.size, unit: 'bytes' });
    }
  } finally {
    await handle.close();
  }
}

function notAFile(file: string, cause?: unknown): UserError {
  return new UserError(`The medium ${file} is not a file that can be read`, {
    code: 'not-found',
    fix: 'Check the path; it is relative to the working directory.',
    cause,
  });
}
