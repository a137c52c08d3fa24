/** Faults that a test orders: the next requests that match get them in place of an answer. */
import type { ServerResponse } from 'node:http';

export type FaultKind =
  /** GitHub's secondary rate limit: 403 with Retry-After. */
  | { readonly kind: 'secondary-limit'; readonly retryAfter: number; readonly status?: 403 | 429 }
  /** The hourly limit: 403 with x-ratelimit-remaining 0 and the time of its end, `resetIn` seconds from now. */
  | { readonly kind: 'primary-limit'; readonly resetIn: number }
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  /** The answer begins after `ms` milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Headers and half of the body, then the connection ends. */
  | { readonly kind: 'truncated' }
  /** 200 with a page of HTML, as a proxy in between may answer. */
  | { readonly kind: 'html' }
  /** The connection is closed before any answer. */
  | { readonly kind: 'reset' };

export type Fault = FaultKind & {
  /** Matches `GET /repos/o/r/pulls/7?per_page=100`; for GraphQL `POST /graphql`. */
  readonly match: RegExp;
  /** How many requests get it; default 1. */
  readonly times?: number;
  /** The request was carried out before its answer got lost. */
  readonly afterEffect?: boolean;
};

export class Faults {
  readonly #pending: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times ?? 1 });
  }

  /** The fault for this request, used up. */
  take(request: string): Fault | undefined {
    const entry = this.#pending.find(({ fault, left }) => left > 0 && fault.match.test(request));
    if (entry) {
      entry.left -= 1;
    }
    return entry?.fault;
  }
}

/** Writes a fault; false when the normal answer follows. */
export async function writeFault(fault: Fault, response: ServerResponse, body: string): Promise<boolean> {
  const json = { 'content-type': 'application/json; charset=utf-8' };
  const end = (status: number, headers: Record<string, string>, text: string): true => {
    response.writeHead(status, headers).end(text);
    return true;
  };
  switch (fault.kind) {
    case 'secondary-limit':
      return end(
        fault.status ?? 403,
        { ...json, 'retry-after': String(fault.retryAfter) },
        JSON.stringify({
          message:
            'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
          documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
        }),
      );
    case 'primary-limit': {
      const reset = Math.ceil(Date.now() / 1000) + fault.resetIn;
      const headers = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0' };
      return end(
        403,
        { ...json, ...headers, 'x-ratelimit-reset': String(reset) },
        JSON.stringify({ message: 'API rate limit exceeded for installation ID 1.' }),
      );
    }
    case 'status':
      return end(fault.status, json, fault.body ?? JSON.stringify({ message: 'Server Error' }));
    case 'html':
      return end(200, { 'content-type': 'text/html' }, '<html><body>Please log in</body></html>');
    case 'reset':
      response.destroy();
      return true;
    case 'truncated':
      response.writeHead(200, { ...json, 'content-length': String(Buffer.byteLength(body)) });
      response.write(body.slice(0, Math.floor(body.length / 2)));
      setTimeout(() => response.destroy(), 20);
      return true;
    case 'slow':
      await new Promise((resolve) => {
        setTimeout(resolve, fault.ms);
      });
      return response.destroyed;
  }
}
