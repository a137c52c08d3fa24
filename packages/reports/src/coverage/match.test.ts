import { describe, expect, it } from '@jest/globals';
import { Coverage } from './coverage.ts';
import { FileMatcher } from './match.ts';

const WORKSPACE = '/home/runner/work/r/r';

/** Which of the reported files is taken for `file`: each reported one has its index + 1 lines. */
async function found(file: string, reported: readonly string[], naming: 'path' | 'package' = 'path') {
  const coverage = new Coverage();
  for (const [index, name] of reported.entries()) {
    for (let line = 1; line <= index + 1; line += 1) {
      coverage.file(name, naming).add(line, true);
    }
  }
  const hits = await new FileMatcher(coverage, WORKSPACE).find(file);
  return hits === undefined ? undefined : reported[hits.count().total - 1];
}

describe('a file of the repository', () => {
  it.each<[string, string, readonly string[], string | undefined]>([
    ['from the root', 'src/a.js', ['src/a.js', 'lib/src/a.js'], 'src/a.js'],
    ['absolutely', 'src/a.js', [`${WORKSPACE}/src/a.js`], `${WORKSPACE}/src/a.js`],
    ['in a container', 'src/a.js', ['/app/src/a.js', '/app/src/b.js'], '/app/src/a.js'],
    ['in a container, with another below it', 'a.js', ['/app/lib/a.js', '/app/a.js'], '/app/a.js'],
    ['in two containers', 'src/a.js', ['/app/src/a.js', '/srv/src/a.js'], undefined],
    ['with dots', 'src/a.js', ['./src/b/../a.js'], './src/b/../a.js'],
    ['with backslashes', 'src/a.js', ['src\\a.js'], 'src\\a.js'],
    ['on a Windows runner', 'src/a.js', ['D:\\a\\r\\r\\src\\a.js'], 'D:\\a\\r\\r\\src\\a.js'],
    ['only by the end of another path', 'packages/a/src/index.js', ['src/index.js'], undefined],
    ['not at all', 'src/a.js', ['src/b.js'], undefined],
  ])('is found when it is reported %s', async (_how, file, reported, expected) => {
    expect(await found(file, reported)).toBe(expected);
  });

  it.each<[string, string, readonly string[], string | undefined]>([
    ['from its package', 'packages/a/src/a.js', ['src/a.js'], 'src/a.js'],
    ['from its package, on Windows', 'packages/a/src/a.js', ['src\\a.js'], 'src/a.js'],
    ['from a folder above the repository', 'src/a.js', ['checkout/src/a.js'], 'checkout/src/a.js'],
    ['in two containers', 'src/a.js', ['/app/src/a.js', '/srv/src/a.js'], '/app/src/a.js'],
    ['not at all', 'src/a.js', ['src/b.js', 'a.jsx'], undefined],
    ['as another one', 'packages/a/src/a.js', ['packages/b/src/a.js'], undefined],
  ])('is not clear when it is reported %s', async (how, file, reported, expected) => {
    const coverage = new Coverage();
    for (const name of reported) {
      coverage.file(name).add(1, true);
    }
    const matcher = new FileMatcher(coverage, WORKSPACE);
    expect(await matcher.find(file)).toBeUndefined();
    expect([how, await matcher.mayBe(file)]).toEqual([how, expected]);
  });

  it('is another one when the reported name is there from the root', async () => {
    const coverage = new Coverage();
    coverage.file('coverage.ts').add(1, true);
    const matcher = new FileMatcher(coverage, import.meta.dirname);
    expect(await matcher.mayBe('packages/a/coverage.ts')).toBeUndefined();
  });

  it('is found by its Java package, unless two could be meant', async () => {
    const file = 'app/src/main/java/com/x/A.java';
    expect(await found(file, ['com/x/A.java', 'com/y/A.java'], 'package')).toBe('com/x/A.java');
    expect(await found(file, ['com/x/A.java', 'x/A.java'], 'package')).toBeUndefined();
    expect(await found('A.java', ['com/x/A.java'], 'package')).toBeUndefined();
  });
});
