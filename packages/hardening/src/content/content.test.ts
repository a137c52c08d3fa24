import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testPorts } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { obtainContent } from './content.ts';

const DATA = '<data-stream/>';
const DIGEST = createHash('sha256').update(DATA).digest('hex');
const IMAGE = { distribution: 'debian', release: '13' };
let folder = '';
let server: Server;
let url = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'content-'));
  server = createServer((request, response) => {
    if (request.url === '/stalls') {
      response.write('<');
    } else if (request.url === '/flood') {
      const chunk = Buffer.alloc(1024 * 1024, 'a');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) {}
      };
      response.on('drain', more);
      more();
    } else if (request.url === '/short') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write(DATA, () => response.destroy());
    } else {
      response.writeHead(request.url === '/there' ? 200 : 404).end(DATA);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});
const obtain = (given: string, downloadMs = 20_000) =>
  obtainContent(given, IMAGE, folder, testPorts(), { downloadMs });

describe('content that is given', () => {
  it('comes from a path, with or without a digest, or from a URL with one', async () => {
    const file = path.join(folder, 'ds.xml');
    writeFileSync(file, DATA);
    for (const given of [file, `${file}#sha256=${DIGEST}`, `${url}/there#sha256=${DIGEST.toUpperCase()}`]) {
      const content = await obtain(given);
      expect([content.sha256, readFileSync(content.file, 'utf8')]).toEqual([DIGEST, DATA]);
      expect(content.origin).not.toContain('sha256');
    }
  });

  it.each([
    ['a URL without a digest', '/there', 'content-mismatch'],
    ['another digest', `/there#sha256=${'0'.repeat(64)}`, 'content-mismatch'],
    ['nothing there', `/none#sha256=${DIGEST}`, 'content-unavailable'],
    ['an answer that is cut short', `/short#sha256=${DIGEST}`, 'content-unavailable'],
    ['an answer without end', `/flood#sha256=${DIGEST}`, 'content-unavailable'],
    ['an answer that stalls', `/stalls#sha256=${DIGEST}`, 'content-unavailable'],
  ])('is refused for %s', async (_name, given, code) => {
    await expect(obtain(`${url}${given}`, given.startsWith('/stalls') ? 500 : 20_000)).rejects.toMatchObject({
      code,
    });
  });

  it('is refused for a path that is not there, and a release that is not in the table', async () => {
    await expect(obtain(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'content-unavailable' });
    const other = { distribution: 'plan9', release: '4' };
    await expect(obtainContent(undefined, other, folder, testPorts())).rejects.toMatchObject({
      code: 'unsupported-release',
      fix: expect.stringContaining('debian 13'),
    });
  });
});
