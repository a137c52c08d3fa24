import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatChecksums, listArtefacts, parseChecksums } from './checksums.ts';

const hex = 'a'.repeat(64);

describe('checksum lists', () => {
  it('property: what was written is read back, sorted by name', () => {
    const name = fc
      .stringMatching(/^[A-Za-z0-9 äß_-]{1,20}(\/[A-Za-z0-9._-]{1,9}x)?$/)
      .filter((text) => text.trim() === text);
    const entries = fc.dictionary(name, fc.stringMatching(/^[0-9a-f]{64}$/), { minKeys: 1 });
    fc.assert(
      fc.property(entries, (value) => {
        const plain = { ...value };
        const text = formatChecksums(plain);
        expect({ ...parseChecksums(text, 'SHA256SUMS') }).toEqual(plain);
        expect(text).toBe(formatChecksums(Object.fromEntries(Object.entries(plain).reverse())));
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a last line that is cut off', `${hex} *disk`],
    ['a last line that is cut off, after whole ones', `${hex} *a\n${hex} *disk`],
    ['a digest that is too short', `${hex.slice(1)} *disk\n`],
    ['a digest of the other list', `${hex}${hex} *disk\n`],
    ['capitals', `${hex.toUpperCase()} *disk\n`],
    ['a name that leaves the folder', `${hex} *../disk\n`],
    ['an absolute name', `${hex} */etc/passwd\n`],
    ['an escaped name', `\\${hex} *a\\nb\n`],
    ['a name twice', `${hex} *disk\n${hex} *disk\n`],
    ['an empty line', `${hex} *disk\n\n`],
  ])('refuses %s', (_what, text) => {
    expect(() => parseChecksums(text, 'SHA256SUMS')).toThrow(
      expect.objectContaining({ code: 'invalid-checksums' }),
    );
  });
});

describe('listArtefacts', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'artefacts-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lists every file but signatures, the decision, VERIFY.md and partials', async () => {
    for (const name of [
      'evidence',
      'reports/console',
      'signatures/keys',
      'release',
      '.image.partial-1-00000000',
    ]) {
      await mkdir(path.join(folder, name), { recursive: true });
      await writeFile(path.join(folder, name, 'a.json'), '');
    }
    await writeFile(path.join(folder, 'disk.qcow2'), '');
    await writeFile(path.join(folder, 'VERIFY.md'), '');
    expect(await listArtefacts(folder)).toEqual(['disk.qcow2', 'evidence/a.json', 'reports/console/a.json']);
  });

  it('refuses links and names that a list cannot carry', async () => {
    await symlink('/etc/passwd', path.join(folder, 'link'));
    await expect(listArtefacts(folder)).rejects.toMatchObject({ code: 'unsupported-entry' });
    await rm(path.join(folder, 'link'));
    await writeFile(path.join(folder, 'a\nb'), '');
    await expect(listArtefacts(folder)).rejects.toMatchObject({ code: 'unsupported-entry' });
  });
});
