import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cachedTree, treeKey } from './cache.ts';

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'cache-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const FACTS = { inputs: ['a 1 0123'], facts: { filesystem: 'ext4' }, epoch: undefined };

function made(key: string, content: string) {
  return cachedTree(key, cache, cache, async (root) => {
    await mkdir(root, { recursive: true });
    await writeFile(path.join(root, 'file'), content);
    return 7;
  });
}

describe('treeKey', () => {
  it.each([
    ['what is installed', { inputs: ['a 1 0124'] }],
    ['what else decides', { facts: { filesystem: 'xfs' } }],
    ['the epoch', { epoch: 1 }],
  ])('changes with %s', (_what, change) => {
    expect(treeKey({ ...FACTS, ...change })).not.toBe(treeKey(FACTS));
    expect(treeKey({ ...FACTS })).toBe(treeKey(FACTS));
  });

  it('changes with the engine', () => {
    expect(treeKey(FACTS, '0.0.0')).not.toBe(treeKey(FACTS));
  });
});

describe('cachedTree', () => {
  it('makes a tree once', async () => {
    expect(await made('0'.repeat(32), 'first')).toMatchObject({ hit: false, epoch: 7 });
    const again = await made('0'.repeat(32), 'second');
    expect(again).toMatchObject({ hit: true, epoch: 7 });
    expect(readFileSync(path.join(again.root, 'file'), 'utf8')).toBe('first');
  });

  it('leaves nothing of a tree that could not be made', async () => {
    const failing = cachedTree('0'.repeat(32), cache, cache, async (root) => {
      await mkdir(root, { recursive: true });
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('takes no tree that others may have written', async () => {
    const { root } = await made('0'.repeat(32), 'first');
    chmodSync(path.dirname(root), 0o777);
    await expect(made('0'.repeat(32), 'second')).rejects.toMatchObject({ code: 'cache-not-private' });
  });

  it('keeps what may be in use', async () => {
    for (const digit of ['1', '2', '3', '4']) {
      await made(digit.repeat(32), digit);
    }
    expect(readdirSync(cache)).toHaveLength(4);
  });

  it('keeps the three that were used last', async () => {
    const old = new Date(Date.now() - 24 * 60 * 60 * 1000);
    for (const digit of ['1', '2', '3', '4', '5']) {
      const { root } = await made(digit.repeat(32), digit);
      const age = new Date(old.getTime() + Number(digit) * 1000);
      utimesSync(path.join(path.dirname(root), 'tree.json'), age, age);
    }
    writeFileSync(path.join(cache, 'other'), '');
    await made('6'.repeat(32), '6');
    expect(readdirSync(cache).sort()).toEqual(
      ['4', '5', '6']
        .map((digit) => `tree-${digit.repeat(32)}`)
        .concat('other')
        .sort(),
    );
  });
});
