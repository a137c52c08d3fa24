import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createStatement, predicateTypes } from '@golden-image/evidence';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ImageDescriptor } from './descriptor.ts';
import { readEvidence, readImageFolder, readStatement, writeDescriptor, writeEvidence } from './folder.ts';

const descriptor: ImageDescriptor = {
  schemaVersion: 1,
  name: 'debian-13',
  version: '20261124',
  class: 'stock',
  distribution: 'debian',
  release: '13',
  architecture: 'amd64',
  firmware: ['bios', 'uefi'],
  disk: { file: 'disk.qcow2', format: 'qcow2', size: 4, virtualSize: 1024, sha256: 'a'.repeat(64) },
};
const statement = createStatement({
  subject: { name: 'disk.qcow2', digest: { sha256: 'a'.repeat(64) } },
  predicateType: predicateTypes.testResult,
  predicate: { z: 1, a: 2 },
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'image-folder-'));
  await writeFile(path.join(folder, 'disk.qcow2'), 'disk');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the descriptor', () => {
  it('is read as it was written, with the path of the disk', async () => {
    await writeDescriptor(folder, descriptor);
    expect(await readImageFolder(folder)).toEqual({
      folder,
      descriptor,
      disk: path.join(folder, 'disk.qcow2'),
    });
    const first = await readFile(path.join(folder, 'image.json'), 'utf8');
    await writeDescriptor(folder, { ...descriptor });
    expect(await readFile(path.join(folder, 'image.json'), 'utf8')).toBe(first);
    expect((await readdir(folder)).sort()).toEqual(['disk.qcow2', 'image.json']);
  });

  it.each([
    ['a name with a slash', { name: 'a/b' }],
    ['a name that begins with a dot', { name: '..' }],
    ['an unknown class', { class: 'other' }],
    ['no firmware', { firmware: [] }],
    ['a key of its own', { extra: 1 }],
    ['a disk outside the folder', { disk: { ...descriptor.disk, file: '../disk.qcow2' } }],
    ['a digest in capitals', { disk: { ...descriptor.disk, sha256: 'A'.repeat(64) } }],
    ['another version', { schemaVersion: 2 }],
  ])('with %s is refused, written or read', async (_what, change) => {
    const wrong = { ...descriptor, ...change } as ImageDescriptor;
    await expect(writeDescriptor(folder, wrong)).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['disk.qcow2']);
    await writeFile(path.join(folder, 'image.json'), JSON.stringify(wrong));
    const [key] = Object.keys(change);
    await expect(readImageFolder(folder)).rejects.toMatchObject({
      code: 'invalid-descriptor',
      message: expect.stringContaining(key === 'extra' ? '(top)' : (key ?? '')),
    });
  });

  it('says what is wrong with a folder that is none', async () => {
    await expect(readImageFolder(folder)).rejects.toMatchObject({ code: 'not-an-image-folder' });
    await expect(readImageFolder(path.join(folder, 'missing'))).rejects.toMatchObject({
      code: 'not-an-image-folder',
    });
    await writeFile(path.join(folder, 'image.json'), '{');
    await expect(readImageFolder(folder)).rejects.toMatchObject({ code: 'invalid-descriptor' });
  });

  it('says when the disk is missing, of another size or a folder', async () => {
    await writeDescriptor(folder, descriptor);
    await truncate(path.join(folder, 'disk.qcow2'), 3);
    await expect(readImageFolder(folder)).rejects.toMatchObject({
      code: 'disk-missing',
      message: expect.stringMatching(/is 3 bytes, image\.json says 4 bytes$/),
    });
    await rm(path.join(folder, 'disk.qcow2'));
    await expect(readImageFolder(folder)).rejects.toMatchObject({
      message: expect.stringContaining('missing'),
    });
    await mkdir(path.join(folder, 'disk.qcow2'));
    await expect(readImageFolder(folder)).rejects.toMatchObject({ code: 'disk-missing' });
  });
});

describe('evidence', () => {
  it('is written with sorted keys and read back in the order of the chain', async () => {
    expect(await readEvidence(folder)).toEqual([]);
    await writeEvidence(folder, '40-fvt', statement);
    const file = await writeEvidence(folder, '10-media', statement);
    expect(file).toBe(path.join(folder, 'evidence/10-media.json'));
    await writeFile(path.join(folder, 'evidence/notes.txt'), '');
    await writeFile(path.join(folder, 'evidence/.20-build.json'), '');
    const all = await readEvidence(folder);
    expect(all.map(({ name }) => name)).toEqual(['10-media', '40-fvt']);
    expect(all[0]).toEqual({ name: '10-media', file, statement });
    expect(await readFile(file, 'utf8')).toMatch(/"a": 2,\n\s+"z": 1/);
  });

  it.each([
    ['no JSON', '{'],
    ['no statement', '{}'],
    [
      'a subject without SHA-256',
      JSON.stringify({ ...statement, subject: [{ name: 'x', digest: { sha512: 'a' } }] }),
    ],
    ['no subject', JSON.stringify({ ...statement, subject: [] })],
    ['another type', JSON.stringify({ ...statement, _type: 'https://in-toto.io/Statement/v0.1' })],
  ])('that is %s is refused', async (_what, text) => {
    const file = path.join(folder, 'evidence', '10-media.json');
    await mkdir(path.dirname(file));
    await writeFile(file, text);
    await expect(readStatement(file)).rejects.toMatchObject({ code: 'invalid-evidence' });
    await expect(readEvidence(folder)).rejects.toMatchObject({ code: 'invalid-evidence' });
  });

  it('beyond 64 MiB is not read', async () => {
    const file = path.join(folder, 'big.json');
    await writeFile(file, '');
    await truncate(file, 65 * 1024 * 1024);
    await expect(readStatement(file)).rejects.toMatchObject({ code: 'invalid-evidence' });
  });

  it('that lies in a folder without rights is an error, not absent evidence', async () => {
    await writeEvidence(folder, '10-media', statement);
    const evidence = path.join(folder, 'evidence');
    if (process.getuid?.() === 0) {
      // Rights do not stop root: a file in place of the folder does.
      await rm(evidence, { recursive: true });
      await writeFile(evidence, '');
    } else {
      await chmod(evidence, 0);
    }
    await expect(readEvidence(folder)).rejects.toMatchObject({ code: 'invalid-evidence' });
  });
});
