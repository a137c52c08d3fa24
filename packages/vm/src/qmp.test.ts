import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalServer, listenLocally } from './local-server.ts';
import { QmpClient } from './qmp.ts';

let folder: string;
let server: LocalServer;
/** QEMU's end. */
let peer: Socket;
let client: QmpClient;
const never = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qmp-'));
  server = await listenLocally(path.join(folder, 's'));
  peer = connect(server.path);
  client = new QmpClient(await server.connection);
});

afterEach(async () => {
  peer.destroy();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Answers each command in order. */
function answer(...replies: readonly ((id: number) => unknown)[]): void {
  let index = 0;
  peer.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().trim().split('\n')) {
      const { id } = JSON.parse(line) as { id: number };
      const reply = replies[index];
      index += 1;
      if (reply) {
        peer.write(`${JSON.stringify(reply(id))}\r\n`);
      }
    }
  });
}

describe('QMP', () => {
  it('negotiates after the greeting and matches answers by id', async () => {
    answer(
      (id) => ({ return: {}, id }),
      (id) => ({ return: { status: 'running' }, id }),
    );
    peer.write('{"QMP": {"version": {}}}\r\n');
    await client.negotiate();
    await expect(client.execute('query-status')).resolves.toEqual({ status: 'running' });
  });

  it("tells a refusal in QEMU's words", async () => {
    answer((id) => ({ error: { class: 'GenericError', desc: 'Device not found' }, id }));
    await expect(client.execute('device_del', { id: 'x' })).rejects.toThrow(
      'QEMU refused device_del: Device not found',
    );
  });

  it('delivers an event that comes in pieces', async () => {
    const event = client.waitForEvent((e) => e.event === 'RESET', 'a reset', {
      timeoutMs: 2_000,
      signal: never,
    });
    peer.write('{"event": "STOP"}\r\n{"event": "RE');
    peer.write('SET", "data": {"guest": true}}\r\n');
    await expect(event).resolves.toEqual({ event: 'RESET', data: { guest: true } });
  });

  it('ends what waits when QEMU goes', async () => {
    const command = client.execute('query-status');
    const event = client.waitForEvent(() => true, 'anything', { timeoutMs: 60_000, signal: never });
    peer.destroy();
    await expect(command).rejects.toMatchObject({ code: 'qmp-closed' });
    await expect(event).rejects.toMatchObject({ code: 'qmp-closed' });
    await expect(client.execute('quit')).rejects.toMatchObject({ code: 'qmp-closed' });
    await expect(client.negotiate()).rejects.toMatchObject({ code: 'qmp-closed' });
  });

  it('does not wait for an event for ever', async () => {
    const wait = client.waitForEvent(() => false, 'a reset', { timeoutMs: 20, signal: never });
    await expect(wait).rejects.toMatchObject({ code: 'qmp-timeout' });
  });

  it('stops waiting when it is told to', async () => {
    const abort = new AbortController();
    const wait = client.waitForEvent(() => false, 'a reset', { timeoutMs: 60_000, signal: abort.signal });
    abort.abort(new Error('cancelled'));
    await expect(wait).rejects.toThrow('cancelled');
  });

  it('hangs up on what is not QMP', async () => {
    peer.write('this is no JSON\r\n');
    await once(peer, 'close');
    await expect(client.execute('x')).rejects.toMatchObject({ code: 'qmp-closed' });
  });
});
