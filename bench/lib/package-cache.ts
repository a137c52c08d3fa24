import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A cache of packages on loopback, which all sides fetch through. */
export interface PackageCache {
  /** For `http_proxy`. */
  readonly url: string;
  readonly end: () => Promise<void>;
}

/**
 * Starts apt-cacher-ng with a cache of its own.
 *
 * @throws Error when it does not answer
 */
export async function packageCache(folder: string): Promise<PackageCache> {
  await mkdir(path.join(folder, 'packages'), { recursive: true });
  await mkdir(path.join(folder, 'log'), { recursive: true });
  const port = await freePort();
  const settings = [
    ...['ForeGround=1', `Port=${port}`, 'BindAddress=127.0.0.1'],
    ...[`CacheDir=${folder}/packages`, `LogDir=${folder}/log`, `SocketPath=${folder}/socket`],
  ];
  const child = spawn('apt-cacher-ng', ['-c', '/etc/apt-cacher-ng', ...settings], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(url).catch(() => undefined)) {
      return {
        url,
        end: async () => {
          child.kill();
          await ended;
        },
      };
    }
    await sleep(100);
  }
  child.kill();
  throw new Error('apt-cacher-ng does not answer');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
