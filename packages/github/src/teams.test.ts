import { describe, expect, it } from '@jest/globals';
import { ADMIN_TOKEN, sampleWorld } from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { teamFacts } from './teams.ts';

const start = eachBench();

describe('teams', () => {
  it('are asked for once each, in order, however they are written', async () => {
    const { api, ports, github } = await start(sampleWorld(), { token: ADMIN_TOKEN });
    const facts = await teamFacts(
      api,
      ['acme/Release-Owners', 'acme/image-maintainers', 'ACME/release-owners'],
      ports,
    );
    expect(facts).toEqual([
      expect.objectContaining({
        kind: 'team',
        team: 'acme/image-maintainers',
        status: 'pass',
        value: ['alice', 'bob', 'carol'].map((login) => ({ login, type: 'User' })),
      }),
      expect.objectContaining({ team: 'acme/release-owners', value: [{ login: 'dave', type: 'User' }] }),
    ]);
    expect(github.requests).toHaveLength(2);
  });

  it('have all of their members', async () => {
    const world = sampleWorld();
    for (let index = 0; index < 120; index += 1) {
      world.users.push({ id: 1000 + index, login: `member${index}`, type: 'User' });
      world.teams[1]?.members.push(`member${index}`);
    }
    const { api, ports } = await start(world, { token: ADMIN_TOKEN });
    const [fact] = await teamFacts(api, ['acme/release-owners'], ports);
    expect(fact).toMatchObject({ value: { length: 121 } });
  });

  it('that were renamed, and of other organisations, are unknown', async () => {
    const world = sampleWorld();
    Object.assign(world.teams[1] ?? {}, { slug: 'release-people' });
    const { api, ports } = await start(world, { token: ADMIN_TOKEN });
    const facts = await teamFacts(api, ['acme/release-owners', 'other/image-maintainers'], ports);
    for (const fact of facts) {
      expect(fact).toMatchObject({
        status: 'unknown',
        permission: 'members: read',
        detail: expect.stringContaining('it is not there, or the token may not see it'),
      });
    }
    expect(facts).toHaveLength(2);
  });
});
