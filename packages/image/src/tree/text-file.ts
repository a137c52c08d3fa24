import type { PlacedFile } from '../definition/placed-file.ts';

/** A text file of root's. */
export function textFile(path: string, content: string, mode = '0644'): PlacedFile {
  return { path, content: Buffer.from(content, 'utf8'), mode, owner: 'root', group: 'root' };
}
