import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { devicePaths } from './lvm.ts';
import { parseLvmConfig } from './lvm-config.ts';

describe('LVM metadata', () => {
  it('are sections of texts, numbers and lists', () => {
    const text = `# comment with { brace
contents = "Text \\"Format\\""
version = 1
vg-0 {
  id = "AbC-1"
  status = ["READ", "WRITE"]
  empty = []
  segment1 { stripes = ["pv0", 12] } # end
}`;
    expect(JSON.parse(JSON.stringify(parseLvmConfig(text)))).toEqual({
      contents: 'Text "Format"',
      version: 1,
      'vg-0': { id: 'AbC-1', status: ['READ', 'WRITE'], empty: [], segment1: { stripes: ['pv0', 12] } },
    });
  });

  it.each([
    'a {',
    'a = ',
    'a = [1',
    '}',
    'a',
    '= 1',
    'a = "x',
    'a = {}',
    `${'a {'.repeat(50)}${'}'.repeat(50)}`,
    'a ;',
  ])('that are damaged are refused: %s', (text) => {
    expect(() => parseLvmConfig(text)).toThrow(SyntaxError);
  });

  it('of any form end in a tree or a SyntaxError', () => {
    const piece = fc.constantFrom('a', '=', '{', '}', '[', ']', ',', '"x"', '1', ' ', '\n', '#', '__proto__');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          parseLvmConfig(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('name devices as the device mapper does', () => {
    expect(devicePaths({ group: 'vg-a', name: 'b-c' })).toEqual(['/dev/mapper/vg--a-b--c', '/dev/vg-a/b-c']);
  });
});
