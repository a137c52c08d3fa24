import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { trustedIdentity } from './identity.ts';

const matches = (subject: string, found: string): boolean =>
  trustedIdentity(subject, 'issuer', []).matches(found);

describe('a trusted identity', () => {
  it('is exact, whatever characters it has', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (subject, found) => {
        fc.pre(!/^\/.+\/$/s.test(subject));
        expect(matches(subject, found)).toBe(subject === found);
      }),
    );
    expect(matches('a.b', 'axb')).toBe(false);
  });

  it('is a regular expression between slashes, for the whole name', () => {
    const pattern = '/https://github\\.com/o/r/.+@refs/tags/v[0-9.]+/';
    const name = 'https://github.com/o/r/.github/workflows/x.yml@refs/tags/v1.2';
    expect(matches(pattern, name)).toBe(true);
    expect(matches(pattern, `${name}-evil`)).toBe(false);
    expect(matches(pattern, `evil ${name}`)).toBe(false);
    expect(matches(pattern, `${name}\n`)).toBe(false);
    expect(matches('/a|b/', 'ab')).toBe(false);
    expect(matches('/a|b/', 'b')).toBe(true);
  });

  it('is refused when it is no regular expression', () => {
    expect(() => trustedIdentity('/(/', 'issuer', [])).toThrow(
      expect.objectContaining({ code: 'invalid-identity' }),
    );
  });
});
