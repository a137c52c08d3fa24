import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type BodySink, DirectSocket, pour } from './direct-socket.ts';
import { freeYoungGarbage } from './young-garbage.ts';

/** Buffers of a stream are freed each time so many bytes came. */
const FREE_EVERY = 4 * 1024 * 1024;

/** Status and header fields of an answer. */
export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** By lower-case name. */
  header(name: string): string | undefined;
}

export interface Answer extends ResponseHead {
  /** Takes the whole body. */
  receive(sink: BodySink): Promise<void>;
  /** Ends the connection; the body is not wanted. */
  cancel(): void;
}

/**
 * One GET, redirects not followed. Goes through the proxy that `http_proxy`, `https_proxy` and `no_proxy` name.
 *
 * @param signal ends the request and the body
 * @throws Error of the connection
 */
export function httpGet(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Answer> {
  const secure = url.protocol === 'https:';
  const direct = hasProxy(url, environment) ? undefined : new DirectSocket(url);
  const connection = direct
    ? { createConnection: () => direct.socket }
    : { agent: new (secure ? HttpsAgent : HttpAgent)({ proxyEnv: environment }) };
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(url, {
      headers: { ...headers, connection: 'close' },
      signal,
      ...connection,
    });
    // What happens after the head is the body's failure, and comes with it.
    request.on('error', reject);
    request.on('response', (response) => resolve(answer(response, direct)));
    request.end();
  });
}

function answer(response: IncomingMessage, direct: DirectSocket | undefined): Answer {
  // A body that nobody waits for any more may still fail.
  response.on('error', () => {});
  const header = (name: string): string | undefined => {
    const value = response.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const length = Number(header('content-length') ?? Number.NaN);
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    header,
    // node:http has refused a length that is no number, or that comes with a transfer coding.
    receive: (sink) =>
      direct && length > 0 ? direct.receive(early(response), length, sink) : stream(response, sink),
    cancel: () => response.destroy(),
  };
}

/** What came together with the head. */
function early(response: IncomingMessage): readonly Buffer[] {
  response.pause();
  const chunks: Buffer[] = [];
  for (let chunk = response.read(); chunk !== null; chunk = response.read()) {
    chunks.push(chunk);
  }
  return chunks;
}

async function stream(response: IncomingMessage, sink: BodySink): Promise<void> {
  let garbage = 0;
  for await (const chunk of response) {
    await pour(chunk, sink);
    garbage += chunk.length;
    if (garbage >= FREE_EVERY) {
      garbage = 0;
      freeYoungGarbage();
    }
  }
}

function hasProxy(url: URL, environment: Readonly<Record<string, string | undefined>>): boolean {
  const name = `${url.protocol.slice(0, -1)}_proxy`;
  return Boolean(environment[name] || environment[name.toUpperCase()]);
}
