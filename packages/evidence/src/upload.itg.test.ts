import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fixedClock } from '@golden-image/host';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uploadAttestations } from './upload.ts';

let server: Server;
let answers: { readonly status: number; readonly body: string }[] = [];
let seen: { url: string | undefined; authorization: string | undefined; body: string }[] = [];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    seen.push({ url: request.url, authorization: request.headers.authorization, body });
    const answer = answers.shift() ?? { status: 201, body: '{"id":7}' };
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answers = [];
  seen = [];
});

const ports = testPorts({ clock: fixedClock('2026-11-25T00:00:00Z') });
const upload = (bundles: readonly string[] = ['{"a":1}']) =>
  uploadAttestations(
    {
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3/`,
      repository: 'example/images',
      token: 'the-token',
    },
    bundles,
    ports,
  );

describe('uploading attestations', () => {
  it('posts each bundle as it is, and returns the ids in order', async () => {
    answers = [
      { status: 201, body: '{"id":1}' },
      { status: 201, body: '{"id":"two"}' },
    ];
    expect(await upload(['{"a":1}', '{"b":2}'])).toEqual(['1', 'two']);
    expect(seen.map(({ body }) => body)).toEqual(['{"bundle":{"a":1}}', '{"bundle":{"b":2}}']);
    expect(seen[0]).toMatchObject({
      url: '/api/v3/repos/example/images/attestations',
      authorization: 'Bearer the-token',
    });
  });

  it('waits and tries again when the server is overloaded, but not forever', async () => {
    answers = [
      { status: 500, body: '' },
      { status: 429, body: '' },
    ];
    expect(await upload()).toEqual(['7']);
    expect(seen).toHaveLength(3);
    answers = Array.from({ length: 9 }, () => ({ status: 503, body: '' }));
    await expect(upload()).rejects.toMatchObject({
      code: 'upload-failed',
      message: expect.stringContaining('503'),
    });
    expect(seen).toHaveLength(7);
  });

  it.each([
    [401, 'the token is not valid'],
    [403, 'may not do this'],
    [404, 'does not exist'],
    [422, 'takes no attestations'],
    [418, 'HTTP status 418'],
  ])('says what the status %d means, and does not try again', async (status, message) => {
    answers = [{ status, body: '{"message":"the-token"}' }];
    await expect(upload()).rejects.toMatchObject({
      code: 'upload-refused',
      message: expect.stringContaining(message),
    });
    expect(seen).toHaveLength(1);
  });

  it.each(['', '[]', '{"id":null}', 'no JSON'])('refuses an answer that is not one: %j', async (body) => {
    answers = [{ status: 201, body }];
    await expect(upload()).rejects.toMatchObject({ code: 'upload-failed' });
  });
});
