import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { jobIdentity } from './oidc.ts';
import { requestToken } from './oidc-token.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2.0`;
}

const answer = (status: number, body: string): RequestListener => {
  return (_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};

describe('asking GitHub for the OIDC token of a job', () => {
  it('sends the audience and the bearer, and keeps what the address already asks for', async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.url, request.headers.authorization);
      answer(200, '{"value":"a.b.c"}')(request, response);
    });
    expect(await requestToken({ url, requestToken: 'bearer' }, 'a&b')).toBe('a.b.c');
    expect(seen).toEqual(['/token?api-version=2.0&audience=a%26b', 'Bearer bearer']);
  });

  it('asks again when the service is busy', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      answer(asked < 3 ? 503 : 200, '{"value":"a.b.c"}')(request, response);
    });
    expect(await requestToken({ url, requestToken: 'bearer' }, 'sigstore')).toBe('a.b.c');
    expect(asked).toBe(3);
  });

  it.each([
    ['a refusal', 403, '{"message":"forbidden"}'],
    ['no token', 200, '{}'],
    ['an empty token', 200, '{"value":""}'],
    ['a token that is none', 200, '{"value":{"a":1}}'],
    ['a list', 200, '[]'],
    ['nothing', 200, ''],
    ['a page', 200, '<html>'],
  ])('is refused with what to do for %s', async (_, status, body) => {
    const url = await serve(answer(status, body));
    const token = jobIdentity({
      ACTIONS_ID_TOKEN_REQUEST_URL: url,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer',
    });
    await expect(token('sigstore')).rejects.toMatchObject({
      code: 'oidc-unavailable',
      fix: expect.stringContaining('run this step again'),
    });
  });
});
