import { createHash } from 'node:crypto';
import {
  appendFile,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestBoundFile } from './bound-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bound-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('digestBoundFile', () => {
  it.each([0, 1, 4 * 1024 * 1024, 9_000_001, 40_000_003])('digests a file of %i bytes', async (size) => {
    const file = path.join(folder, 'disk');
    const content = Buffer.alloc(size, 'golden image ');
    await writeFile(file, content);
    const done: number[] = [];
    const result = await digestBoundFile(file, ['sha256', 'sha512', 'blake2b512'], {
      onBytes: (bytes) => done.push(bytes),
    });
    expect(result.bytes).toBe(size);
    for (const name of ['sha256', 'sha512', 'blake2b512'] as const) {
      expect(result.hex[name]).toBe(createHash(name).update(content).digest('hex'));
    }
    expect(done.at(-1) ?? 0).toBe(size);
  });

  it.each([
    ['grows', (file: string) => appendFile(file, 'more')],
    ['shrinks', (file: string) => truncate(file, 10)],
    ['is written in place', (file: string) => writeFile(file, Buffer.alloc(9_000_000, 'x'))],
    ['is touched', (file: string) => utimes(file, 1, 1)],
    ['is exchanged for another', (file: string) => rename(`${file}.new`, file)],
    ['is removed', (file: string) => rm(file)],
  ])('refuses a file that %s while it is read', async (_what, change) => {
    const file = path.join(folder, 'disk');
    await writeFile(file, Buffer.alloc(9_000_000));
    await writeFile(`${file}.new`, Buffer.alloc(9_000_000));
    let pending: Promise<void> | undefined;
    const digest = digestBoundFile(file, ['sha256'], {
      onBytes: () => {
        pending ??= change(file);
      },
    });
    await expect(digest).rejects.toMatchObject({ code: 'file-changed' });
    await pending;
  });

  it('refuses a file whose folder is exchanged for another while it is read', async () => {
    for (const name of ['image', 'other']) {
      await mkdir(path.join(folder, name));
      await writeFile(path.join(folder, name, 'disk'), Buffer.alloc(9_000_000, name));
    }
    let pending: Promise<void> | undefined;
    const digest = digestBoundFile(path.join(folder, 'image/disk'), ['sha256'], {
      onBytes: () => {
        // Nothing of the file itself changes.
        pending ??= rename(path.join(folder, 'image'), path.join(folder, 'old')).then(() =>
          rename(path.join(folder, 'other'), path.join(folder, 'image')),
        );
      },
    });
    await expect(digest).rejects.toMatchObject({ code: 'file-changed' });
    await pending;
  });

  it('refuses links, folders and what is not there', async () => {
    await writeFile(path.join(folder, 'target'), 'x');
    await symlink('target', path.join(folder, 'link'));
    await mkdir(path.join(folder, 'folder'));
    for (const name of ['link', 'folder', 'missing']) {
      await expect(digestBoundFile(path.join(folder, name), ['sha256'])).rejects.toMatchObject({
        code: 'not-a-regular-file',
      });
    }
  });

  it('stops when it is cancelled', async () => {
    const file = path.join(folder, 'disk');
    await writeFile(file, Buffer.alloc(9_000_000));
    const cancel = new AbortController();
    const digest = digestBoundFile(file, ['sha256'], {
      signal: cancel.signal,
      onBytes: () => cancel.abort(new Error('cancelled')),
    });
    await expect(digest).rejects.toThrow('cancelled');
  });
});
