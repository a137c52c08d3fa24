import type { Exception } from '../policy/policy-schema.ts';
import type { Finding } from './decision.ts';

/**
 * A finding that an exception of the policy covers is excepted: what is not met, never what is unknown.
 *
 * @param now the moment for which exceptions are judged
 */
export function withException(finding: Finding, exceptions: readonly Exception[], now: string): Finding {
  const own = exceptions.filter(({ rule }) => finding.rule === rule || finding.rule.startsWith(`${rule}.`));
  const exception = own.find((entry) => !hasEnded(entry, now)) ?? own[0];
  if (!exception || finding.status !== 'not-met') {
    return finding;
  }
  if (hasEnded(exception, now)) {
    return {
      ...finding,
      found: `${finding.found}; the exception of ${exception['approved-by']} ended on ${exception.until}`,
    };
  }
  return {
    ...finding,
    status: 'excepted',
    by: exception['approved-by'],
    found: `${finding.found}; accepted until ${exception.until}: ${exception.reason}`,
    next: `The exception ends on ${exception.until}.`,
  };
}

function hasEnded({ until }: Exception, now: string): boolean {
  return Date.parse(`${until}T23:59:59.999Z`) < Date.parse(now);
}
