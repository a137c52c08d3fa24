import { UserError } from '@golden-image/host';
import type { TrustedRoot } from '@sigstore/protobuf-specs';

/** Who may have signed keyless, and who vouches for that. */
export interface TrustedIdentity {
  /** As it was given, for people. */
  readonly subject: string;
  /** Whether a certificate's subject alternative name (for GitHub: the workflow's URL with its ref) is the one. */
  readonly matches: (subject: string) => boolean;
  /** The OIDC issuer, exactly. */
  readonly issuer: string;
  /** One of them must vouch for the certificate, the log entry and the time. */
  readonly roots: readonly TrustedRoot[];
}

/**
 * An identity that is given exactly, or as a regular expression between slashes, which must match the whole name.
 *
 * @throws UserError `invalid-identity`
 */
export function trustedIdentity(
  subject: string,
  issuer: string,
  roots: readonly TrustedRoot[],
): TrustedIdentity {
  const [, pattern] = /^\/(.+)\/$/s.exec(subject) ?? [];
  if (pattern === undefined) {
    return { subject, matches: (found) => found === subject, issuer, roots };
  }
  try {
    const whole = new RegExp(`^(?:${pattern})$`);
    return { subject, matches: (found) => whole.test(found), issuer, roots };
  } catch (cause) {
    throw new UserError(`The identity ${subject} is not a regular expression`, {
      code: 'invalid-identity',
      fix: 'Pass the exact identity (the workflow URL with its ref), or a valid regular expression between slashes.',
      cause,
    });
  }
}
