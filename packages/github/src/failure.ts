import { howToGrant, neededPermission } from './permissions.ts';

/** A list or an answer that GitHub does not give whole: what is left out could change a decision. */
export class Incomplete extends Error {}

/** GitHub's limit is used up, for longer than we wait. */
export class RateLimited extends Error {}

/** 200, but not JSON: a proxy's page, or half an answer. */
export class UnreadableAnswer extends Error {
  /** As octokit's own errors have it: counts as a fault of the server. */
  readonly status = 502;
}

/** Why something is not known, in words, and the permission to grant. */
export interface Failure {
  readonly detail: string;
  readonly permission?: string;
}

interface HttpError {
  readonly status: number;
  readonly message: string;
  readonly request?: { readonly method?: string; readonly url?: string };
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

interface GraphqlError {
  readonly errors: readonly { readonly type?: string; readonly message: string }[];
}

export function httpStatus(error: unknown): number | undefined {
  const status = (error as HttpError | undefined)?.status;
  return typeof status === 'number' ? status : undefined;
}

export function header(error: unknown, name: string): string | undefined {
  return (error as HttpError | undefined)?.response?.headers?.[name];
}

/** `Upgrade to GitHub Pro or make this repository public`, `Please ensure the billing plan supports …`. */
const PLAN = /upgrade to github|billing plan|not available (?:for|on) (?:your|this) plan/i;

/** Puts anything thrown by a request into words. */
export function explain(error: unknown): Failure {
  if (error instanceof Incomplete || error instanceof RateLimited || error instanceof UnreadableAnswer) {
    return { detail: error.message };
  }
  const graphql = (error as GraphqlError | undefined)?.errors;
  if (Array.isArray(graphql)) {
    return explainGraphql(graphql);
  }
  const status = httpStatus(error);
  if (status === undefined) {
    return { detail: error instanceof Error ? error.message : String(error) };
  }
  const { message, request } = error as HttpError;
  const place = `${request?.method ?? 'GET'} ${pathOf(request?.url)}`;
  if (status === 401) {
    return { detail: 'GitHub does not accept the token: it is wrong, or it has expired' };
  }
  if (PLAN.test(message)) {
    return { detail: `the plan of this owner does not include it: ${sentence(message)}` };
  }
  if (status === 403 && header(error, 'x-github-sso')) {
    return { detail: 'the token is not authorised for the single sign-on of this organisation' };
  }
  if (status === 403 || status === 404) {
    const permission = neededPermission(place, header(error, 'x-accepted-github-permissions'));
    const hidden = status === 404 ? 'it is not there, or the token may not see it' : 'the token may not';
    return {
      detail: `${place}: ${hidden}${permission ? `; ${howToGrant(permission)}` : ''}`,
      ...(permission ? { permission } : {}),
    };
  }
  return { detail: `${place}: GitHub answered ${status}: ${sentence(message)}` };
}

function explainGraphql(errors: GraphqlError['errors']): Failure {
  const words = [...new Set(errors.map((error) => sentence(error.message)))].slice(0, 3).join('; ');
  if (errors.some((error) => error.type === 'FORBIDDEN' || error.type === 'INSUFFICIENT_SCOPES')) {
    const permission = neededPermission('POST /graphql', undefined) ?? '';
    return { detail: `POST /graphql: the token may not; ${howToGrant(permission)}`, permission };
  }
  return { detail: `POST /graphql: ${words}` };
}

function pathOf(url: string | undefined): string {
  return url && URL.canParse(url) ? new URL(url).pathname.replace(/^\/api\/v3/, '') : (url ?? '');
}

/** octokit adds the documentation's address after a dash. */
function sentence(message: string): string {
  return message
    .replace(/ - https?:\/\/\S+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
