import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addedLines } from './patch.ts';

describe('added lines', () => {
  it.each([
    ['@@ -1,2 +1,3 @@\n a\n-b\n+c\n+d', [[2, 3]]],
    ['@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file', [[1, 2]]],
    [
      '@@ -5 +5 @@ function f() {\n-x\n+y\n@@ -20,3 +20,4 @@\n a\n+b\n c\n d',
      [
        [5, 5],
        [21, 21],
      ],
    ],
    ['@@ -1,3 +1 @@\n-a\n-b\n c', []],
    // The old file had no line break at its end: that is no line of either file.
    ['@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b', [[1, 2]]],
    // A line that begins with "++" or "--" in the file itself.
    ['@@ -1 +1,2 @@\n--- a\n+++ b\n+c', [[1, 2]]],
  ])('%j', (patch, ranges) => {
    expect(addedLines(patch)).toEqual(ranges);
  });

  it('of something that is no patch are not known', () => {
    expect(addedLines('hello')).toBeUndefined();
  });

  it('are those that were put in', () => {
    const file = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(file, (added) => {
        const patch = `@@ -1,9 +1,${added.length} @@\n${added.map((is) => (is ? '+x' : ' x')).join('\n')}`;
        const ranges = addedLines(patch) ?? [];
        const lines = ranges.flatMap(([from, to]) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index),
        );
        expect(lines).toEqual(added.flatMap((is, index) => (is ? [index + 1] : [])));
      }),
    );
  });
});
