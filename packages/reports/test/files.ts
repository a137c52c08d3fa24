import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';

export const ports = { signal: new AbortController().signal };
export const fixture = (name: string): string => path.join(import.meta.dirname, 'fixtures', name);

/** A folder for the tests of one file; `write` puts a report there and returns its path. */
export function reportFolder(): {
  readonly write: (text: string | Uint8Array) => Promise<string>;
  path: string;
} {
  const folder = {
    path: '',
    write: async (text: string | Uint8Array) => {
      count += 1;
      const file = path.join(folder.path, `report-${count}`);
      await writeFile(file, text);
      return file;
    },
  };
  let count = 0;
  beforeAll(async () => {
    folder.path = await mkdtemp(path.join(tmpdir(), 'reports-'));
  });
  afterAll(() => rm(folder.path, { recursive: true, force: true }));
  return folder;
}
