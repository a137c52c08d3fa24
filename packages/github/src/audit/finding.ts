import { explain } from '../failure.ts';

/** What an audit found: something looser than the policy, or something that could not be seen. */
export interface AuditFinding {
  /** Stable name, e.g. `bypass-actor`; SARIF's rule. */
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  /** `unknown`: it could not be looked at; counts as an error. */
  readonly status: 'found' | 'unknown';
  readonly message: string;
  /** What to do, one sentence. */
  readonly next: string;
  /** In the repository; a setting of GitHub's has none. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
}

export function found(
  rule: string,
  level: AuditFinding['level'],
  message: string,
  next: string,
  place: { readonly file?: string; readonly line?: number } = {},
): AuditFinding {
  return { rule, level, status: 'found', message, next, ...place };
}

/** Looks at one part; what hinders it becomes a finding of its own, so that the other parts are still looked at. */
export async function lookAt(
  rule: string,
  what: string,
  signal: AbortSignal,
  look: () => Promise<readonly AuditFinding[]>,
): Promise<readonly AuditFinding[]> {
  try {
    return await look();
  } catch (error) {
    signal.throwIfAborted();
    const { detail, permission } = explain(error);
    return [
      {
        rule,
        level: 'error',
        status: 'unknown',
        message: `${what} could not be looked at: ${detail}`,
        next: permission
          ? `Pass as token one that has ${permission}.`
          : 'Put that right and run the audit again.',
      },
    ];
  }
}
