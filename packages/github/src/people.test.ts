import { describe, expect, it } from '@jest/globals';
import { personOf, personOfActor, personOfGitActor } from './people.ts';

const ghost = { type: 'unknown', name: 'a deleted account' };

describe('an account', () => {
  it.each([
    [
      { login: 'bob', type: 'User' },
      { login: 'bob', type: 'User' },
    ],
    [
      { login: 'dependabot[bot]', type: 'Bot' },
      { login: 'dependabot', type: 'Bot' },
    ],
    [
      { login: 'acme', type: 'Organization' },
      { login: 'acme', type: 'Organization' },
    ],
    [
      { login: 'import', type: 'Mannequin' },
      { login: 'import', type: 'Mannequin' },
    ],
    // A kind that GitHub may add some day is no person.
    [
      { login: 'x', type: 'Agent' },
      { login: 'x', type: 'unknown' },
    ],
    [{ login: 'x' }, { login: 'x', type: 'unknown' }],
    [null, ghost],
    [undefined, ghost],
  ])('%j is %j', (user, expected) => {
    expect(personOf(user)).toEqual(expected);
  });

  it('is the same in GraphQL', () => {
    expect(personOfActor({ __typename: 'Bot', login: 'dependabot' })).toEqual({
      login: 'dependabot',
      type: 'Bot',
    });
    expect(personOfActor({ __typename: 'User', login: 'bob' })).toEqual({ login: 'bob', type: 'User' });
    expect(personOfActor(null)).toEqual(ghost);
  });
});

describe('an author or committer of a commit', () => {
  const git = (email: string | null, login?: string) =>
    personOfGitActor({ name: 'Name', email, user: login === undefined ? null : { login } });

  it('is the account that GitHub attributes the commit to, whatever the e-mail says', () => {
    expect(git('1+x[bot]@users.noreply.github.com', 'bob')).toEqual({ login: 'bob', type: 'User' });
  });

  it.each(['49699333+dependabot[bot]@users.noreply.github.com', 'dependabot[bot]@users.noreply.ghe.test'])(
    'is a bot by %s',
    (email) => {
      expect(git(email)).toEqual({ login: 'dependabot', type: 'Bot' });
    },
  );

  it.each([
    'bob@acme.test',
    'x@evil.test, 1+dependabot[bot]@users.noreply.github.com',
    'dependabot[bot]@users.noreply.github.com@evil.test',
    'dependabot@users.noreply.github.com',
    '1+1+dependabot[bot]@users.noreply.github.com',
  ])('is nobody known by %s', (email) => {
    expect(git(email)).toEqual({ type: 'unknown', name: 'Name', email });
  });

  it('may have neither name nor e-mail', () => {
    expect(git(null)).toEqual({ type: 'unknown', name: 'Name' });
    expect(personOfGitActor(null)).toEqual({ type: 'unknown', name: 'nobody' });
  });
});
