import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A cache of packages on loopback, which all sides fetch through. */
export interface PackageCache {
  /** For `http_proxy`. */
  readonly url: string;
  readonly end: () => Promise<void>;
}

/** squid.conf(5): everything in memory, for this machine alone; what was fetched once stays. */
const settings = (port: number): string =>
  [
    `http_port 127.0.0.1:${port}`,
    ...['cache_mem 1500 MB', 'maximum_object_size_in_memory 300 MB'],
    ...['http_access allow localhost', 'http_access deny all'],
    'refresh_pattern . 1440 100% 10080 override-expire override-lastmod ignore-reload',
    ...['access_log none', 'cache_log /dev/null', 'pid_filename none', 'shutdown_lifetime 0 seconds', ''],
  ].join('\n');

/**
 * Starts squid.
 *
 * @throws Error when it does not answer
 */
export async function packageCache(folder: string): Promise<PackageCache> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const file = path.join(folder, 'squid.conf');
  await writeFile(file, settings(port));
  const child = spawn('squid', ['-N', '-f', file], { stdio: 'ignore' });
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
  throw new Error('squid does not answer');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
