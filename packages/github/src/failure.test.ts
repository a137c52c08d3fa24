import { describe, expect, it } from '@jest/globals';
import { operations } from '../../../test/fake-github/src/index.ts';
import { explain, Incomplete, RateLimited, UnreadableAnswer } from './failure.ts';
import { howToGrant, neededPermission } from './permissions.ts';

describe('the permission of a request', () => {
  it.each(Object.entries(operations).filter(([, needed]) => needed !== 'public'))(
    '%s is in the table, also where GitHub does not name it',
    (route, needed) => {
      const [method = '', template = ''] = route.split(' ');
      const request = `${method} ${template.replace(/\{\w+\}/g, 'x')}`;
      const named = (needed as readonly string[]).map((entry) =>
        entry.replaceAll('_', '-').replace('=', ': '),
      );
      expect(named).toContain(neededPermission(request, undefined));
    },
  );

  it('is what GitHub says, where it says', () => {
    expect(neededPermission('GET /x', 'issues=read; pull_requests=read,contents=read')).toBe(
      'issues: read or pull-requests: read and contents: read',
    );
    expect(neededPermission('GET /apps/x', undefined)).toBeUndefined();
  });

  it('is granted in the workflow, or by another token', () => {
    expect(howToGrant('contents: read')).toBe('grant contents: read under permissions: in the workflow');
    expect(howToGrant('administration: read')).toContain('GITHUB_TOKEN cannot have it');
  });
});

function http(
  status: number,
  message: string,
  headers: Record<string, string> = {},
  url = 'https://api.github.com/repos/acme/images/pulls/7',
) {
  return Object.assign(new Error(message), {
    status,
    request: { method: 'GET', url },
    response: { headers },
  });
}

describe('a failure in words', () => {
  it.each([
    [new Incomplete('half of it'), 'half of it'],
    [new RateLimited('later'), 'later'],
    [new UnreadableAnswer('no JSON'), 'no JSON'],
    [http(401, 'Bad credentials'), 'GitHub does not accept the token: it is wrong, or it has expired'],
    [
      http(
        403,
        'Upgrade to GitHub Pro or make this repository public to enable this feature. - https://docs.github.com/x',
      ),
      'the plan of this owner does not include it: Upgrade to GitHub Pro or make this repository public to enable this feature.',
    ],
    [
      http(403, 'Resource protected by organization SAML enforcement.', { 'x-github-sso': 'required' }),
      'the token is not authorised for the single sign-on of this organisation',
    ],
    [
      http(404, 'Not Found', {}, 'https://ghe.acme.test/api/v3/orgs/acme/teams/x'),
      'GET /orgs/acme/teams/x: it is not there, or the token may not see it; give the input token of a GitHub App or a fine-grained personal access token with members: read (GITHUB_TOKEN cannot have it)',
    ],
    [http(500, 'a\n::error::b'), 'GET /repos/acme/images/pulls/7: GitHub answered 500: a ::error::b'],
    [new Error('getaddrinfo ENOTFOUND'), 'getaddrinfo ENOTFOUND'],
    ['thrown text', 'thrown text'],
  ])('%s', (error, detail) => {
    expect(explain(error).detail).toBe(detail);
  });

  it('of GraphQL names the permissions', () => {
    const error = { errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] };
    expect(explain(error)).toEqual({
      detail: expect.stringContaining('the token may not'),
      permission: 'contents: read and pull-requests: read',
    });
    expect(explain({ errors: [{ message: 'Could not resolve' }] }).detail).toBe(
      'POST /graphql: Could not resolve',
    );
  });
});
