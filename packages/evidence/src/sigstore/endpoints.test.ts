import { describe, expect, it } from '@jest/globals';
import { readEndpoints } from './endpoints.ts';

const now = new Date('2026-11-25T00:00:00Z');
const service = (url: string, more: object = {}) => ({
  url,
  majorApiVersion: 1,
  operator: 'example',
  validFor: { start: '2026-01-01T00:00:00Z' },
  ...more,
});
const config = (more: object = {}): string =>
  JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service('https://fulcio.example.org')],
    oidcUrls: [],
    rekorTlogUrls: [service('https://rekor.example.org')],
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: [service('https://tsa.example.org/api/v1/timestamp')],
    tsaConfig: { selector: 'ANY' },
    ...more,
  });

describe('sigstore endpoints', () => {
  it('have two known instances', () => {
    expect(readEndpoints('public-good', now).rekor?.url).toBe('https://rekor.sigstore.dev');
    expect(readEndpoints('github', now)).toMatchObject({ name: 'github', fulcio: expect.any(String) });
    expect(readEndpoints('github', now).rekor).toBeUndefined();
  });

  it('are read from lines', () => {
    expect(
      readEndpoints(
        'fulcio=https://a.example/\n\nrekor-v2 = https://b.example, tsa=http://127.0.0.1:1/x',
        now,
      ),
    ).toEqual({
      name: 'a.example',
      fulcio: 'https://a.example',
      rekor: { url: 'https://b.example', version: 2 },
      timestampAuthority: 'http://127.0.0.1:1/x',
    });
  });

  it('are read from a signing config: the newest service that is valid and speaks what we speak', () => {
    expect(readEndpoints(config(), now)).toEqual({
      name: 'fulcio.example.org',
      fulcio: 'https://fulcio.example.org',
      rekor: { url: 'https://rekor.example.org', version: 1 },
      timestampAuthority: 'https://tsa.example.org/api/v1/timestamp',
    });
    const rekorTlogUrls = [
      service('https://old.example.org'),
      service('https://v3.example.org', { majorApiVersion: 3, validFor: { start: '2026-10-01T00:00:00Z' } }),
      service('https://later.example.org', { validFor: { start: '2027-01-01T00:00:00Z' } }),
      service('https://over.example.org', {
        validFor: { start: '2026-09-01T00:00:00Z', end: '2026-10-01T00:00:00Z' },
      }),
      service('https://v2.example.org', { majorApiVersion: 2, validFor: { start: '2026-08-01T00:00:00Z' } }),
    ];
    expect(readEndpoints(config({ rekorTlogUrls }), now).rekor).toEqual({
      url: 'https://v2.example.org',
      version: 2,
    });
  });

  it.each([
    ['nothing', ''],
    ['another word', 'sigstore'],
    ['no certificate authority', 'rekor=https://rekor.example.org'],
    ['no proof of time', 'fulcio=https://fulcio.example.org'],
    ['plain HTTP', 'fulcio=http://fulcio.example.org\nrekor=https://rekor.example.org'],
    ['a password', 'fulcio=https://user:secret@fulcio.example.org\nrekor=https://rekor.example.org'],
    ['a file', 'fulcio=file:///etc/passwd\nrekor=https://rekor.example.org'],
    ['one service twice', 'fulcio=https://a.example\nfulcio=https://b.example\ntsa=https://c.example'],
    ['two logs', 'fulcio=https://a.example\nrekor=https://b.example\nrekor-v2=https://c.example'],
    ['broken JSON', '{'],
    ['JSON of another kind', '{"mediaType":"application/json"}'],
    ['a config that wants several logs', config({ rekorTlogConfig: { selector: 'ALL' } })],
    [
      'a config whose services are over',
      config({ caUrls: [service('https://a.example', { validFor: { end: '2026-01-01T00:00:00Z' } })] }),
    ],
  ])('are refused with %s', (_what, text) => {
    expect(() => readEndpoints(text, now)).toThrow(expect.objectContaining({ code: 'invalid-endpoints' }));
  });

  it('never show a password of a URL', () => {
    const text = 'fulcio=https://user:hunter2@fulcio.example.org\nrekor=https://rekor.example.org';
    expect(() => readEndpoints(text, now)).toThrow(/^(?!.*hunter2)/);
  });
});
