import { parsePolicy } from '@golden-image/policy';
import { describe, expect, it } from '@jest/globals';
import type { EnvironmentValue } from '../environments.ts';
import { comparableEnvironment, desiredEnvironment, stricterEnvironment } from './environment.ts';

const desired = (text: string) => {
  const { environments } = parsePolicy(`version: 1\nenvironments: {production: ${text}}\n`, 'policy.yml');
  const entry = environments?.production;
  return desiredEnvironment(entry as NonNullable<typeof entry>);
};

describe('what a policy asks of an environment', () => {
  it('is nothing but that administrators cannot bypass it', () => {
    expect(desired('{}')).toEqual({
      reviewers: [],
      preventSelfReview: false,
      adminsCanBypass: false,
      refPolicy: 'all',
      refs: [],
    });
  });

  it('are reviewers, who do not review themselves', () => {
    expect(desired('{reviewers: ["@rita", acme/owners]}')).toMatchObject({
      reviewers: [
        { type: 'User', name: 'rita' },
        { type: 'Team', name: 'acme/owners' },
      ],
      preventSelfReview: true,
    });
  });

  it('may be less, where it says so', () => {
    expect(desired('{reviewers: [rita], self-review: allow, admin-bypass: allow}')).toMatchObject({
      preventSelfReview: false,
      adminsCanBypass: true,
    });
  });

  it('are refs: a name is a branch, a pattern stands for both, a full ref for itself', () => {
    expect(desired("{refs: [main, 'v*', refs/tags/w*, refs/heads/x]}")).toMatchObject({
      refPolicy: 'custom',
      refs: [
        { type: 'branch', pattern: 'main' },
        { type: 'branch', pattern: 'v*' },
        { type: 'tag', pattern: 'v*' },
        { type: 'tag', pattern: 'w*' },
        { type: 'branch', pattern: 'x' },
      ],
    });
  });
});

describe('the stricter of two', () => {
  const current: EnvironmentValue = { ...desired('{}'), reviewers: [], refs: [], waitTimer: 0 };

  it.each(['all', 'protected'] as const)(
    'takes the refs of the policy where there was no list: %s',
    (refPolicy) => {
      expect(stricterEnvironment(desired('{refs: [main]}'), { ...current, refPolicy })).toMatchObject({
        refPolicy: 'custom',
        refs: [{ type: 'branch', pattern: 'main' }],
      });
    },
  );

  it('compares names without regard to case', () => {
    const upper = { ...current, reviewers: [{ type: 'User' as const, name: 'RITA' }] };
    const both = stricterEnvironment(desired('{reviewers: [rita, dave]}'), upper);
    expect(both.reviewers).toEqual(upper.reviewers);
    expect(comparableEnvironment(upper)).toMatchObject({ reviewers: ['User rita'] });
  });
});
