import { describe, expect, it } from '@jest/globals';
import { sampleRepository, sampleWorld } from '../../../test/fake-github/src/index.ts';
import { eachBench } from '../test/each-bench.ts';
import { name } from '../test/setup.ts';
import { permissionLookup } from './access.ts';

const start = eachBench();

describe('what somebody may do', () => {
  it.each([
    ['admin', 'admin'],
    ['maintain', 'maintain'],
    ['write', 'write'],
    // The older field says "read" here: only the newer one tells that somebody may triage.
    ['triage', 'triage'],
    ['read', 'read'],
  ] as const)('with the role %s', async (role, expected) => {
    const repository = sampleRepository();
    repository.collaborators = [{ login: 'bob', role, via: 'team' }];
    const { api } = await start(sampleWorld(repository));
    expect(await permissionLookup(api, name)('bob')).toBe(expected);
  });

  it("with a role of the organisation's own is what that is based on", async () => {
    const repository = sampleRepository();
    repository.collaborators = [{ login: 'bob', role: 'write', customRole: 'image smith', via: 'team' }];
    const { api } = await start(sampleWorld(repository));
    expect(await permissionLookup(api, name)('bob')).toBe('write');
  });

  it('is nothing for who has no role on a private repository, and for an account that is gone', async () => {
    const repository = { ...sampleRepository(), private: true, collaborators: [] };
    const { api } = await start(sampleWorld(repository));
    expect(await permissionLookup(api, name)('bob')).toBe('none');
    expect(await permissionLookup(api, name)('renamed')).toBe('none');
  });

  it('is an error where GitHub does not tell', async () => {
    const { api, github } = await start(sampleWorld());
    github.fault({ kind: 'status', status: 403, match: /permission/ });
    await expect(permissionLookup(api, name)('bob')).rejects.toMatchObject({ status: 403 });
  });

  it('is asked for once, however the name is written', async () => {
    const { api, github } = await start(sampleWorld());
    const permissionOf = permissionLookup(api, name);
    await Promise.all([permissionOf('bob'), permissionOf('Bob'), permissionOf('carol')]);
    expect(await permissionOf('BOB')).toBe('write');
    expect(github.requests).toHaveLength(2);
  });
});
