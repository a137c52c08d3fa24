import type { RepositoryName } from './api.ts';

/** The workflow run that the code is part of, as the runner tells it. */
export interface RunContext {
  readonly repository: RepositoryName;
  readonly runId: number;
  /** 1 for the first. */
  readonly runAttempt: number;
  /** `pull_request`, `merge_group`, … */
  readonly eventName: string;
  /** Full ref, e.g. `refs/heads/main`. */
  readonly ref: string;
  readonly sha: string;
  /** The event as GitHub sent it; read with care. */
  readonly payload: unknown;
}

/** What a run is about: a pull request, a merge group, or neither. */
export type Subject =
  | { readonly kind: 'pull-request'; readonly number: number; readonly headSha: string }
  | {
      readonly kind: 'merge-group';
      readonly base: string;
      readonly baseSha: string;
      readonly headSha: string;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** Reads the event's payload. */
export function subjectOf(context: RunContext): Subject {
  const payload = object(context.payload);
  if (context.eventName === 'merge_group') {
    const group = object(payload.merge_group);
    const { base_ref: base, base_sha: baseSha, head_sha: headSha } = group;
    if (typeof base === 'string' && typeof baseSha === 'string' && typeof headSha === 'string') {
      return { kind: 'merge-group', base: base.replace(/^refs\/heads\//, ''), baseSha, headSha };
    }
    return { kind: 'none', reason: 'the event merge_group names no base and head' };
  }
  const pull = object(payload.pull_request);
  const headSha = object(pull.head).sha;
  if (typeof pull.number === 'number' && typeof headSha === 'string') {
    return { kind: 'pull-request', number: pull.number, headSha };
  }
  return {
    kind: 'none',
    reason: `the event ${context.eventName} is about no pull request: run the gate on pull_request and merge_group`,
  };
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
