import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { neutralise } from './text.ts';

describe('neutralise', () => {
  it.each([
    ['::error::pwned'],
    ['  ::add-mask::x'],
    ['\t::set-output name=a::b'],
    ['##[error]pwned'],
    ['text ##[group]x'],
    ['a\r::stop-commands::t'],
    ['\u001b[31m::error::x\u001b[0m'],
    [':\u001b[0m:error::x'],
    ['#\u001b[m#[error]x'],
  ])('leaves no workflow command in %j', (text) => {
    const result = neutralise(text);
    expect(result).not.toContain('::');
    expect(result).not.toContain('##[');
    expect(result).not.toContain('\u001b');
  });

  it('keeps ordinary text, line breaks and tabs', () => {
    expect(neutralise('Grüße: a\tb\nhttps://x/y?z')).toBe('Grüße: a\tb\nhttps://x/y?z');
  });

  it('has no command whatever comes in', () => {
    const part = fc.constantFrom(
      ':',
      '::',
      '#',
      '##[',
      '[',
      '\u001b[',
      'm',
      '\r',
      '\n',
      'error',
      ' ',
      '\u0007',
      '\u001b]0;',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        expect(neutralise(parts.join(''))).not.toMatch(/::|##\[|[\u0000-\u0008\u000b-\u001f\u007f]/);
      }),
    );
  });
});
