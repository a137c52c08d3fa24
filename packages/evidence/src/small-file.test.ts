import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MAX_SMALL_BYTES, readSmallFile } from './small-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'small-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a small file', () => {
  it('is read as it is', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, 'content');
    expect((await readSmallFile(file)).toString()).toBe('content');
    await writeFile(file, '');
    expect(await readSmallFile(file)).toHaveLength(0);
  });

  it('is refused when it is missing, huge, a link, a folder, or a pipe that nobody writes to', async () => {
    const at = (name: string): string => path.join(folder, name);
    await writeFile(at('huge'), '');
    await truncate(at('huge'), MAX_SMALL_BYTES + 1);
    await writeFile(at('file'), '');
    await symlink('file', at('link'));
    await promisify(execFile)('mkfifo', [at('pipe')]);
    for (const name of ['missing', 'huge', 'link', '.', 'pipe']) {
      await expect(readSmallFile(at(name))).rejects.toMatchObject({ code: 'missing-file' });
    }
  });
});
