import type { ResponseHead } from './http-get.ts';

/** What is known of the file behind a URL after the first answer. */
export interface Expectation {
  /** Length of the whole file in bytes. */
  readonly total?: number | undefined;
  /** For If-Range. */
  readonly validator?: string | undefined;
  /** Whom the validator belongs to. */
  readonly url?: string;
}

export type Verdict =
  /** The bytes go on at the offset. */
  | { readonly kind: 'continue'; readonly total: number | undefined }
  /** The bytes are the whole file from its start. */
  | { readonly kind: 'restart'; readonly total: number | undefined }
  /** Nothing usable; ask for the whole file. */
  | { readonly kind: 'again' }
  /** The server contradicts itself or the others. */
  | { readonly kind: 'wrong'; readonly reason: string };

/**
 * Judges status and headers of an answer to a request for the bytes from `offset` on (RFC 9110 sections 14 and 15.3.7).
 *
 * @param known the file's length as far as it is known, in bytes
 */
export function checkRange(response: ResponseHead, offset: number, known: number | undefined): Verdict {
  const length = lengthOf(response);
  if (length === 'malformed') {
    return { kind: 'wrong', reason: 'gives a Content-Length that is no number' };
  }
  if (encoded(response)) {
    return { kind: 'wrong', reason: 'sends the file in another encoding than it was asked for' };
  }
  if (response.status === 416) {
    return offset > 0
      ? { kind: 'again' }
      : { kind: 'wrong', reason: 'refuses to send the file from its start' };
  }
  if (response.status === 200) {
    return { kind: offset > 0 ? 'restart' : 'continue', total: length };
  }
  if (offset === 0) {
    return { kind: 'wrong', reason: 'sends a part of the file that was not asked for' };
  }
  return checkPartial(response, offset, known, length);
}

function checkPartial(
  response: ResponseHead,
  offset: number,
  known: number | undefined,
  length: number | undefined,
): Verdict {
  const header = response.header('content-range') ?? '';
  const [, first, last, all] = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/i.exec(header) ?? [];
  if (first === undefined || last === undefined || all === undefined) {
    return {
      kind: 'wrong',
      reason: `answers with an unreadable Content-Range ${JSON.stringify(header.slice(0, 80))}`,
    };
  }
  const total = all === '*' ? known : Number(all);
  if (Number(first) !== offset) {
    return { kind: 'wrong', reason: `sends the bytes from ${first} instead of ${offset}` };
  }
  if (known !== undefined && total !== known) {
    return { kind: 'wrong', reason: `says that the file has ${total} bytes, not ${known}` };
  }
  const end = Number(last) + 1;
  if (total === undefined || end > total || (length !== undefined && length !== end - offset)) {
    return {
      kind: 'wrong',
      reason: `contradicts itself: ${header}, Content-Length ${length ?? 'not given'}`,
    };
  }
  return { kind: 'continue', total };
}

function lengthOf(response: ResponseHead): number | 'malformed' | undefined {
  const header = response.header('content-length');
  if (header === undefined) {
    return undefined;
  }
  return /^\d{1,15}$/.test(header) ? Number(header) : 'malformed';
}

function encoded(response: ResponseHead): boolean {
  const encoding = response.header('content-encoding')?.toLowerCase() ?? 'identity';
  return encoding !== 'identity' && encoding !== '';
}

/** What If-Range may carry: a strong entity tag, else a date (RFC 9110 section 13.1.5). */
export function validatorOf(response: ResponseHead): string | undefined {
  const tag = response.header('etag');
  if (tag && !tag.startsWith('W/')) {
    return tag;
  }
  return response.header('last-modified');
}
