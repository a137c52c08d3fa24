import { describe, expect, it } from '@jest/globals';
import { sampleRepository, sampleWorld, sha, type World } from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { name } from '../test/setup.ts';
import { codeOwnersErrors, listFolder, readCodeOwners, readText } from './content.ts';

const start = eachBench();
const MIB = 1024 * 1024;

function world(files: Readonly<Record<string, string>>): World {
  return sampleWorld({ ...sampleRepository(), files: { ...files } });
}

describe('a text file', () => {
  it('is read as UTF-8 at the commit that is asked for', async () => {
    const from = world({ 'policy.yml': 'später: ✓\n'.repeat(20) });
    Object.assign(from.repositories[0]?.filesAt ?? {}, { [sha('c2')]: { 'policy.yml': 'of the head' } });
    const { api } = await start(from);
    expect(await readText(api, name, 'policy.yml', sha('b1'))).toBe('später: ✓\n'.repeat(20));
    expect(await readText(api, name, 'policy.yml', sha('c2'))).toBe('of the head');
  });

  it('may be empty, and may be missing', async () => {
    const { api } = await start(world({ 'empty.yml': '' }));
    expect(await readText(api, name, 'empty.yml', 'main')).toBe('');
    expect(await readText(api, name, 'none.yml', 'main')).toBeUndefined();
  });

  it('is read up to 1 MiB; beyond, GitHub gives no content, which is not an empty file', async () => {
    const { api } = await start(world({ most: 'x'.repeat(MIB), more: 'x'.repeat(MIB + 1) }));
    expect(await readText(api, name, 'most', 'main')).toHaveLength(MIB);
    await expect(readText(api, name, 'more', 'main')).rejects.toThrow('more is larger than 1 MiB');
  });

  it('is no folder', async () => {
    const { api } = await start(world({ 'policy/a.yml': '' }));
    await expect(readText(api, name, 'policy', 'main')).rejects.toThrow('policy is not a file');
  });

  it('that GitHub does not show is not a missing one', async () => {
    const { api, github } = await start(world({ 'policy.yml': 'x' }));
    github.fault({ kind: 'status', status: 403, match: /contents/ });
    await expect(readText(api, name, 'policy.yml', 'main')).rejects.toMatchObject({ status: 403 });
  });
});

describe('a folder', () => {
  it('has its own files only', async () => {
    const { api, github } = await start(world({ 'w/a.yml': '', 'w/b.yml': '', 'w/deep/c.yml': '' }));
    expect(await listFolder(api, name, 'w', 'main')).toEqual(['w/a.yml', 'w/b.yml']);
    expect(await listFolder(api, name, 'none', 'main')).toEqual([]);
    expect(await listFolder(api, name, 'w/a.yml', 'main')).toEqual([]);
    github.fault({ kind: 'status', status: 403, match: /contents/ });
    await expect(listFolder(api, name, 'w', 'main')).rejects.toMatchObject({ status: 403 });
  });
});

describe('CODEOWNERS', () => {
  const places = { '.github/CODEOWNERS': '* @a', CODEOWNERS: '* @b', 'docs/CODEOWNERS': '* @c' };

  it('is the first of the places where GitHub looks', async () => {
    const left: Record<string, string> = { ...places };
    for (const [path, text] of Object.entries(places)) {
      const { api } = await start(world(left));
      expect(await readCodeOwners(api, name, 'main')).toEqual({ path, text });
      delete left[path];
    }
    const { api } = await start(world({}));
    expect(await readCodeOwners(api, name, 'main')).toBeUndefined();
  });

  it("has GitHub's own findings", async () => {
    const from = world(places);
    const error = { path: '.github/CODEOWNERS', message: 'Unknown owner', column: 1 };
    from.repositories[0]?.codeownersErrors.push(
      { ...error, line: 3, kind: 'Unknown owner', source: '  * @nobody\n' },
      { ...error, line: 4, kind: 'Invalid pattern', source: 'x'.repeat(1000) },
    );
    const { api } = await start(from);
    const [first, second] = await codeOwnersErrors(api, name, 'main');
    expect(first).toBe('.github/CODEOWNERS:3 Unknown owner: * @nobody');
    expect(second).toHaveLength(300);
  });

  it('without a file has none; one that GitHub does not judge is no good one', async () => {
    const { api, github } = await start(world({}));
    github.fault({ kind: 'status', status: 404, match: /codeowners/ });
    expect(await codeOwnersErrors(api, name, 'main')).toEqual([]);
    github.fault({ kind: 'status', status: 403, match: /codeowners/ });
    await expect(codeOwnersErrors(api, name, 'main')).rejects.toMatchObject({ status: 403 });
  });
});
