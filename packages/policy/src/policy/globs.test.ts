import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownersOf, parseCodeOwners } from './code-owners.ts';
import { matchesGlob } from './glob.ts';

describe('a glob', () => {
  it.each([
    ['**', 'a/b/.c', true],
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['build/**', 'build/a/b', true],
    ['build/**', 'build', true],
    ['build/**', 'rebuild/a', false],
    ['**/*.ts', 'a.ts', true],
    ['**/*.ts', 'a/b/c.ts', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['a/**/z', 'a/b/c/y', false],
    ['v*', 'v1.2', true],
    ['?.js', 'a.js', true],
    ['?.js', 'ab.js', false],
    ['a.c', 'abc', false],
    ['[a]', 'a', false],
    ['**/a/**/b', 'x/a/y/a/b', true],
  ])('%s matches %s: %s', (pattern, path, expected) => {
    expect(matchesGlob(pattern, path)).toBe(expected);
  });

  it('agrees with the plain definition', () => {
    const plain = (pattern: readonly string[], path: readonly string[]): boolean => {
      const [first, ...rest] = pattern;
      if (first === undefined) {
        return path.length === 0;
      }
      if (first === '**') {
        return plain(rest, path) || (path.length > 0 && plain(pattern, path.slice(1)));
      }
      const segment = new RegExp(`^${first.replace(/\*+/g, '[^/]*')}$`);
      return path[0] !== undefined && segment.test(path[0]) && plain(rest, path.slice(1));
    };
    const segments = fc.array(fc.constantFrom('a', 'b', 'ab', '*', 'a*', '*b', '**'), {
      minLength: 1,
      maxLength: 5,
    });
    const names = fc.array(fc.constantFrom('a', 'b', 'ab', 'aab'), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(segments, names, (pattern, path) => {
        expect(matchesGlob(pattern.join('/'), path.join('/'))).toBe(plain(pattern, path));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no time that explodes', () => {
    const started = performance.now();
    expect(matchesGlob(`${'*a'.repeat(50)}*b`, 'a'.repeat(4000))).toBe(false);
    expect(matchesGlob(`${'**/a/'.repeat(50)}b`, 'a/'.repeat(1000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

/** The examples of GitHub's documentation "About code owners". */
describe('CODEOWNERS', () => {
  const lines = parseCodeOwners(`# a comment
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octologs
/apps/ @octocat
/apps/github
!negated @nobody
[abc] @nobody
a\\ b.md @spaced
/wrong/ @ok not-an-owner
`);
  it.each([
    ['README.md', '@global-owner1 @global-owner2'],
    ['src/deep/a.js', '@js-owner'],
    ['a.go', 'docs@example.com'],
    ['x/y.txt', '@octo-org/octocats'],
    ['build/logs/a/b.c', '@octologs'],
    ['x/apps/a.c', '@octocat'],
    ['docs/getting-started.md', '@doctocat'],
    ['lib/docs/a.md', '@global-owner1 @global-owner2'],
    ['scripts/a', '@doctocat @octocat'],
    ['deeply/nested/logs/x', '@octologs'],
    ['apps/web/a', '@octocat'],
    ['apps/github/a', ''],
    ['a b.md', '@spaced'],
    // GitHub skips a line with anything that is no owner.
    ['wrong/a', '@global-owner1 @global-owner2'],
    ['negated', '@global-owner1 @global-owner2'],
  ])('%s is owned by %s', (path, owners) => {
    expect(ownersOf(lines, path).join(' ')).toBe(owners);
  });

  it('has folder/* own only files of that folder', () => {
    const own = parseCodeOwners('docs/* @d');
    expect(ownersOf(own, 'docs/a.md')).toEqual(['@d']);
    expect(ownersOf(own, 'docs/build/a.md')).toEqual([]);
  });
});
