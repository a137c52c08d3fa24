import { describe, expect, it } from '@jest/globals';
import type { Json } from './json.ts';
import { describeCombination, expandMatrix } from './matrix.ts';

describe('expandMatrix', () => {
  it('multiplies, the last name changing fastest', () => {
    expect(expandMatrix({ a: [1, 2], b: ['x', 'y'] })).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
    ]);
  });

  it("follows the example of GitHub's documentation", () => {
    const include: Json = [
      { color: 'green' },
      { color: 'pink', animal: 'cat' },
      { fruit: 'apple', shape: 'circle' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ];
    expect(expandMatrix({ fruit: ['apple', 'pear'], animal: ['cat', 'dog'], include })).toEqual([
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ]);
  });

  it('excludes by a part of the values, also of nested ones', () => {
    const matrix = {
      os: [
        { name: 'a', v: 1 },
        { name: 'b', v: 1 },
      ],
      n: [1, [2]],
    };
    expect(expandMatrix({ ...matrix, exclude: [{ os: { name: 'a' } }, { n: [2] }] })).toEqual([
      { os: { name: 'b', v: 1 }, n: 1 },
    ]);
  });

  it('takes include alone', () => {
    expect(expandMatrix({ include: [{ a: 1 }, { a: 2 }] })).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it.each<[Json, string]>([
    ['text', 'is not a mapping'],
    [{}, 'has no combination'],
    [{ a: [] }, 'at least one value for "a"'],
    [{ a: 'x' }, 'at least one value for "a"'],
    [{ a: [1], exclude: [{ a: 1 }] }, 'has no combination'],
    [{ a: [1], include: 'x' }, 'list of mappings for include'],
    [{ a: Array(17).fill(1) as Json, b: Array(17).fill(1) as Json }, '289 combinations; 256 are allowed'],
  ])('refuses %j', (matrix, message) => {
    expect(() => expandMatrix(matrix)).toThrow(message);
  });
});

it('names combinations by their values', () => {
  expect(describeCombination({ os: 'debian', n: 3, deep: { x: [true, null] } })).toBe('debian, 3, true, ');
});
