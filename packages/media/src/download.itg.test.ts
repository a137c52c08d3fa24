import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { fixedClock } from '@golden-image/host';
import { recordingLog } from '@golden-image/host/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type BadServer,
  type Behaviour,
  badServer,
  type Certificate,
  certificate,
  cuts,
  fails,
  good,
  rangeStart,
} from '../test/bad-server.ts';
import { type Downloaded, type DownloadRequest, download } from './download.ts';
import { HashThread } from './hash-thread.ts';

const MIB = 1024 * 1024;
const body = randomBytes(6 * MIB + 12_345);
const sha256 = createHash('sha256').update(body).digest('hex');

let folder = '';
let server: BadServer | undefined;
let other: BadServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'download-'));
});
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()));
  await server?.close();
  await other?.close();
  server = undefined;
  other = undefined;
  await rm(folder, { recursive: true, force: true });
});

const threads: HashThread[] = [];
function newHashes(): HashThread {
  const thread = new HashThread({ algorithms: [], raw: undefined });
  threads.push(thread);
  return thread;
}

interface Got extends Downloaded {
  readonly sha256: string;
  readonly file: Buffer;
  readonly log: readonly string[];
  /** Seconds that were waited. */
  readonly waited: number;
}

async function get(
  behaviour: Behaviour,
  options: Partial<DownloadRequest> & {
    mirror?: Behaviour;
    tls?: Certificate;
    signal?: AbortSignal;
  } = {},
): Promise<Got> {
  server = await badServer({ '/m.iso': behaviour }, options.tls);
  other = options.mirror ? await badServer({ '/m.iso': options.mirror }) : undefined;
  const urls = [server, other].flatMap((one) => (one ? [new URL(`${one.url}/m.iso`)] : []));
  const hashes = newHashes();
  const clock = fixedClock('2026-11-24T00:00:00Z');
  const log = recordingLog();
  const target = path.join(folder, 'm.iso');
  const got = await download(
    { urls, target, hashes, retries: 3, timeout: 5, maxBytes: 64 * MIB, ...options },
    {
      clock,
      log,
      signal: options.signal ?? new AbortController().signal,
    },
  );
  const file = await readFile(target);
  return {
    ...got,
    sha256: (await hashes.digests()).sha256,
    file,
    log: log.lines,
    waited: clock.monotonic() / 1000 - 1795478400,
  };
}

const whole = { bytes: body.length, sha256 };

describe('download', () => {
  it('brings the bytes and their digest', async () => {
    const got = await get(good(body));
    expect(got).toMatchObject({ ...whole, resumed: false });
    expect(got.file.equals(body)).toBe(true);
  });

  it('goes on where a cut left it, only if the file is still the same', async () => {
    const got = await get(cuts(body, 2 * MIB, 2));
    expect(got).toMatchObject({ ...whole, resumed: true });
    expect(got.file.equals(body)).toBe(true);
    expect(server?.seen.length).toBe(3);
    expect(server?.seen[1]).toMatchObject({
      range: expect.stringMatching(/^bytes=[1-9]\d+-$/),
      ifRange: '"one"',
    });
  });

  it('outlasts more cuts than retries as long as it gets further', async () => {
    const got = await get(cuts(body, MIB + 4096, 5), { retries: 1 });
    expect(got).toMatchObject(whole);
  });

  it('begins anew when the file changed on the server', async () => {
    const old = randomBytes(body.length);
    const got = await get((request, response, n) =>
      n === 0
        ? cuts(old, 2 * MIB, 1)(request, response, 0)
        : good(body, { etag: '"two"' })(request, response, n),
    );
    expect(got).toMatchObject({ ...whole, resumed: false });
    expect(got.file.equals(body)).toBe(true);
  });

  it('leaves nothing of a longer file that was there before', async () => {
    const short = randomBytes(MIB);
    const got = await get((request, response, n) =>
      n === 0
        ? cuts(body, 2 * MIB, 1)(request, response, 0)
        : good(short, { etag: '"two"' })(request, response, n),
    );
    expect(got.file.equals(short)).toBe(true);
    expect(got.sha256).toBe(createHash('sha256').update(short).digest('hex'));
  });

  it('begins anew at a server that knows no ranges', async () => {
    const got = await get((request, response, n) => {
      if (n === 0) {
        cuts(body, 2 * MIB, 1)(request, response, n);
      } else {
        response.writeHead(200, { 'content-length': body.length }).end(body);
      }
    });
    expect(got.file.equals(body)).toBe(true);
  });

  it('gives up on a server that always cuts without ranges', async () => {
    const promise = get((_request, response) => {
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.subarray(0, 2 * MIB), () => setTimeout(() => response.destroy(), 10));
    });
    await expect(promise).rejects.toMatchObject({ code: 'download-failed' });
    expect(server?.seen.length).toBe(4);
  });

  it('takes the rest from a mirror when the server is gone', async () => {
    const got = await get(
      (request, response, n) =>
        n === 0 ? cuts(body, 3 * MIB, 1)(request, response, n) : response.writeHead(410).end(),
      { mirror: good(body) },
    );
    expect(got).toMatchObject({ ...whole, resumed: true });
    expect(got.servers.length).toBe(2);
    expect(other?.seen[0]?.range).toMatch(/^bytes=[1-9]/);
    // Another server's validator says nothing.
    expect(other?.seen[0]?.ifRange).toBeUndefined();
  });

  it('tries again after 503, 429 and a stall, waiting as long as it is asked to', async () => {
    const got = await get(
      (request, response, n) => {
        const steps: Behaviour[] = [
          fails(503, body),
          fails(429, body, 1, { 'retry-after': '17' }),
          (_request, stalled) => stalled.writeHead(200, { 'content-length': body.length }).flushHeaders(),
        ];
        (steps[n] ?? good(body))(request, response, steps[n] ? 0 : n);
      },
      { timeout: 0.3 },
    );
    expect(got).toMatchObject(whole);
    expect(got.waited).toBe(1 + 17 + 4);
    expect(got.log.join('\n')).toContain('no data for 0.3 s');
  });

  it('tries again after a reset, and goes on after a stall in the middle', async () => {
    const got = await get(
      (request, response, n) => {
        if (n === 0) {
          request.socket.resetAndDestroy();
        } else if (n === 1) {
          response.writeHead(200, { etag: '"one"', 'content-length': body.length });
          response.write(body.subarray(0, 2 * MIB));
        } else {
          good(body)(request, response, n);
        }
      },
      { timeout: 0.5 },
    );
    expect(got).toMatchObject({ ...whole, resumed: true });
    expect(got.file.equals(body)).toBe(true);
    // Getting further begins the count anew.
    expect(got.waited).toBe(1 + 1);
    expect(server?.seen[2]?.range).toBe(`bytes=${2 * MIB}-`);
  });

  it('understands a Retry-After date', async () => {
    const got = await get(fails(503, body, 1, { 'retry-after': 'Tue, 24 Nov 2026 00:00:42 GMT' }));
    expect(got.waited).toBe(42);
  });

  it('does not try again after 404, and says that releases move', async () => {
    await expect(get(fails(404, body))).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('404'),
      fix: expect.stringContaining('archive'),
    });
    expect(server?.seen.length).toBe(1);
  });

  it.each<[string, string, Behaviour]>([
    [
      'a range that begins elsewhere',
      'sends the bytes from 5 instead of',
      (_request, response) =>
        response
          .writeHead(206, { 'content-range': `bytes 5-${body.length - 1}/${body.length}` })
          .end(body.subarray(5)),
    ],
    [
      'another length than before',
      'says that the file has 99999999 bytes',
      (request, response) => {
        const start = rangeStart(request);
        response
          .writeHead(206, { 'content-range': `bytes ${start}-99999998/99999999` })
          .end(body.subarray(start));
      },
    ],
    [
      'no Content-Range at all',
      'unreadable Content-Range',
      (_request, response) => response.writeHead(206).end('x'),
    ],
    [
      'a compressed file',
      'another encoding',
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    ],
  ])('catches a server that lies: %s', async (_what, message, behaviour) => {
    const promise = get((request, response, n) =>
      n === 0 ? cuts(body, 2 * MIB, 1)(request, response, n) : behaviour(request, response, n),
    );
    await expect(promise).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining(message),
    });
  });

  it('catches a part that nobody asked for', async () => {
    await expect(
      get((_request, response) =>
        response.writeHead(206, { 'content-range': `bytes 0-9/${body.length}` }).end(body.subarray(0, 10)),
      ),
    ).rejects.toMatchObject({ message: expect.stringContaining('not asked for') });
  });

  it('refuses a file that is too large before and while it comes', async () => {
    await expect(get(good(body), { maxBytes: MIB })).rejects.toMatchObject({ code: 'too-large' });
    await server?.close();
    const chunked: Behaviour = (_request, response) => response.writeHead(200).end(body);
    await expect(get(chunked, { maxBytes: MIB })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('refuses to begin when the disk has no room', async () => {
    const promise = get(
      (_request, response) => {
        response.writeHead(200, { 'content-length': 2 ** 49 });
        response.write('x');
      },
      { maxBytes: 2 ** 50 },
    );
    await expect(promise).rejects.toMatchObject({ code: 'no-space' });
  });

  it('follows redirects, not in circles, not to another scheme', async () => {
    const to =
      (location: string): Behaviour =>
      (request, response, n) =>
        n === 0 ? response.writeHead(302, { location }).end() : good(body)(request, response, n);
    expect(await get(to('/m.iso?token=x'))).toMatchObject(whole);
    await server?.close();
    const circle: Behaviour = (_request, response) => response.writeHead(301, { location: '/m.iso' }).end();
    await expect(get(circle)).rejects.toMatchObject({
      message: expect.stringContaining('more than 10 times'),
    });
    await server?.close();
    await expect(get(to('ftp://127.0.0.1/m.iso'))).rejects.toMatchObject({
      message: expect.stringContaining('not http'),
    });
  });

  it('speaks https, resumes there too, and never follows a redirect to http', async () => {
    const tls = certificate();
    setDefaultCACertificates([tls.cert]);
    const got = await get(cuts(body, 2 * MIB, 2), { tls });
    expect(got).toMatchObject({ ...whole, resumed: true });
    expect(got.file.equals(body)).toBe(true);
    await server?.close();
    const plain = await badServer({ '/m.iso': good(body) });
    const location = `${plain.url}/m.iso`;
    await expect(
      get((_request, response) => response.writeHead(302, { location }).end(), { tls }),
    ).rejects.toMatchObject({ code: 'insecure-redirect' });
    expect(plain.seen).toEqual([]);
    await plain.close();
  });

  it('refuses a server whose certificate nobody vouches for', async () => {
    setDefaultCACertificates([]);
    await expect(get(good(body), { tls: certificate(), retries: 0 })).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('self-signed certificate'),
    });
  });

  it('takes a body without a length, in chunks or until the connection ends', async () => {
    const chunked = await get((_request, response) => {
      response.writeHead(200);
      for (let at = 0; at < body.length; at += 300_001) {
        response.write(body.subarray(at, at + 300_001));
      }
      response.end();
    });
    expect(chunked.file.equals(body)).toBe(true);
    await server?.close();
    const open: Behaviour = (request) => {
      request.socket.write('HTTP/1.1 200 OK\r\n\r\n');
      request.socket.end(body);
    };
    expect(await get(open)).toMatchObject(whole);
  });

  it('takes the announced length and leaves alone what follows it', async () => {
    const got = await get((request) => {
      request.socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
      request.socket.end(Buffer.concat([body, randomBytes(2 * MIB)]));
    });
    expect(got).toMatchObject(whole);
    expect(got.file.equals(body)).toBe(true);
  });

  it.each<[string, string]>([
    ['two lengths', `Content-Length: 5\r\nContent-Length: ${body.length}\r\n`],
    ['a length that is no number', 'Content-Length: many\r\n'],
    ['a negative length', 'Content-Length: -1\r\n'],
    ['a length and chunks', `Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n`],
    ['an endless header', `X-Long: ${'x'.repeat(100_000)}\r\n`],
    ['what is no HTTP', '\0\0\0\r\n'],
  ])('gives up on a server that sends %s', async (_what, header) => {
    const promise = get(
      (request) => {
        request.socket.write(`HTTP/1.1 200 OK\r\n${header}\r\n`);
        request.socket.end(body);
      },
      { retries: 1 },
    );
    await expect(promise).rejects.toMatchObject({ code: 'download-failed' });
  });

  it('sends a password in a header and never shows it', async () => {
    server = await badServer({ '/m.iso': fails(403, body) });
    const secret = new URL(server.url.replace('//', '//joe:hunter2@'));
    secret.pathname = '/m.iso';
    secret.search = '?token=s3cret';
    const request = {
      target: path.join(folder, 'x'),
      hashes: newHashes(),
      retries: 0,
      timeout: 5,
      maxBytes: MIB,
    };
    const ports = {
      clock: fixedClock('2026-11-24'),
      log: recordingLog(),
      signal: new AbortController().signal,
    };
    const error = await download({ ...request, urls: [secret] }, ports).catch((thrown: Error) => thrown);
    expect(server.seen[0]?.authorization).toBe(`Basic ${Buffer.from('joe:hunter2').toString('base64')}`);
    expect(String((error as Error).message)).not.toMatch(/hunter2|s3cret/);
  });

  it('ends when the job is cancelled', async () => {
    const cancel = new AbortController();
    const promise = get(
      (_request, response) => {
        response.writeHead(200, { 'content-length': body.length });
        response.write(body.subarray(0, MIB), () => cancel.abort(new Error('cancelled')));
      },
      { signal: cancel.signal },
    );
    await expect(promise).rejects.toThrow('cancelled');
  });

  it('hands credentials to no other host that it is sent to', async () => {
    other = await badServer({ '/m.iso': good(body) });
    const there = `${other.url}/m.iso`;
    server = await badServer({
      '/m.iso': (_request, response) => response.writeHead(302, { location: there }).end(),
    });
    const first = new URL(`${server.url.replace('//', '//joe:hunter2@')}/m.iso`);
    const request = { urls: [first], target: path.join(folder, 'm.iso'), hashes: newHashes() };
    const ports = {
      ...{ clock: fixedClock('2026-11-24'), log: recordingLog() },
      signal: new AbortController().signal,
    };
    await download({ ...request, retries: 0, timeout: 5, maxBytes: 64 * MIB }, ports);
    expect(server.seen[0]?.authorization).toBeDefined();
    expect(other.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('bears with a server that is slow as long as something comes', async () => {
    const pieces = [0, 1, 2, 3, 4, 5, 6].map((index) => body.subarray(index * 1000, (index + 1) * 1000));
    const got = await get(
      (_request, response) => {
        response.writeHead(200, { 'content-length': 7000 });
        const timer = setInterval(() => {
          const piece = pieces.shift();
          if (piece) {
            response.write(piece);
          } else {
            clearInterval(timer);
            response.end();
          }
        }, 300);
      },
      { timeout: 1 },
    );
    expect(got.file.equals(body.subarray(0, 7000))).toBe(true);
    expect(server?.seen.length).toBe(1);
  });

  it('goes on where a server sent less than it was asked for', async () => {
    const got = await get((request, response, n) => {
      if (n !== 1) {
        cuts(body, 2 * MIB, 1)(request, response, n);
        return;
      }
      const start = rangeStart(request);
      response.writeHead(206, {
        etag: '"one"',
        'content-length': MIB,
        'content-range': `bytes ${start}-${start + MIB - 1}/${body.length}`,
      });
      response.end(body.subarray(start, start + MIB));
    });
    expect(got).toMatchObject({ ...whole, resumed: true });
    expect(server?.seen.length).toBe(3);
  });

  it('asks for the rest by the date where the tag is a weak one', async () => {
    const date = 'Tue, 24 Nov 2026 00:00:00 GMT';
    const got = await get((request, response, n) => {
      const start = rangeStart(request);
      response.writeHead(start > 0 ? 206 : 200, {
        ...{ etag: 'W/"one"', 'last-modified': date, 'content-length': body.length - start },
        ...(start > 0 ? { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` } : {}),
      });
      if (n === 0) {
        response.write(body.subarray(0, 2 * MIB), () => setTimeout(() => response.destroy(), 20));
      } else {
        response.end(body.subarray(start));
      }
    });
    expect(got).toMatchObject(whole);
    expect(server?.seen[1]?.ifRange).toBe(date);
  });

  it('does not go on with a part whose length contradicts its range', async () => {
    const promise = get((request, response, n) => {
      if (n === 0) {
        cuts(body, 2 * MIB, 1)(request, response, n);
        return;
      }
      const start = rangeStart(request);
      response.writeHead(206, {
        etag: '"one"',
        'content-length': body.length - start - 1000,
        'content-range': `bytes ${start}-${body.length - 1}/${body.length}`,
      });
      response.end(body.subarray(start, -1000));
    });
    await expect(promise).rejects.toThrow(/contradicts itself/);
  });

  it('tries again at once when the server says so', async () => {
    const got = await get(fails(503, body, 2, { 'retry-after': '0' }));
    expect(got).toMatchObject({ ...whole, waited: 0 });
  });
});
