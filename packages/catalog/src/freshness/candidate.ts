/** The newest version of a package in the sources. */
export interface Candidate {
  readonly version: string;
  readonly suite: string;
  /** Whether it fixes vulnerabilities: the suite is one of security updates, or an advisory says so. */
  readonly security: boolean;
}
