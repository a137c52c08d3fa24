import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeSuite } from './small-medium.ts';

const run = promisify(execFile);

/** A signing key of its own for one test. */
export interface TestKey {
  readonly home: string;
  /** The armored public key. */
  readonly file: string;
  readonly remove: () => Promise<void>;
}

export async function testKey(
  folder: string,
  name: string,
  algorithm: 'ed25519' | 'rsa2048' = 'ed25519',
): Promise<TestKey> {
  const home = path.join(folder, `gnupg-${name}`);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const gpg = (...args: string[]) => run('gpg', ['--homedir', home, '--batch', '--quiet', ...args]);
  await gpg(
    '--passphrase',
    '',
    '--quick-generate-key',
    `${name} <test@example.org>`,
    algorithm,
    'sign',
    'never',
  );
  const file = path.join(folder, `${name}.asc`);
  await gpg('--armor', '--output', file, '--export');
  return {
    home,
    file,
    remove: async () => {
      await run('gpgconf', ['--homedir', home, '--kill', 'all']);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Writes a suite over a pool, with `more` fields, and signs it, as InRelease. */
export async function signedSuite(
  tree: string,
  options: Parameters<typeof writeSuite>[1],
  key: TestKey,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const release = await writeSuite(tree, options, more);
  const target = path.join(path.dirname(release), 'InRelease');
  await run('gpg', ['--homedir', key.home, '--batch', '--yes', '--output', target, '--clear-sign', release]);
}

/** Serves a folder on loopback. */
export async function serveFolder(folder: string): Promise<{
  readonly url: string;
  readonly requests: readonly string[];
  /** The next request that matches gets half of its file and then nothing more; resolves when it has it. */
  readonly stallAt: (name: RegExp) => Promise<void>;
  readonly close: () => Promise<void>;
}> {
  const requests: string[] = [];
  let stall: { readonly name: RegExp; readonly stalled: () => void } | undefined;
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    requests.push(name);
    const file = path.join(folder, path.normalize(name));
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-length': found.size });
    if (stall?.name.test(name)) {
      const { stalled } = stall;
      stall = undefined;
      createReadStream(file, { end: Math.floor(found.size / 2) })
        .on('end', stalled)
        .pipe(response, { end: false });
      return;
    }
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stallAt: (name) =>
      new Promise((resolve) => {
        stall = { name, stalled: resolve };
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
