import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** SHA-256 of small files of a folder, by name; of no bytes for one that is not there. */
export async function fileDigests(
  folder: string,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const digests = names.map(async (name) => {
    const bytes = await readFile(path.join(folder, name)).catch(() => Buffer.alloc(0));
    return [name, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}
