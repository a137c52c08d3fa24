import { type Clock, UserError } from '@golden-image/host';
import type { Answer } from './http-get.ts';
import { shownUrl } from './location.ts';

const MAX_REDIRECTS = 10;

/** What went wrong with one request, and whether it is worth trying again. */
export class RequestFailure extends Error {
  /** `retry`: the same again later; `other-server`: this one will not do it, another one may. */
  readonly remedy: 'retry' | 'other-server';
  /** What the server asks to wait, in seconds. */
  readonly retryAfter: number | undefined;

  constructor(message: string, remedy: 'retry' | 'other-server', retryAfter?: number) {
    super(message);
    this.remedy = remedy;
    this.retryAfter = retryAfter;
  }
}

export interface Requested {
  readonly response: Answer;
  /** After redirects. */
  readonly url: URL;
}

/**
 * A GET with redirects followed: never from https to http, credentials never to another host.
 *
 * @param signal ends the request and the body that follows
 * @throws RequestFailure for a status that is not 200, 206 or 416, and for a connection that fails
 * @throws UserError `insecure-redirect`
 */
export async function request(
  start: URL,
  headers: Readonly<Record<string, string>>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Requested> {
  // Node's modules for HTTP and TLS take a while to load: not for a file that is there already.
  const { httpGet } = await import('./http-get.ts');
  let url = new URL(start);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const { target, authorization } = withoutCredentials(url);
    const response = await httpGet(
      target,
      { ...headers, ...authorization, 'accept-encoding': 'identity' },
      signal,
    ).catch((error: unknown) => {
      throw new RequestFailure(`${shownUrl(url)}: ${connectionError(error)}`, 'retry');
    });
    const location = response.header('location');
    if (response.status < 300 || response.status >= 400 || location === undefined) {
      refuse(response, url, clock);
      return { response, url };
    }
    response.cancel();
    url = redirected(url, location);
  }
  throw new RequestFailure(`${shownUrl(start)} redirects more than ${MAX_REDIRECTS} times`, 'other-server');
}

/** Credentials of a URL travel in a header, to this host only. */
function withoutCredentials(url: URL): {
  readonly target: URL;
  readonly authorization: Readonly<Record<string, string>>;
} {
  if (url.username === '' && url.password === '') {
    return { target: url, authorization: {} };
  }
  const target = new URL(url);
  target.username = '';
  target.password = '';
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { target, authorization: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}

/** @throws RequestFailure, UserError `insecure-redirect` */
export function redirected(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (to?.protocol !== 'https:' && to?.protocol !== 'http:') {
    throw new RequestFailure(`${shownUrl(from)} redirects to something that is not http`, 'other-server');
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new UserError(`${shownUrl(from)} redirects from https to plain http (${shownUrl(to)}): refused`, {
      code: 'insecure-redirect',
      fix: 'Use a server that stays on https.',
    });
  }
  return to;
}

function refuse(response: Answer, url: URL, clock: Clock): void {
  const { status } = response;
  if (status === 200 || status === 206 || status === 416) {
    return;
  }
  response.cancel();
  const text = `${shownUrl(url)} answers ${status}${response.statusText ? ` ${response.statusText}` : ''}`;
  if (status === 408 || status === 429 || status >= 500) {
    throw new RequestFailure(text, 'retry', retryAfter(response, clock.now()));
  }
  throw new RequestFailure(text, 'other-server');
}

/** Retry-After in seconds (RFC 9110 section 10.2.3: a number or a date). */
function retryAfter(response: Answer, now: Date): number | undefined {
  const value = response.header('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) {
    return Number(value);
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now.getTime()) / 1000);
}

/** The innermost cause says what happened. */
export function connectionError(error: unknown): string {
  let inner = error;
  for (let depth = 0; inner instanceof Error && inner.cause !== undefined && depth < 4; depth += 1) {
    inner = inner.cause;
  }
  if (inner instanceof AggregateError && inner.errors.length > 0) {
    inner = inner.errors[0];
  }
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
