import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeDescriptor } from './folder.ts';
import { readImageSource } from './image-source.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'image-source-'));
  await writeFile(path.join(folder, 'disk.qcow2'), 'disk');
  await writeFile(path.join(folder, 'notes.txt'), 'notes');
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => names.map((name) => path.join(folder, name)).join('\n');

describe('an image source', () => {
  it('is a folder with its descriptor, all of which counts', async () => {
    await writeDescriptor(folder, {
      schemaVersion: 1,
      name: 'debian-13',
      version: '1',
      class: 'stock',
      distribution: 'debian',
      release: '13',
      architecture: 'amd64',
      firmware: ['uefi'],
      disk: { file: 'disk.qcow2', format: 'qcow2', size: 4, virtualSize: 1024, sha256: 'a'.repeat(64) },
    });
    expect(await readImageSource(folder)).toEqual({
      folder,
      name: 'debian-13',
      version: '1',
      disk: 'disk.qcow2',
      artefacts: undefined,
      describedSha256: 'a'.repeat(64),
      requireMedium: true,
    });
  });

  it('is files of one folder, the disk first, with the evidence beside them', async () => {
    await mkdir(path.join(folder, 'evidence'));
    await writeFile(path.join(folder, 'evidence/40-fvt.json'), '{}');
    await writeFile(path.join(folder, 'evidence/.hidden.json'), '{}');
    expect(await readImageSource(`\n${at('disk.qcow2', 'notes.txt', 'disk.qcow2')}\n`)).toMatchObject({
      folder,
      name: 'disk.qcow2',
      disk: 'disk.qcow2',
      artefacts: ['disk.qcow2', 'evidence/40-fvt.json', 'notes.txt'],
      requireMedium: false,
    });
  });

  it('is refused when a file is missing, a link, a folder, or lies elsewhere', async () => {
    await symlink('disk.qcow2', path.join(folder, 'link'));
    await mkdir(path.join(folder, 'sub'));
    await writeFile(path.join(folder, 'sub/other'), '');
    await writeFile(path.join(folder, '-rf'), '');
    await expect(readImageSource(at('-rf'))).rejects.toMatchObject({ code: 'unsupported-entry' });
    const code = 'image-not-found';
    await expect(readImageSource(at('none'))).rejects.toMatchObject({ code });
    await expect(readImageSource(at('link'))).rejects.toMatchObject({ code });
    await expect(readImageSource(at('disk.qcow2', 'sub'))).rejects.toMatchObject({ code });
    await expect(readImageSource(at('disk.qcow2', 'sub/other'))).rejects.toMatchObject({
      code: 'files-apart',
    });
    await expect(readImageSource(folder)).rejects.toMatchObject({ code: 'not-an-image-folder' });
  });
});
