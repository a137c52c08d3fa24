import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@golden-image/host';

/** Signatures, lists, statements and SBOMs beyond this size are not ours. */
export const MAX_SMALL_BYTES = 64 * 1024 * 1024;

/**
 * The bytes of a small regular file; no link is followed, and a pipe does not make us wait.
 *
 * @throws UserError `missing-file` when it is missing, unreadable, not a regular file or too large
 */
export async function readSmallFile(file: string): Promise<Buffer> {
  const name = path.basename(file);
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(file, flags).catch((cause: unknown) => {
    throw unusable(`${name} is missing or cannot be read`, cause);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) {
      throw unusable(`${name} is not a regular file`);
    }
    if (found.size > MAX_SMALL_BYTES) {
      throw unusable(`${name} has ${found.size} bytes, more than ${MAX_SMALL_BYTES}`);
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function unusable(message: string, cause?: unknown): UserError {
  return new UserError(message, {
    code: 'missing-file',
    fix: 'Get the image folder again from its source, or sign the image again.',
    ...(cause === undefined ? {} : { cause }),
  });
}
