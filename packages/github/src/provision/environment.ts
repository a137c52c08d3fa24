import type { Policy } from '@golden-image/policy';
import type { EnvironmentValue } from '../environments.ts';

export type EnvironmentPolicy = NonNullable<Policy['environments']>[string];

export interface RefPattern {
  readonly type: 'branch' | 'tag';
  readonly pattern: string;
}

/** An environment's protection: as it is, or as it is to be. */
export interface EnvironmentSettings {
  readonly reviewers: readonly { readonly type: 'User' | 'Team'; readonly name: string }[];
  readonly preventSelfReview: boolean;
  readonly adminsCanBypass: boolean;
  readonly refPolicy: 'all' | 'protected' | 'custom';
  readonly refs: readonly RefPattern[];
}

/** GitHub takes no more reviewers for one environment. */
export const MOST_REVIEWERS = 6;

/** What a policy asks of an environment. */
export function desiredEnvironment(policy: EnvironmentPolicy): EnvironmentSettings {
  const reviewers = (policy.reviewers ?? []).map((name) => ({
    type: name.includes('/') ? ('Team' as const) : ('User' as const),
    name: name.replace(/^@/, ''),
  }));
  return {
    reviewers,
    preventSelfReview: reviewers.length > 0 && policy['self-review'] !== 'allow',
    adminsCanBypass: policy['admin-bypass'] === 'allow',
    refPolicy: policy.refs ? 'custom' : 'all',
    refs: (policy.refs ?? []).flatMap(refPatterns),
  };
}

/** A name without wildcards is a branch; a pattern stands for branches and tags, as it does in the policy. */
function refPatterns(ref: string): readonly RefPattern[] {
  const full = /^refs\/(heads|tags)\/(.+)$/.exec(ref);
  if (full) {
    return [{ type: full[1] === 'tags' ? 'tag' : 'branch', pattern: full[2] ?? '' }];
  }
  return ref.includes('*')
    ? [
        { type: 'branch', pattern: ref },
        { type: 'tag', pattern: ref },
      ]
    : [{ type: 'branch', pattern: ref }];
}

/** The stricter of both: fewer reviewers, fewer refs, no self review, no bypass. */
export function stricterEnvironment(
  wanted: EnvironmentSettings,
  current: EnvironmentValue,
): EnvironmentSettings {
  const permitted = new Set(wanted.reviewers.map(reviewerKey));
  const fewer =
    current.reviewers.length > 0 &&
    (permitted.size === 0 || current.reviewers.every((entry) => permitted.has(reviewerKey(entry))));
  const reviewers = fewer ? current.reviewers : wanted.reviewers;
  const common = {
    reviewers,
    preventSelfReview: reviewers.length > 0 && (wanted.preventSelfReview || current.preventSelfReview),
    adminsCanBypass: wanted.adminsCanBypass && current.adminsCanBypass,
  };
  if (wanted.refPolicy === 'all') {
    return { ...common, refPolicy: current.refPolicy, refs: current.refs };
  }
  if (current.refPolicy !== 'custom') {
    return { ...common, refPolicy: 'custom', refs: wanted.refs };
  }
  const asked = new Set(wanted.refs.map(refKey));
  return { ...common, refPolicy: 'custom', refs: current.refs.filter((ref) => asked.has(refKey(ref))) };
}

export function reviewerKey({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type} ${name.toLowerCase()}`;
}

export function refKey({ type, pattern }: RefPattern): string {
  return `${type} ${pattern}`;
}

const DEPLOY_FROM = { all: 'any ref', protected: 'protected branches', custom: 'these refs' } as const;

/** A form in which equal settings are equal. */
export function comparableEnvironment(settings: EnvironmentSettings | EnvironmentValue): unknown {
  return {
    reviewers: settings.reviewers.map(reviewerKey).sort(),
    'prevent self-review': settings.preventSelfReview,
    'admins can bypass': settings.adminsCanBypass,
    'deploy from': DEPLOY_FROM[settings.refPolicy],
    refs: settings.refs.map(refKey).sort(),
  };
}
