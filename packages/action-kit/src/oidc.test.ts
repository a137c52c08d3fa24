import { describe, expect, it } from '@jest/globals';
import { jobIdentity } from './oidc.ts';

describe('the identity of a job', () => {
  it('is missing without the permission, and the message says which one', () => {
    expect(() => jobIdentity({ GITHUB_ACTIONS: 'true' })).toThrow(
      expect.objectContaining({
        code: 'oidc-missing',
        message: expect.stringContaining('id-token: write'),
        fix: expect.stringContaining('permissions:'),
      }),
    );
    expect(() => jobIdentity({ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' })).toThrow(
      expect.objectContaining({
        code: 'oidc-missing',
        message: expect.stringContaining('no OIDC token here'),
      }),
    );
  });

  it('is the token that another CI service puts into SIGSTORE_ID_TOKEN', async () => {
    expect(await jobIdentity({ SIGSTORE_ID_TOKEN: 'a.b.c' })('sigstore')).toBe('a.b.c');
  });
});
