import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseEnvironment, parsePairs, parsePath } from './command-files.ts';

const pairs = (text: string) => [...parsePairs(text, 'GITHUB_OUTPUT')];

describe('parsePairs', () => {
  it.each([
    ['a=b', [['a', 'b']]],
    [
      'a=b=c\r\n\nd=\n',
      [
        ['a', 'b=c'],
        ['d', ''],
      ],
    ],
    ['a=x<<y', [['a', 'x<<y']]],
    [
      'a<<E\nx\n\nE\nb=c',
      [
        ['a', 'x\n'],
        ['b', 'c'],
      ],
    ],
    ['a<<E\nE\n', [['a', '']]],
    ['a<<E=F\nE\nE=F\n', [['a', 'E']]],
    ['a=1\na=2', [['a', '2']]],
    ['\ufeffa=b', [['a', 'b']]],
  ])('%j', (text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  it.each([
    ['text', 'neither name=value nor'],
    ['a<<', 'neither name=value nor'],
    ['=b', 'has no name'],
    ['<<E\nE', 'has no name'],
    ['a<<E\nx\n E\n', 'is not closed'],
  ])('refuses %j', (text, message) => {
    expect(() => pairs(text)).toThrow(message);
  });

  it('gives back every value that a random delimiter encloses', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const lines = value.replace(/\r\n?/g, '\n');
        expect(pairs(`name<<ghadelimiter_1\n${lines}\nghadelimiter_1\nother=x`)).toEqual([
          ['name', lines],
          ['other', 'x'],
        ]);
      }),
    );
  });
});

it('refuses NODE_OPTIONS in GITHUB_ENV', () => {
  expect(parseEnvironment('A=b').get('A')).toBe('b');
  expect(() => parseEnvironment('node_options=--require x')).toThrow('NODE_OPTIONS may not be set');
});

it('reads GITHUB_PATH line by line', () => {
  expect(parsePath('/a\r\n\n/b c\n')).toEqual(['/a', '/b c']);
});
