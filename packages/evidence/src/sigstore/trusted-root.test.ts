import { describe, expect, it } from '@jest/globals';
import { formatTrustedRoots, readTrustedRoots } from './trusted-root.ts';

const root = (more: object = {}): object => ({
  mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
  timestampAuthorities: [
    { uri: 'https://tsa.example.org', certChain: { certificates: [{ rawBytes: 'AAAA' }] }, validFor: {} },
  ],
  ...more,
});

describe('a trusted root', () => {
  it('is one document, or several, one a line', () => {
    const pretty = JSON.stringify(root(), null, 2);
    expect(readTrustedRoots(pretty)).toHaveLength(1);
    const lines = `${JSON.stringify(root())}\n\n${JSON.stringify(root({ mediaType: 'application/vnd.dev.sigstore.trustedroot.v0.2+json' }))}\n`;
    expect(readTrustedRoots(lines)).toHaveLength(2);
  });

  it('is written as it is read', () => {
    const roots = readTrustedRoots(JSON.stringify(root()));
    expect(readTrustedRoots(formatTrustedRoots(roots))).toEqual(roots);
  });

  it('is written without the operators of services: cosign 2.5 refuses a root that names them', () => {
    const [authority] = (root() as { timestampAuthorities: object[] }).timestampAuthorities;
    const named = root({ timestampAuthorities: [{ ...authority, operator: 'example' }] });
    const text = formatTrustedRoots(readTrustedRoots(JSON.stringify(named)));
    expect(text).toContain('tsa.example.org');
    expect(text).not.toContain('operator');
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'trusted'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another media type', JSON.stringify(root({ mediaType: 'application/json' }))],
    ['nobody who is trusted', JSON.stringify(root({ timestampAuthorities: [] }))],
    ['a key that is none', JSON.stringify(root({ tlogs: [{ publicKey: { keyDetails: 'NONE' } }] }))],
    ['a good line and a bad one', `${JSON.stringify(root())}\n{`],
  ])('is refused with %s', (_what, text) => {
    expect(() => readTrustedRoots(text)).toThrow(expect.objectContaining({ code: 'invalid-trusted-root' }));
  });
});
