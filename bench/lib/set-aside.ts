import { rename } from 'node:fs/promises';
import path from 'node:path';

let count = 0;

/**
 * Renames what an earlier run left, so that a run begins without it; it goes with the benchmark's folder. Removing it would
 * slow down who makes files next: ext4 does not use an inode again within minutes and passes over each (recently_deleted in
 * fs/ext4/ialloc.c).
 */
export async function setAside(file: string): Promise<void> {
  count += 1;
  const aside = path.join(path.dirname(file), `.aside-${count}-${path.basename(file)}`);
  await rename(file, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') {
      throw error;
    }
  });
}
