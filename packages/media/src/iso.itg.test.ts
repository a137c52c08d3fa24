import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { makeIso } from '../test/make-iso.ts';
import { memorySource, withFileSource } from './block-source.ts';
import { type IsoTree, openIso } from './iso-tree.ts';
import { isIso, SECTOR } from './iso-volume.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'iso-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DEEP = 'one/two/three/four/five/six/seven/eight/nine/ten/bottom.txt';
const LONG = `${'long-name-'.repeat(24)}.txt`;
const files = {
  '.disk/info': 'Debian GNU/Linux 13.2.0 "Trixie" - Official amd64 DVD Binary-1\n',
  'dists/trixie/Release': 'Suite: stable\n',
  'Grüße und Leerzeichen.txt': 'ümlaut',
  [DEEP]: 'deep',
  [LONG]: 'long',
  ...Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`many/file-number-${index}.txt`, `${index}`]),
  ),
};

const variants: readonly (readonly [
  string,
  'xorriso' | 'genisoimage',
  readonly string[],
  IsoTree['names'],
])[] = [
  ['Rock Ridge and Joliet', 'xorriso', ['-r', '-J', '-joliet-long'], 'rock-ridge'],
  ['Rock Ridge', 'xorriso', ['-r'], 'rock-ridge'],
  [
    'Rock Ridge and Joliet',
    'genisoimage',
    ['-r', '-J', '-joliet-long', '-input-charset', 'utf-8'],
    'rock-ridge',
  ],
  ['Rock Ridge', 'genisoimage', ['-r', '-input-charset', 'utf-8'], 'rock-ridge'],
];

function iso(name: string): string {
  return path.join(folder, name);
}

async function open<T>(file: string, body: (tree: IsoTree) => Promise<T>): Promise<T> {
  return withFileSource(file, async (source) => body(await openIso(source)));
}

describe('openIso', () => {
  it.each(variants)('reads %s of %s', async (_what, tool, options, names) => {
    const file = iso(`${tool}${options.join('')}.iso`);
    makeIso(file, files, { tool, options, volumeId: 'Debian 13.2.0 amd64 1' });
    await open(file, async (tree) => {
      expect(tree.names).toBe(names);
      expect(tree.volumeId).toBe('Debian 13.2.0 amd64 1');
      for (const [name, content] of Object.entries(files)) {
        expect([name, await tree.text(name)]).toEqual([name, content]);
      }
      expect((await tree.list('many'))?.length).toBe(300);
      const top = (await tree.list(''))?.map((entry) => entry.name).sort();
      expect(top?.filter((name) => !/^rr_moved$/i.test(name))).toEqual(
        [...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? ''))].sort(),
      );
    });
  });

  it('falls back to Joliet, and to plain names', async () => {
    const small = { 'folder/long name of a file.txt': 'joliet', 'a.txt': 'x' };
    makeIso(iso('joliet.iso'), small, { tool: 'genisoimage', options: ['-J'] });
    await open(iso('joliet.iso'), async (tree) => {
      expect(tree.names).toBe('joliet');
      expect(await tree.text('folder/long name of a file.txt')).toBe('joliet');
    });
    makeIso(iso('plain.iso'), { 'a.txt': 'x', noext: 'y' }, { tool: 'genisoimage', options: [] });
    await open(iso('plain.iso'), async (tree) => {
      expect(tree.names).toBe('iso9660');
      expect(await tree.text('a.txt')).toBe('x');
      expect(await tree.text('noext')).toBe('y');
    });
  });

  it('answers undefined for what is not there, is a folder, or is large', async () => {
    makeIso(iso('s.iso'), { 'a/b.txt': 'x', big: 'x'.repeat(5 * 1024 * 1024) });
    await open(iso('s.iso'), async (tree) => {
      expect(await tree.text('none')).toBeUndefined();
      expect(await tree.text('a')).toBeUndefined();
      expect(await tree.text('a/b.txt/c')).toBeUndefined();
      expect(await tree.list('a/b.txt')).toBeUndefined();
      expect(await tree.text('big')).toBeUndefined();
      expect(await tree.text('A/B.TXT')).toBe('x');
    });
  });

  it.each(['/usr/lib/grub-rescue/grub-rescue-cdrom.iso', '/usr/lib/memtest86+/memtest86+x64.iso'])(
    'lists what xorriso lists in %s',
    async (file) => {
      const { stdout } = spawnSync('xorriso', ['-indev', file, '-find', '/'], { encoding: 'utf8' });
      const expected = stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => line.replace(/^'\/?|'$/g, ''));
      const walk = (tree: IsoTree, at: string): Promise<string[]> =>
        tree.list(at).then(async (entries = []) => {
          const below = await Promise.all(
            entries.map(async (entry) => {
              const name = at === '' ? entry.name : `${at}/${entry.name}`;
              return [name, ...(entry.directory ? await walk(tree, name) : [])];
            }),
          );
          return below.flat();
        });
      const found = await open(file, (tree) => walk(tree, ''));
      expect(found.length).toBeGreaterThan(3);
      expect(found.sort()).toEqual(expected.filter((name) => name !== '').sort());
    },
  );
});

describe('a damaged or hostile ISO', () => {
  const file = iso('base.iso');
  makeIso(file, { 'a/b.txt': 'x' }, { options: ['-r'] });
  const bytes = readFileSync(file);
  const root = bytes.readUInt32LE(16 * SECTOR + 158) * SECTOR;

  function changed(edit: (copy: Buffer) => void): Buffer {
    const copy = Buffer.from(bytes);
    edit(copy);
    return copy;
  }

  const hostile: readonly (readonly [string, string, Buffer])[] = [
    ['truncated', 'truncated', bytes.subarray(0, bytes.length - 100 * SECTOR)],
    ['without terminator', 'terminator', changed((copy) => copy.fill(0, 17 * SECTOR, 18 * SECTOR))],
    ['without primary descriptor', 'terminator', changed((copy) => copy.fill(0, 16 * SECTOR, 17 * SECTOR))],
    ['with another block size', 'block size', changed((copy) => copy.writeUInt16LE(512, 16 * SECTOR + 128))],
    ['with two volume sizes', 'twice', changed((copy) => copy.writeUInt32BE(1, 16 * SECTOR + 84))],
    [
      'whose root lies outside',
      'outside',
      changed((copy) => {
        copy.writeUInt32LE(0xffffff, 16 * SECTOR + 158);
        copy.writeUInt32BE(0xffffff, 16 * SECTOR + 162);
      }),
    ],
    [
      'whose root is huge',
      'bytes',
      changed((copy) => {
        copy.writeUInt32LE(0xffffffff, 16 * SECTOR + 166);
        copy.writeUInt32BE(0xffffffff, 16 * SECTOR + 170);
      }),
    ],
    ['whose record is too short', 'does not fit', changed((copy) => copy.writeUInt8(10, root))],
    [
      'whose record crosses its sector',
      'does not fit',
      changed((copy) => {
        copy.fill(0, root, root + SECTOR);
        for (let at = root; at < root + 1920; at += 240) {
          copy.writeUInt8(240, at);
          copy.writeUInt8(1, at + 32);
        }
        copy.writeUInt8(200, root + 1920);
      }),
    ],
  ];

  it.each(hostile)('%s is an error', async (_what, message, image) => {
    const reading = openIso(memorySource(image)).then((tree) => tree.list(''));
    await expect(reading).rejects.toThrow(message);
  });

  it('that loops ends all the same', async () => {
    // The first entry after "." and ".." is the folder a: let it be the root itself.
    const at = root + (bytes[root] ?? 0) + (bytes[root + (bytes[root] ?? 0)] ?? 0);
    const looping = changed((copy) => copy.copy(copy, at + 2, root + 2, root + 18));
    const tree = await openIso(memorySource(looping));
    expect(await tree.text(`${'a/'.repeat(31)}b.txt`)).toBeUndefined();
    expect(await tree.text(`${'a/'.repeat(500)}b.txt`)).toBeUndefined();
  });

  it('whose continuation areas chain without end is an error', async () => {
    makeIso(iso('long.iso'), { [LONG]: 'x' }, { options: ['-r'] });
    const long = readFileSync(iso('long.iso'));
    const top = long.readUInt32LE(16 * SECTOR + 158) * SECTOR;
    const ce = long.indexOf(Buffer.from('CE\x1c\x01', 'latin1'), top + 200);
    const sector = Math.floor(ce / SECTOR);
    expect(ce).toBeGreaterThan(top);
    long.writeUInt32LE(sector, ce + 4);
    long.writeUInt32LE(ce % SECTOR, ce + 12);
    long.writeUInt32LE(28, ce + 20);
    const reading = openIso(memorySource(long)).then((tree) => tree.list(''));
    await expect(reading).rejects.toThrow('continuation area');
  });

  it('is told from what is no ISO at all', async () => {
    expect(await isIso(memorySource(bytes))).toBe(true);
    expect(await isIso(memorySource(Buffer.alloc(10)))).toBe(false);
    expect(await isIso(memorySource(Buffer.alloc(100_000)))).toBe(false);
  });
});
