/**
 * Serves one folder over HTTP on loopback, byte ranges included, until a process ends.
 *
 *   node serve.ts --folder DIR --url-file FILE [--watch-pid PID]
 *
 * FILE appears with the base URL in it once the server listens. Without --watch-pid it runs until it is ended.
 */
import { createReadStream } from 'node:fs';
import { realpath, rename, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { parseArgs } from 'node:util';
import { isAlive, MediumError } from './host.ts';

const WATCH_MS = 1_000;

/** A request handler for the regular files right inside a folder. */
export function folderHandler(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const file = await findFile(folder, request.url ?? '/');
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const { size, mtime } = await stat(file);
    const etag = `"${size.toString(16)}-${mtime.getTime().toString(16)}"`;
    const common = { 'accept-ranges': 'bytes', etag, 'last-modified': mtime.toUTCString() };
    const condition = request.headers['if-range'];
    const applies = condition === undefined || condition === etag || condition === mtime.toUTCString();
    const range = applies ? parseRange(request.headers.range, size) : undefined;
    if (range === 'unsatisfiable') {
      response.writeHead(416, { ...common, 'content-range': `bytes */${size}` }).end();
      return;
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    response.writeHead(range ? 206 : 200, {
      ...common,
      'content-length': end - start + 1,
      'content-type': 'application/octet-stream',
      ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
    });
    if (request.method === 'HEAD' || size === 0) {
      response.end();
      return;
    }
    const source = createReadStream(file, { start, end, highWaterMark: 1024 * 1024 });
    // A client that goes away is its own business.
    pipeline(source, response, () => {});
  };
}

async function findFile(folder: string, url: string): Promise<string | undefined> {
  let name: string;
  try {
    name = decodeURIComponent(new URL(url, 'http://localhost').pathname.slice(1));
  } catch {
    return undefined;
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name)) {
    return undefined;
  }
  const file = path.join(folder, name);
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? file : undefined;
}

/** One range of RFC 9110 section 14.1.2; several at once are answered by the whole file, as it allows. */
function parseRange(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) {
    return undefined;
  }
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      'url-file': { type: 'string' },
      'watch-pid': { type: 'string' },
    },
  });
  if (!values.folder || !values['url-file']) {
    throw new MediumError('Name the folder and where to write the address: --folder DIR --url-file FILE');
  }
  const server = createServer(folderHandler(await realpath(values.folder)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await writeFile(`${values['url-file']}.new`, `${url}\n`);
  await rename(`${values['url-file']}.new`, values['url-file']);
  const watched = Number(values['watch-pid']);
  if (values['watch-pid'] !== undefined) {
    setInterval(() => {
      if (!isAlive(watched)) {
        process.exit(0);
      }
    }, WATCH_MS).unref();
  }
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof MediumError ? error.message : error);
    process.exitCode = 1;
  });
}
