import { describe, expect, it } from '@jest/globals';
import { parseChecksum } from './algorithms.ts';
import { findDigest, parseChecksumList } from './checksum-list.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const LONG = 'c'.repeat(128);

const find = (text: string, file = 'm.iso', list = 'SHA256SUMS') =>
  findDigest(parseChecksumList(text, list), file, list);

describe('parseChecksumList', () => {
  it.each<[string, string]>([
    ['GNU, text', `${A}  m.iso\n`],
    ['GNU, binary', `${A} *m.iso\n`],
    ['upper case', `${A.toUpperCase()}  m.iso\n`],
    ['./ in front', `${A}  ./m.iso\n`],
    ['a folder in front', `${A}  images/m.iso\n`],
    ['CR LF and a byte order mark', `\ufeff${A}  m.iso\r\n${B}  n.iso\r\n`],
    ['no line end', `${A}  m.iso`],
    ['comments and blank lines', `# Fedora-m.iso: 12 bytes\n\n; old\n${A}  m.iso\n`],
    ['BSD', `SHA256 (m.iso) = ${A}\n`],
    ['BSD without blanks', `SHA256(m.iso)= ${A}\n`],
    ['openssl', `SHA2-256(m.iso)= ${A}\n`],
    ['a weaker one beside it', `MD5 (m.iso) = ${'0'.repeat(32)}\nSHA256 (m.iso) = ${A}\n`],
    ['the same line twice', `${A}  m.iso\n${A}  m.iso\n`],
  ])('reads %s', (_what, text) => {
    expect(find(text)).toEqual({ algorithm: 'sha256', hex: A });
  });

  it('unescapes names in both forms', () => {
    expect(find(`\\${A}  a\\nb\\\\c\\rd.iso\n`, 'a\nb\\c\rd.iso').hex).toBe(A);
    expect(find(`\\SHA256 (a\\nb) = ${A}\n`, 'a\nb').hex).toBe(A);
    expect(() => find(`\\${A}  a\\tb\n`)).toThrow('line 1 has no digest');
  });

  it('takes the last ") = " of a tagged line as its end', () => {
    expect(find(`SHA256 (a) = b) = ${A}\n`, 'a) = b').hex).toBe(A);
  });

  it('takes the strongest of several', () => {
    const text = `SHA256 (m.iso) = ${A}\nSHA512 (m.iso) = ${LONG}\nSHA1 (m.iso) = ${'0'.repeat(40)}\n`;
    expect(find(text)).toEqual({ algorithm: 'sha512', hex: LONG });
  });

  it('tells BLAKE2b from SHA-512 by the tag or by the name of the list', () => {
    expect(find(`${LONG}  m.iso\n`, 'm.iso', 'b2sums.txt').algorithm).toBe('blake2b512');
    expect(find(`${LONG}  m.iso\n`, 'm.iso', 'SHA512SUMS').algorithm).toBe('sha512');
    expect(find(`BLAKE2b (m.iso) = ${LONG}\n`).algorithm).toBe('blake2b512');
  });

  it('takes a bare digest in the list of that very file only', () => {
    expect(find(`${A}\n`, 'm.iso', 'm.iso.sha256').hex).toBe(A);
    expect(() => find(`${A}\n`, 'm.iso', 'other.sha256')).toThrow('does not list m.iso');
  });

  it.each([
    ['an absolute path', `${A}  /etc/passwd\n`, 'leaves the list'],
    ['a climbing path', `${A}  a/../../m.iso\n`, 'leaves the list'],
    ['two digests of one file', `${A}  m.iso\n${B}  m.iso\n`, 'another digest than before'],
    ['two folders that differ', `${A}  x/m.iso\n${B}  y/m.iso\n`, 'several folders'],
    ['another length than the tag', `SHA256 (m.iso) = ${LONG}\n`, 'line 1 has no digest'],
    ['an unknown tag', `CRC (m.iso) = ${A}\n`, 'line 1 has no digest'],
    ['a web page', '<html>not found</html>\n', 'line 1 has no digest'],
    ['nothing', '\n# empty\n', 'no digest at all'],
    ['a list without the file', `${A}  n.iso\n`, 'does not list m.iso; it lists "n.iso"'],
    ['a part of a name', `${A}  xm.iso\n`, 'does not list m.iso'],
    ['MD5 only', `${'0'.repeat(32)}  m.iso\n`, 'only MD5'],
    ['SHA-1 only', `SHA1 (m.iso) = ${'0'.repeat(40)}\n`, 'only SHA1'],
    ['a line that never ends', `${A}  ${'x'.repeat(20_000)}\n`, 'line 1 has no digest'],
    ['too many lines', '\n'.repeat(200_001), 'more than 200000 lines'],
  ])('refuses %s', (_what, text, message) => {
    expect(() => find(text)).toThrow(message);
  });

  it('prefers the listed path to the last part of another', () => {
    expect(find(`${B}  old/m.iso\n${A}  m.iso\n`).hex).toBe(A);
  });
});

describe('parseChecksum', () => {
  it('reads algorithm and digest', () => {
    expect(parseChecksum(`sha256:${A.toUpperCase()}`)).toEqual({ algorithm: 'sha256', hex: A });
    expect(parseChecksum(`b2:${LONG}`).algorithm).toBe('blake2b512');
    expect(parseChecksum(`SHA-512:${LONG}`).algorithm).toBe('sha512');
  });

  it.each([A, `sha256:${LONG}`, 'sha256:', `crc:${A}`, `constructor:${A}`])('refuses %s', (text) => {
    expect(() => parseChecksum(text)).toThrow('cannot be read');
  });

  it('refuses MD5 and SHA-1', () => {
    expect(() => parseChecksum(`md5:${'0'.repeat(32)}`)).toThrow('does not prove');
  });
});
