import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pathInside } from './inside.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'inside-'));
  await mkdir(path.join(root, 'etc'));
  await mkdir(path.join(root, 'usr/lib'), { recursive: true });
  await writeFile(path.join(root, 'usr/lib/os-release'), 'ID=x');
  await symlink('../usr/lib/os-release', path.join(root, 'etc/relative'));
  await symlink('/usr/lib/os-release', path.join(root, 'etc/absolute'));
  await symlink('../../../../../../etc/passwd', path.join(root, 'etc/escape'));
  await symlink('/etc/loop', path.join(root, 'etc/loop'));
  await symlink('usr/lib', path.join(root, 'lib'));
});
afterAll(() => rm(root, { recursive: true }));

describe('pathInside', () => {
  it.each([
    ['/etc/relative', 'usr/lib/os-release'],
    ['/etc/absolute', 'usr/lib/os-release'],
    ['/lib/os-release', 'usr/lib/os-release'],
    ['/etc/escape', 'etc/passwd'],
    ['/../../etc/x', 'etc/x'],
    ['/none/at/all', 'none/at/all'],
    ['/', ''],
  ])('%s stays inside', async (inner, expected) => {
    expect(await pathInside(root, inner)).toBe(path.join(root, expected));
  });

  it('can leave the last link', async () => {
    expect(await pathInside(root, '/etc/absolute', { followLast: false })).toBe(
      path.join(root, 'etc/absolute'),
    );
  });

  it('refuses links that go round', async () => {
    await expect(pathInside(root, '/etc/loop')).rejects.toMatchObject({ code: 'too-many-links' });
  });
});
