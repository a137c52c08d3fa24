import { copyFile, link } from 'node:fs/promises';

/** A second name for a file, or a copy where that cannot be. */
export async function placeFile(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
