import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { filesMatching } from './files-matching.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'files-'));
  for (const file of ['a.info', 'x/b.info', 'x/y/c.info', 'node_modules/d.info', 'x/e.xml']) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), 'x');
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([
  ['*.info', ['a.info']],
  ['**/*.info', ['a.info', 'x/b.info', 'x/y/c.info']],
  ['x/*', ['x/b.info', 'x/e.xml']],
  ['x/**', ['x/b.info', 'x/e.xml', 'x/y/c.info']],
  ['nowhere/*', []],
  ['nowhere/a.info', ['nowhere/a.info']],
])('%s', async (pattern, expected) => {
  const found = await filesMatching(pattern, folder);
  expect(found.map((file) => path.relative(folder, file))).toEqual(expected);
  expect(await filesMatching(path.join(folder, pattern), '/')).toEqual(found);
});
