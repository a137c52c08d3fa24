import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BodySink, DirectSocket } from './direct-socket.ts';
import { httpGet } from './http-get.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** A server that does what it is told with each connection once the request is there. */
async function serve(behaviour: (socket: Socket) => unknown): Promise<URL> {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => behaviour(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`);
}

/** Memory of `size` bytes again and again; each must be stored, slowly, before the next may be filled. */
function slowSink(size: number, delay: number): BodySink & { readonly stored: Buffer[] } {
  const stored: Buffer[] = [];
  let memory = Buffer.alloc(size);
  let used = 0;
  let storing = false;
  return {
    stored,
    space: () => {
      expect(storing).toBe(false);
      return memory.subarray(used);
    },
    filled: (length) => {
      expect(storing).toBe(false);
      used += length;
      if (used < size) {
        stored.push(Buffer.from(memory.subarray(used - length, used)));
        return undefined;
      }
      stored.push(Buffer.from(memory.subarray(used - length, used)));
      storing = true;
      const before = Buffer.from(memory);
      return sleep(delay).then(() => {
        // Nothing was written into it meanwhile.
        expect(memory.equals(before)).toBe(true);
        memory = Buffer.alloc(size);
        used = 0;
        storing = false;
      });
    },
  };
}

const head = (length: number): string => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`;

describe('a body that is received past node:http', () => {
  it('arrives whole and in order, however it is cut up and however slow its sink is', async () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        pieces,
        fc.integer({ min: 1000, max: 70_000 }),
        fc.integer({ min: 0, max: 2 }),
        async (sizes, slot, delay) => {
          const parts = sizes.map((size) => randomBytes(size));
          const body = Buffer.concat(parts);
          const url = await serve(async (socket) => {
            socket.write(head(body.length));
            for (const part of parts) {
              socket.write(part);
              await sleep(delay);
            }
            socket.end();
          });
          const answer = await httpGet(url, {}, new AbortController().signal, {});
          await sleep(delay);
          const sink = slowSink(slot, delay);
          await answer.receive(sink);
          expect(Buffer.concat(sink.stored).equals(body)).toBe(true);
          server?.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('ends where its length says, whatever the server sends after it', async () => {
    // More than one read, so that the last one goes straight into the sink's memory, which has room for more.
    const body = randomBytes(300_000);
    const url = await serve(async (socket) => {
      socket.write(head(body.length));
      await sleep(30);
      socket.write(Buffer.concat([body, randomBytes(100_000)]));
    });
    const answer = await httpGet(url, {}, new AbortController().signal, {});
    const sink = slowSink(1_000_000, 1);
    await answer.receive(sink);
    expect(Buffer.concat(sink.stored).equals(body)).toBe(true);
  });

  it('is not read on while its sink is busy', async () => {
    const length = 256 * 1024 * 1024;
    const url = await serve((socket) => {
      const piece = Buffer.alloc(1 << 20);
      const more = (): void => {
        while (socket.writable && socket.write(piece)) {
          // Until the kernel takes no more.
        }
      };
      socket.on('drain', more);
      more();
    });
    const direct = new DirectSocket(url);
    await once(direct.socket, 'connect');
    direct.socket.write('x');
    let busy = (): void => {};
    const filled = (): Promise<void> =>
      new Promise((resolve) => {
        busy = resolve;
      });
    const received = direct.receive([], length, { space: () => Buffer.alloc(64 * 1024), filled });
    received.catch(() => {});
    await sleep(100);
    const before = direct.socket.bytesRead;
    await sleep(400);
    expect(before).toBeGreaterThan(0);
    expect(direct.socket.bytesRead).toBe(before);
    direct.socket.destroy();
    busy();
    await expect(received).rejects.toThrow('closed');
  });

  it('is whole also when somebody else makes the socket read while its sink is busy', async () => {
    const body = randomBytes(4 << 20);
    const url = await serve((socket) => socket.write(body));
    const direct = new DirectSocket(url);
    await once(direct.socket, 'connect');
    direct.socket.write('x');
    const sink = slowSink(30_000, 3);
    const nudge = setInterval(() => direct.socket.resume(), 1);
    await direct.receive([], body.length, sink);
    clearInterval(nudge);
    expect(Buffer.concat(sink.stored).equals(body)).toBe(true);
  });

  it('is an error when the connection ends early, and what came before counts', async () => {
    const url = await serve((socket) => {
      socket.write(head(100_000));
      socket.end(Buffer.alloc(60_000, 1));
    });
    const answer = await httpGet(url, {}, new AbortController().signal, {});
    const sink = slowSink(7000, 1);
    await expect(answer.receive(sink)).rejects.toThrow('closed');
    expect(sink.stored.reduce((sum, part) => sum + part.length, 0)).toBeGreaterThan(0);
  });

  it('hands on what its sink throws, at once or later, and ends the connection', async () => {
    for (const filled of [
      () => {
        throw new Error('full');
      },
      () => Promise.reject(new Error('full')),
    ]) {
      let closed = false;
      const url = await serve((socket) => {
        socket.on('close', () => {
          closed = true;
        });
        socket.write(head(1e9));
        socket.write(Buffer.alloc(1e6));
      });
      const answer = await httpGet(url, {}, new AbortController().signal, {});
      await expect(answer.receive({ space: () => Buffer.alloc(1000), filled })).rejects.toThrow('full');
      await sleep(50);
      expect(closed).toBe(true);
      server?.close();
    }
  });

  it('ends when it is aborted', async () => {
    const cancel = new AbortController();
    const url = await serve((socket) => socket.write(head(1e9)));
    const answer = await httpGet(url, {}, cancel.signal, {});
    setTimeout(() => cancel.abort(new Error('enough')), 50);
    await expect(answer.receive(slowSink(1000, 1))).rejects.toThrow();
  });

  it('goes through a proxy where one is named, not where no_proxy says so', async () => {
    let asked = '';
    server = createServer((socket) => {
      socket.once('data', (data) => {
        asked = data.toString().split('\r\n')[0] ?? '';
        socket.end(`${head(5)}hello`);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const signal = new AbortController().signal;
    const sink = slowSink(10, 0);
    const answer = await httpGet(new URL('http://vendor.test/m.iso'), {}, signal, { http_proxy: proxy });
    await answer.receive(sink);
    expect([asked, Buffer.concat(sink.stored).toString()]).toEqual([
      'GET http://vendor.test/m.iso HTTP/1.1',
      'hello',
    ]);
    const direct = await httpGet(new URL(`${proxy}/m.iso`), {}, signal, {
      http_proxy: 'http://127.0.0.1:9',
      no_proxy: '127.0.0.1',
    });
    direct.cancel();
    expect(asked).toBe('GET /m.iso HTTP/1.1');
  });
});
