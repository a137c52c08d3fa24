import { parsePolicy } from '@golden-image/policy';
import { describe, expect, it } from '@jest/globals';
import { ADMIN_TOKEN, sampleRepository, sampleWorld } from '../../../../test/fake-github/src/index.ts';
import { eachBench } from '../../test/each-bench.ts';
import { name } from '../../test/setup.ts';
import { auditAdmins, collaborators, unlisted } from './access.ts';

const start = eachBench();

describe('people with access', () => {
  it('are listed by permission and by how they got it, on every page', async () => {
    const repository = sampleRepository();
    const world = sampleWorld(repository);
    for (let index = 0; index < 130; index += 1) {
      const login = `member${String(index).padStart(3, '0')}`;
      world.users.push({ id: 1000 + index, login, type: 'User' });
      repository.collaborators.push({ login, role: 'write', via: index < 120 ? 'direct' : 'team' });
    }
    const { api } = await start(world, { token: ADMIN_TOKEN });
    expect(await collaborators(api, name, 'admin', 'all')).toEqual(['erin']);
    const direct = await collaborators(api, name, 'push', 'direct');
    expect(direct).toHaveLength(121);
    expect(direct.at(-1)).toBe('member119');
  });

  it('are listed however they are written', () => {
    expect(unlisted(['Erin', 'bob'], ['erin'])).toEqual(['bob']);
    expect(unlisted(['erin'], ['ERIN'])).toEqual([]);
  });

  it('are not looked at where the policy does not say who administers', () => {
    const policy = (text: string) => {
      const { repository } = parsePolicy(`version: 1\nrepository: ${text}\n`, 'p');
      return repository as NonNullable<typeof repository>;
    };
    expect(auditAdmins(policy('{}'), ['erin'])).toEqual([]);
    expect(auditAdmins(policy('{admins: []}'), ['erin'])).toHaveLength(1);
  });
});
