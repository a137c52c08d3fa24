import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Masks } from './masks.ts';

function masked(secret: string, text: string): string {
  const masks = new Masks();
  masks.add(secret);
  return masks.apply(text);
}

describe('Masks', () => {
  it.each([
    ['secret', 'a secret, secret', 'a ***, ***'],
    ['line one\nline two\r\n\n', 'x line two y', 'x *** y'],
    ['a"b\\c', JSON.stringify('a"b\\c'), '"***"'],
    ['p&q r', `x=${encodeURIComponent('p&q r')} <a>p&amp;q r</a>`, 'x=*** <a>***</a>'],
    ['.*', 'a.*b', 'a***b'],
    ['', 'text', 'text'],
    [' ', 'a b', 'a b'],
  ])('%j in %j', (secret, text, expected) => {
    expect(masked(secret, text)).toBe(expected);
  });

  it('hides the longer of two secrets whole', () => {
    const masks = new Masks();
    masks.add('abc');
    masks.add('abcdef');
    expect(masks.apply('abcdef')).toBe('***');
    expect(masks.hides('x abc')).toBe(true);
    expect(masks.hides('x')).toBe(false);
  });

  it('hides base64 of a text that holds the secret, wherever it begins', () => {
    const secret = 'correct-horse-battery-staple';
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const encoded = Buffer.from(before + secret + after).toString('base64');
        const shown = masked(secret, encoded);
        expect(shown).toContain('***');
        // At most a group of base64 on each side depends on the neighbours too.
        const rest = Buffer.from(shown.split('***')[0] ?? '', 'base64').toString();
        expect(rest).not.toContain(secret.slice(0, 4));
      }),
    );
  });
});
