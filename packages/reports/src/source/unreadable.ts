import { UserError } from '@golden-image/host';

const MAX_REASON = 300;

/** A report that is not what it should be: never a pass. */
export function unreadable(file: string, why: string, cause?: unknown): UserError {
  // A parser's message may quote the report, and a name in it may be as long as the report.
  const short = why.length > MAX_REASON ? `${why.slice(0, MAX_REASON)}…` : why;
  return new UserError(`The report ${file} cannot be read: ${short}`, {
    code: 'unreadable-report',
    fix: 'Run the tool that writes it again, to its end, and pass its report unchanged.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** More of something than a report may have; the reader of the file makes `unreadable` of it. */
export class ReportLimit extends Error {}

/** A whole number that is not negative, as reports write counts; undefined for anything else. */
export function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
