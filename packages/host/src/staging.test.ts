import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { publishAtomically, resolveInside, withTemporaryFolder } from './staging.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'staging-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('publishAtomically', () => {
  it('makes missing folders and the file', async () => {
    const target = path.join(folder, 'a/b/file');
    expect(await publishAtomically(target, (partial) => writeFile(partial, 'new').then(() => 7))).toBe(7);
    expect(await readFile(target, 'utf8')).toBe('new');
    expect(await readdir(path.dirname(target))).toEqual(['file']);
  });

  it('keeps the previous file and leaves nothing when producing fails', async () => {
    const target = path.join(folder, 'file');
    await writeFile(target, 'old');
    const failing = publishAtomically(target, async (partial) => {
      await writeFile(partial, 'half');
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(await readFile(target, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('leaves one name when the new file is the old one under another name', async () => {
    const target = path.join(folder, 'file');
    await writeFile(target, 'same');
    await publishAtomically(target, (partial) => link(target, partial));
    expect(await readFile(target, 'utf8')).toBe('same');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('replaces a folder that has content', async () => {
    const target = path.join(folder, 'image');
    await mkdir(target);
    await writeFile(path.join(target, 'old'), '');
    await publishAtomically(target, async (partial) => {
      await mkdir(partial);
      await writeFile(path.join(partial, 'new'), '');
    });
    expect(await readdir(target)).toEqual(['new']);
    expect(await readdir(folder)).toEqual(['image']);
  });

  it('removes what a killed process left, and leaves the partials of live ones and other files', async () => {
    const dead = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
    await writeFile(path.join(folder, `.file.partial-${dead}-0123abcd`), '');
    await mkdir(path.join(folder, 'image'));
    await mkdir(path.join(folder, `.image.partial-${dead}-0123abcd.old`));
    await writeFile(path.join(folder, `.file.partial-${process.pid}-0123abcd`), '');
    await writeFile(path.join(folder, '.partial-notes'), '');
    await publishAtomically(path.join(folder, 'file'), (partial) => writeFile(partial, ''));
    expect((await readdir(folder)).sort()).toEqual([
      `.file.partial-${process.pid}-0123abcd`,
      '.partial-notes',
      'file',
      'image',
    ]);
  });

  it('brings back the previous folder when a process was killed between putting it aside and replacing it', async () => {
    const dead = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
    const aside = path.join(folder, `.image.partial-${dead}-0123abcd.old`);
    await mkdir(aside);
    await writeFile(path.join(aside, 'previous'), '');
    const failing = publishAtomically(path.join(folder, 'image'), () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await readdir(folder)).toEqual(['image']);
    expect(await readdir(path.join(folder, 'image'))).toEqual(['previous']);
  });

  it('explains an output folder that cannot be written', async () => {
    await writeFile(path.join(folder, 'plain'), '');
    const failing = publishAtomically(path.join(folder, 'plain/below/file'), async () => {});
    await expect(failing).rejects.toMatchObject({ code: 'output-not-writable' });
  });
});

describe('withTemporaryFolder', () => {
  it('is private and gone afterwards, also after a failure', async () => {
    let seen = '';
    const failing = withTemporaryFolder(
      'x',
      async (inner) => {
        seen = inner;
        expect((await stat(inner)).mode & 0o777).toBe(0o700);
        throw new Error('broken');
      },
      folder,
    );
    await expect(failing).rejects.toThrow('broken');
    await expect(stat(seen)).rejects.toThrow('ENOENT');
  });
});

describe('resolveInside', () => {
  it('resolves below its folder', () => {
    expect(resolveInside('/a', 'b/../c')).toBe('/a/c');
  });

  it.each([['../x'], ['/etc/passwd'], ['b/../../x'], ['.'], ['a\0b'], ['..']])('refuses %j', (relative) => {
    expect(() => resolveInside('/a', relative)).toThrow('leaves its folder');
  });

  it('takes names that only begin with dots', () => {
    expect(resolveInside('/a', '..b')).toBe('/a/..b');
  });
});
