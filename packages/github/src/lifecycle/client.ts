import { type Ports, UserError } from '@golden-image/host';

/** The part of GitHub's API that a catalog and its users need. */
export interface GithubApi {
  readonly repository: string;
  /** 404 is an answer; other refusals are errors unless they are named in `accept`. */
  request(
    method: string,
    path: string,
    body?: unknown,
    accept?: readonly number[],
  ): Promise<{ readonly status: number; readonly data: unknown }>;
  /** What went wrong is an answer here: GraphQL says so with status 200. */
  graphql(
    query: string,
    variables: unknown,
  ): Promise<{ readonly data: unknown; readonly errors: readonly string[] }>;
}

export interface GithubOptions {
  /** Address of the REST API. */
  readonly url: string;
  /** Address of the GraphQL API. */
  readonly graphqlUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
}

/** How often a request is made when the server is in trouble. */
const ATTEMPTS = 4;

/** @throws UserError `github-refused` with what GitHub answered */
export function githubApi(
  options: GithubOptions,
  ports: Pick<Ports, 'fetch' | 'clock' | 'signal'>,
): GithubApi {
  const send = (method: string, url: string, body: unknown) =>
    sendPatiently(method, url, body, options, ports);
  return {
    repository: options.repository,
    request: async (method, path, body, accept = []) => {
      const { status, text } = await send(method, `${options.url}/repos/${options.repository}${path}`, body);
      const data = parse(text);
      if ((status < 200 || status > 299) && status !== 404 && !accept.includes(status)) {
        throw new UserError(`GitHub refused ${method} ${path}: ${status} ${messageOf(data)}`, {
          code: 'github-refused',
          fix: 'Give the job’s token `issues: write` (issues) and `contents: write` (releases, branches).',
          detail: text.slice(0, 2_000),
        });
      }
      return { status, data };
    },
    graphql: async (query, variables) => {
      const { status, text } = await send('POST', options.graphqlUrl, { query, variables });
      const answer = parse(text) as { data?: unknown; errors?: { message?: unknown }[] } | undefined;
      const errors = (answer?.errors ?? []).map(({ message }) => String(message).slice(0, 300));
      return {
        data: answer?.data,
        errors: status === 200 ? errors : [`${status} ${messageOf(answer)}`, ...errors],
      };
    },
  };
}

/** Waits where GitHub asks for it; what changes something is not sent twice when the server is in trouble. */
async function sendPatiently(
  method: string,
  url: string,
  body: unknown,
  { token }: GithubOptions,
  ports: Pick<Ports, 'fetch' | 'clock' | 'signal'>,
): Promise<{ readonly status: number; readonly text: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await ports.fetch(url, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'golden-image-actions',
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([ports.signal, AbortSignal.timeout(30_000)]),
    });
    const { status, headers } = response;
    const limited = status === 429 || (status === 403 && headers.has('retry-after'));
    if ((limited || (status >= 500 && method === 'GET')) && attempt < ATTEMPTS) {
      const wait = Number(headers.get('retry-after') ?? 2 ** attempt);
      await ports.clock.sleep(Math.min(60, Number.isFinite(wait) ? wait : 5) * 1000, ports.signal);
      continue;
    }
    return { status, text: await response.text() };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(data: unknown): string {
  const { message } = (data ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message.slice(0, 200) : '';
}
