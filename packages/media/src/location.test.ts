import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { baseName, beside, mediumFileName, parseLocation, shownLocation } from './location.ts';

describe('locations', () => {
  it('reads paths and URLs', () => {
    expect(parseLocation('a/b.iso')).toEqual({ kind: 'file', path: path.resolve('a/b.iso') });
    expect(parseLocation('file:///a%20b.iso')).toEqual({ kind: 'file', path: '/a b.iso' });
    expect(parseLocation('https://h.test/x').kind).toBe('url');
  });

  it.each(['ftp://h.test/x', 'https://', 'file://host/x', 'javascript://x'])('refuses %s', (text) => {
    expect(() => parseLocation(text)).toThrow('neither a path nor');
  });

  it('shows no secrets and keeps them for what lies beside', () => {
    const url = parseLocation('https://joe:pw@h.test/d/m%20x.iso?token=s#f');
    expect(shownLocation(url)).toBe('https://h.test/d/m%20x.iso');
    expect(baseName(url)).toBe('m x.iso');
    const other = beside(url, 'SHA 256');
    expect(other.kind === 'url' && other.url.href).toBe('https://joe:pw@h.test/d/SHA%20256?token=s#f');
    expect(beside(parseLocation('/a/m.iso'), 'S')).toEqual({ kind: 'file', path: '/a/S' });
    expect(baseName(parseLocation('https://h.test/%E0%A4%A'))).toBe('%E0%A4%A');
  });

  it.each(['', '.', '..', '.hidden', '-option', 'a/b', 'a\nb', 'x'.repeat(300)])(
    'refuses the name %j',
    (name) => {
      expect(() => mediumFileName(name)).toThrow('no usable file name');
    },
  );
});
