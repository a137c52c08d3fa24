/** What a handler answers, and how lists are cut into pages. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const noContent: Reply = { status: 204 };

/** An answer that is not a success, in GitHub's words. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    message: string,
    options: {
      readonly headers?: Readonly<Record<string, string>>;
      readonly extra?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.headers = options.headers ?? {};
    this.extra = options.extra ?? {};
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found');

/** Finds or answers 404. */
export function required<T>(value: T | undefined): T {
  if (value === undefined) {
    throw notFound();
  }
  return value;
}

const DEFAULT_PAGE = 30;
const LARGEST_PAGE = 100;

/** One page of a list, with GitHub's `Link` header. */
export function page<T>(
  url: URL,
  entries: readonly T[],
  wrap: (part: readonly T[], total: number) => unknown = (part) => part,
): Reply {
  const size = Math.min(LARGEST_PAGE, Number(url.searchParams.get('per_page') ?? DEFAULT_PAGE));
  const number = Number(url.searchParams.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(entries.length / size));
  const at = (wanted: number): string => {
    const target = new URL(url);
    target.searchParams.set('page', String(wanted));
    return target.href;
  };
  const links = [
    ...(number > 1 ? [`<${at(number - 1)}>; rel="prev"`, `<${at(1)}>; rel="first"`] : []),
    ...(number < last ? [`<${at(number + 1)}>; rel="next"`, `<${at(last)}>; rel="last"`] : []),
  ];
  return {
    status: 200,
    body: wrap(entries.slice((number - 1) * size, number * size), entries.length),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}

/** Pages by cursor, as the activity list has them: `after` is the id of the last entry of the page before. */
export function cursorPage<T extends { readonly id: number }>(
  url: URL,
  entries: readonly T[],
  view: (entry: T) => unknown,
): Reply {
  const size = Math.min(LARGEST_PAGE, Number(url.searchParams.get('per_page') ?? DEFAULT_PAGE));
  const after = url.searchParams.get('after');
  const start = after === null ? 0 : entries.findIndex((entry) => cursorOf(entry) === after) + 1;
  const part = entries.slice(start, start + size);
  const lastEntry = part.at(-1);
  const more = start + size < entries.length && lastEntry;
  const next = new URL(url);
  if (more) {
    next.searchParams.set('after', cursorOf(lastEntry));
  }
  return {
    status: 200,
    body: part.map(view),
    headers: more ? { link: `<${next.href}>; rel="next"` } : {},
  };
}

function cursorOf(entry: { readonly id: number }): string {
  return Buffer.from(`activity ${entry.id}`).toString('base64url');
}
