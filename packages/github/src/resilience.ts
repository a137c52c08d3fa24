import type { Ports } from '@golden-image/host';
import type { GitHubApi } from './api.ts';
import { header, httpStatus, RateLimited, UnreadableAnswer } from './failure.ts';

export interface Patience {
  /** Longest time for one answer, in milliseconds. */
  readonly answerMs: number;
  /** How often one request is sent at most. */
  readonly attempts: number;
  /** How long all waits together may last, in milliseconds. */
  readonly waitMs: number;
}

export const usualPatience: Patience = { answerMs: 30_000, attempts: 5, waitMs: 15 * 60_000 };

/** GitHub asks to wait at least a minute where it does not say how long. */
const SECONDARY_LIMIT_MS = 60_000;
const FIRST_WAIT_MS = 1_000;

type ResiliencePorts = Pick<Ports, 'clock' | 'log' | 'signal'>;

interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/**
 * Makes every request of `api` wait out rate limits and repeat what failed for GitHub's own reasons, as
 * docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api asks. octokit's plugins for this wait
 * on timers of their own that no cancellation reaches, repeat requests that are not safe to repeat, and take half an
 * answer for a whole one.
 */
export function makeResilient(api: GitHubApi, ports: ResiliencePorts, patience = usualPatience): void {
  let waited = 0;
  api.hook.wrap('request', async (send, options) => {
    for (let attempt = 1; ; attempt += 1) {
      ports.signal.throwIfAborted();
      const signal = AbortSignal.any([ports.signal, AbortSignal.timeout(patience.answerMs)]);
      let cause: unknown;
      try {
        const answer = await send({ ...options, request: { ...options.request, signal } });
        refuseHalfAnswers(answer as Answer, options.url);
        return answer;
      } catch (error) {
        ports.signal.throwIfAborted();
        cause = error;
      }
      const graphql = options.url.endsWith('/graphql');
      const repeatable = options.method !== 'POST' || graphql;
      const wait = waitFor(cause, attempt, repeatable, ports.clock.now().getTime());
      if (!wait || attempt >= patience.attempts) {
        throw wait?.limit ? limitError(wait.ms, ports) : cause;
      }
      if (waited + wait.ms > patience.waitMs) {
        throw wait.limit ? limitError(wait.ms, ports) : cause;
      }
      waited += wait.ms;
      ports.log.info(
        `GitHub: ${wait.reason}; ${options.method} ${options.url} again in ${Math.ceil(wait.ms / 1000)} s`,
      );
      await ports.clock.sleep(wait.ms, ports.signal);
    }
  });
}

interface Wait {
  readonly ms: number;
  readonly reason: string;
  readonly limit?: boolean;
}

/** How long to wait before the same request may be sent again; undefined: never. */
function waitFor(error: unknown, attempt: number, repeatable: boolean, now: number): Wait | undefined {
  const status = httpStatus(error);
  const message = error instanceof Error ? error.message : '';
  const retryAfter = Number(header(error, 'retry-after'));
  const doubled = 2 ** (attempt - 1);
  if (status === 403 || status === 429) {
    if (retryAfter > 0) {
      return { ms: retryAfter * 1000, reason: 'too many requests', limit: true };
    }
    if (header(error, 'x-ratelimit-remaining') === '0') {
      const reset = Number(header(error, 'x-ratelimit-reset')) * 1000;
      const ms = Math.max(FIRST_WAIT_MS, (Number.isNaN(reset) ? now : reset) - now + 1000);
      return { ms, reason: 'the hourly limit is used up', limit: true };
    }
    if (status === 429 || /secondary rate limit|abuse detection/i.test(message)) {
      return { ms: SECONDARY_LIMIT_MS * doubled, reason: 'too many requests', limit: true };
    }
    return undefined;
  }
  // No status: the connection failed before an answer.
  if (repeatable && (status === undefined || status >= 500 || status === 408)) {
    const ms = retryAfter > 0 ? retryAfter * 1000 : FIRST_WAIT_MS * doubled;
    return { ms, reason: message.slice(0, 100) || `status ${status}` };
  }
  return undefined;
}

function limitError(ms: number, { clock }: ResiliencePorts): RateLimited {
  const until = new Date(clock.now().getTime() + ms).toISOString().slice(0, 19);
  return new RateLimited(`GitHub's rate limit is used up until ${until}Z: run the job again after that`);
}

/** octokit gives an answer that it could not parse as text, or as nothing when the connection broke. */
function refuseHalfAnswers({ status, data, headers }: Answer, url: string): void {
  if (status >= 200 && status < 300 && status !== 204 && typeof data !== 'object') {
    const type = String(headers['content-type'] ?? 'no content type').slice(0, 60);
    throw new UnreadableAnswer(`${url}: the answer is no complete JSON (${type})`);
  }
  const errors = (data as { errors?: readonly { type?: string; message?: string }[] } | undefined)?.errors;
  if (Array.isArray(errors) && errors.some((error) => error.type === 'RATE_LIMITED')) {
    throw Object.assign(new Error('API rate limit exceeded'), { status: 429, response: { headers } });
  }
  if (Array.isArray(errors) && errors.some((error) => error.message?.startsWith('Something went wrong'))) {
    throw new UnreadableAnswer('POST /graphql: GitHub could not carry the query out in time');
  }
}
