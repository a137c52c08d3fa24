/** One thing that the policy asks for, and whether it is there. */
export interface Finding {
  /** Stable name, e.g. `release.harden.min-score`; exceptions refer to it. */
  readonly rule: string;
  /** What is required, for people. */
  readonly requirement: string;
  /** `excepted`: not met, but the policy has an exception that has not ended. */
  readonly status: 'met' | 'not-met' | 'unknown' | 'excepted';
  /** Who vouches for it; empty when nobody does. */
  readonly by: string;
  /** What was found. */
  readonly found: string;
  /** What to do next; empty when it is met. */
  readonly next: string;
}

export interface Decision {
  readonly decision: 'approved' | 'refused';
  readonly findings: readonly Finding[];
  /** Why it is refused, one sentence each; empty when it is approved. */
  readonly reasons: readonly string[];
}

/** Approved only when something was asked for and all of it is met. */
export function conclude(findings: readonly Finding[]): Decision {
  const open = findings.filter((finding) => finding.status === 'not-met' || finding.status === 'unknown');
  const approved = open.length === 0 && findings.length > 0;
  return {
    decision: approved ? 'approved' : 'refused',
    findings,
    reasons: approved
      ? []
      : findings.length === 0
        ? ['the policy requires nothing']
        : open.map((finding) => `${finding.requirement}: ${finding.found}`),
  };
}
