import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toolCache } from './tool-cache.ts';

const before = process.env.RUNNER_TOOL_CACHE;
const KEY = `sha256-${'0'.repeat(64)}`;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tool-cache-'));
  process.env.RUNNER_TOOL_CACHE = folder;
  await writeFile(path.join(folder, 'file'), 'content');
});
afterEach(async () => {
  if (before === undefined) {
    delete process.env.RUNNER_TOOL_CACHE;
  } else {
    process.env.RUNNER_TOOL_CACHE = before;
  }
  await rm(folder, { recursive: true, force: true });
});

describe('toolCache', () => {
  it('keeps a file, finds it, forgets it', async () => {
    const cache = toolCache('media');
    expect(await cache?.find(KEY)).toBeUndefined();
    await cache?.add(KEY, path.join(folder, 'file'));
    const found = await cache?.find(KEY);
    expect(await readFile(found ?? '', 'utf8')).toBe('content');
    await cache?.remove(KEY);
    expect(await cache?.find(KEY)).toBeUndefined();
  });

  it('keeps the first of several that come at once, and no staging folder', async () => {
    const cache = toolCache('media');
    await Promise.all([1, 2, 3].map(() => cache?.add(KEY, path.join(folder, 'file'))));
    expect((await readdir(path.join(folder, 'media', `0.0.0-${KEY}`))).sort()).toEqual([
      'any',
      'any.complete',
    ]);
  });

  it('does not find what another job has not finished', async () => {
    const entry = path.join(folder, 'media', `0.0.0-${KEY}`, 'any');
    await mkdir(entry, { recursive: true });
    await writeFile(path.join(entry, 'file'), 'half');
    expect(await toolCache('media')?.find(KEY)).toBeUndefined();
  });

  it('takes no key that is a path', async () => {
    await expect(toolCache('media')?.find('../x')).rejects.toThrow('not a cache key');
  });

  it('is absent where the runner has no tool cache', () => {
    delete process.env.RUNNER_TOOL_CACHE;
    expect(toolCache('media')).toBeUndefined();
  });
});
