import { afterEach, describe, expect, it } from '@jest/globals';
import { closeBench, collect, fact, world } from '../test/merge-world.ts';

afterEach(closeBench);

describe('each missing permission makes its facts unknown and is named', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['actions', 'actions: read', ['run', 'jobs']],
    ['contents', 'contents: read', ['policy', 'code-owners', 'commits', 'pushers', 'changed-lines']],
    ['pull_requests', 'pull-requests: read', ['change']],
  ];
  it.each(cases)('%s', async (scope, permission, kinds) => {
    const from = world();
    for (const token of Object.values(from.tokens)) {
      delete token.permissions[scope as 'actions'];
    }
    const { facts } = await collect(from);
    for (const kind of kinds) {
      expect(facts.find((entry) => entry.kind === kind)).toMatchObject({
        status: 'unknown',
        permission: expect.stringContaining(permission),
        detail: expect.stringContaining(`grant ${permission}`),
      });
    }
  });

  it('members, which no workflow token can have', async () => {
    const { facts } = await collect(world(), { teams: ['acme/Release-Owners'] });
    expect(facts.filter((entry) => entry.kind === 'team')).toEqual([
      expect.objectContaining({ team: 'acme/image-maintainers', permission: 'members: read' }),
      expect.objectContaining({
        team: 'acme/release-owners',
        status: 'unknown',
        detail: expect.stringContaining('GITHUB_TOKEN cannot have it'),
      }),
    ]);
  });
});

describe('other events', () => {
  it('are about no change', async () => {
    const result = await collect(world(), { run: { eventName: 'push' } });
    expect(fact(result, 'change')).toMatchObject({
      status: 'unknown',
      detail: expect.stringContaining('the event push is about no pull request'),
    });
  });

  it.each([[null], ['text'], [{ pull_request: null }], [{ pull_request: { number: '7', head: [] } }]])(
    'with the payload %j are no crash',
    async (payload) => {
      const result = await collect(world(), { run: { payload } });
      expect(fact(result, 'change').status).toBe('unknown');
    },
  );
});
