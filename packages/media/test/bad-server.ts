/** An HTTP server on loopback that serves one file well or badly, as the path of each request says. */
import { spawnSync } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly authorization: string | undefined;
}

/** What a server does with the n-th request (from 0) for a path. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, n: number) => void;

export interface BadServer {
  readonly url: string;
  /** In order. */
  readonly seen: Seen[];
  readonly close: () => Promise<void>;
}

/** A private key and its certificate, PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate of 127.0.0.1 and localhost that signs itself, made by openssl. */
export function certificate(): Certificate {
  const { status, stdout, stderr } = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
      ...['-keyout', '-', '-out', '-'],
    ],
    { encoding: 'utf8' },
  );
  const [, key, cert] =
    /(-----BEGIN P[\s\S]*?END PRIVATE KEY-----)\s*(-----BEGIN C[\s\S]*)/.exec(stdout) ?? [];
  if (status !== 0 || !key || !cert) {
    throw new Error(`openssl: ${stderr}`);
  }
  return { key, cert };
}

/** Serves each path by its behaviour, everything else with 404; over TLS with a certificate. */
export async function badServer(
  paths: Readonly<Record<string, Behaviour>>,
  tls?: Certificate,
): Promise<BadServer> {
  const seen: Seen[] = [];
  const counts = new Map<string, number>();
  const answer: RequestListener = (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const { range, 'if-range': ifRange, authorization } = request.headers;
    seen.push({ path, range, ifRange: ifRange as string | undefined, authorization });
    const n = counts.get(path) ?? 0;
    counts.set(path, n + 1);
    const behaviour = paths[path];
    if (behaviour) {
      behaviour(request, response, n);
    } else {
      response.writeHead(404).end('no');
    }
  };
  const server = tls ? createSecureServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The first byte asked for; 0 without a range. */
export function rangeStart(request: IncomingMessage): number {
  return Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
}

/** Sends the file rightly, ranges included. */
export function good(body: Buffer, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (request, response) => {
    const start = rangeStart(request);
    const tag = headers.etag ?? '"one"';
    const condition = request.headers['if-range'];
    const partial = start > 0 && (condition === undefined || condition === tag);
    const part = partial ? body.subarray(start) : body;
    response.writeHead(partial ? 206 : 200, {
      etag: tag,
      'content-length': part.length,
      ...(partial ? { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` } : {}),
      ...headers,
    });
    response.end(part);
  };
}

/** Breaks the connection after `bytes` of each answer, for the first `times` requests. */
export function cuts(body: Buffer, bytes: number, times: number): Behaviour {
  return (request, response, n) => {
    if (n >= times) {
      good(body)(request, response, n);
      return;
    }
    const start = rangeStart(request);
    response.writeHead(start > 0 ? 206 : 200, {
      etag: '"one"',
      'content-length': body.length - start,
      ...(start > 0 ? { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` } : {}),
    });
    response.write(body.subarray(start, start + bytes), () => setTimeout(() => response.destroy(), 20));
  };
}

/** Answers with a status, for the first `times` requests. */
export function fails(
  status: number,
  body: Buffer,
  times = Number.POSITIVE_INFINITY,
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  return (request, response, n) => {
    if (n < times) {
      response.writeHead(status, headers).end('no');
    } else {
      good(body)(request, response, n);
    }
  };
}
