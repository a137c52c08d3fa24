import type { Finding } from './decision.ts';

export type Status = 'pass' | 'fail' | 'unknown';
const STATUS = { pass: 'met', fail: 'not-met', unknown: 'unknown' } as const satisfies Record<
  Status,
  Finding['status']
>;

export function finding(
  rule: string,
  requirement: string,
  status: Status,
  details: { readonly by?: string | undefined; readonly found: string; readonly next: string },
): Finding {
  const met = status === 'pass';
  return {
    rule,
    requirement,
    status: STATUS[status],
    by: details.by ?? '',
    found: details.found,
    next: met ? '' : details.next,
  };
}

/** No fact at all is unknown. */
export function worst(statuses: readonly Status[]): Status {
  if (statuses.includes('fail')) {
    return 'fail';
  }
  return statuses.length === 0 || statuses.includes('unknown') ? 'unknown' : 'pass';
}

/** A list for people: the first five, and how many more there are. */
export function firstOf(items: readonly string[]): string {
  return items.length > 5 ? `${items.slice(0, 5).join(', ')} and ${items.length - 5} more` : items.join(', ');
}
