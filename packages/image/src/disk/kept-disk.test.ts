import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recordingLog, testPorts } from '@golden-image/host/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keptDisk } from './kept-disk.ts';

const KEY = '0'.repeat(32);
let folder: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kept-disk-'));
  cache = path.join(folder, 'cache');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function disk(
  content: string,
  options: { key?: string; cache?: string | undefined; target?: string } = {},
) {
  const target = path.join(folder, options.target ?? 'disk.qcow2');
  const log = recordingLog();
  const make = async () => {
    writeFileSync(target, content);
    return { sha256: sha256(content), virtualSize: 7 };
  };
  const into = 'cache' in options ? options.cache : cache;
  const result = await keptDisk(options.key ?? KEY, into, target, make, testPorts({ log }));
  return { ...result, content: readFileSync(target, 'utf8'), log: log.lines.join('\n') };
}

describe('keptDisk', () => {
  it('makes a disk once and copies it then', async () => {
    expect(await disk('first')).toMatchObject({ hit: false, content: 'first' });
    expect(await disk('second', { target: 'other' })).toMatchObject({
      hit: true,
      content: 'first',
      sha256: sha256('first'),
      virtualSize: 7,
    });
  });

  it('makes another one for another key, and each time where nothing is kept', async () => {
    await disk('first');
    expect(await disk('second', { key: '1'.repeat(32) })).toMatchObject({ hit: false, content: 'second' });
    expect(await disk('third', { cache: undefined })).toMatchObject({ hit: false, content: 'third' });
  });

  it('is not changed by what is done to the copy', async () => {
    await disk('first');
    writeFileSync(path.join(folder, 'disk.qcow2'), 'used');
    expect(await disk('second')).toMatchObject({ hit: true, content: 'first' });
  });

  it.each([
    ['changed', (file: string) => writeFileSync(file, 'fIrst')],
    ['cut off', (file: string) => writeFileSync(file, 'fir')],
    ['gone', (file: string) => rmSync(file)],
  ])('makes a disk again that is %s in the cache', async (_how, damage) => {
    await disk('first');
    damage(path.join(cache, `disk-${KEY}/disk`));
    expect(await disk('second')).toMatchObject({
      hit: false,
      content: 'second',
      log: expect.stringContaining('damaged'),
    });
    expect(await disk('third')).toMatchObject({ hit: true, content: 'second' });
  });

  it('makes a disk again whose description was cut off', async () => {
    await disk('first');
    writeFileSync(path.join(cache, `disk-${KEY}/disk.json`), '{"sha');
    expect(await disk('second')).toMatchObject({ hit: false, content: 'second' });
    expect(await disk('third')).toMatchObject({ hit: true, content: 'second' });
  });

  it('takes no disk that others may have written', async () => {
    await disk('first');
    chmodSync(path.join(cache, `disk-${KEY}`), 0o777);
    await expect(disk('second')).rejects.toMatchObject({ code: 'cache-not-private' });
  });

  it('gives the disk also where it cannot be kept, and says so', async () => {
    writeFileSync(cache, 'a file where the folder should be');
    expect(await disk('first')).toMatchObject({
      hit: false,
      content: 'first',
      log: expect.stringContaining('The disk is not kept for the next build'),
    });
  });

  it('keeps nothing of a disk that could not be made', async () => {
    const failing = keptDisk(
      KEY,
      cache,
      path.join(folder, 'disk'),
      () => Promise.reject(new Error('broken')),
      testPorts(),
    );
    await expect(failing).rejects.toThrow('broken');
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  });
});
