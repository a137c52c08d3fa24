import { describe, expect, it } from '@jest/globals';
import { ADMIN_TOKEN, sampleWorld, WORKFLOW_TOKEN } from '../../../../test/fake-github/src/index.ts';
import { eachBench } from '../../test/each-bench.ts';
import { actionsApp, bypassActors, teamId, userId } from './lookup.ts';

const start = eachBench();

describe("the policy's words in GitHub's numbers", () => {
  it.each([
    ['team:acme/release-owners', { actor_type: 'Team', actor_id: 31, bypass_mode: 'pull_request' }],
    ['app:github-actions', { actor_type: 'Integration', actor_id: 15368, bypass_mode: 'pull_request' }],
    ['app:12345', { actor_type: 'Integration', actor_id: 12345, bypass_mode: 'pull_request' }],
    // docs.github.com/rest/repos/rules: the roles by their numbers.
    ['role:maintain', { actor_type: 'RepositoryRole', actor_id: 2, bypass_mode: 'pull_request' }],
    ['role:write', { actor_type: 'RepositoryRole', actor_id: 4, bypass_mode: 'pull_request' }],
    ['role:admin', { actor_type: 'RepositoryRole', actor_id: 5, bypass_mode: 'pull_request' }],
    ['organization-admin', { actor_type: 'OrganizationAdmin', actor_id: 1, bypass_mode: 'pull_request' }],
    ['deploy-key', { actor_type: 'DeployKey', actor_id: null, bypass_mode: 'always' }],
  ])('%s', async (words, actor) => {
    const { api } = await start(sampleWorld(), { token: ADMIN_TOKEN });
    expect(await bypassActors(api, [words])).toEqual([actor]);
  });

  it('are people, teams and the app that reports the checks of workflows', async () => {
    const { api } = await start(sampleWorld(), { token: ADMIN_TOKEN });
    expect(await userId(api, 'erin')).toBe(14);
    expect(await teamId(api, 'acme/image-maintainers')).toBe(30);
    expect(await actionsApp(api)).toBe(15368);
  });

  it('that GitHub does not know are named; what it does not show is another error', async () => {
    const { api } = await start(sampleWorld(), { token: ADMIN_TOKEN });
    await expect(userId(api, 'nobody')).rejects.toMatchObject({
      code: 'unknown-name',
      message: expect.stringContaining('the user nobody'),
    });
    await expect(bypassActors(api, ['app:none'])).rejects.toMatchObject({ code: 'unknown-name' });
    const poor = await start(sampleWorld(), { token: WORKFLOW_TOKEN });
    await expect(teamId(poor.api, 'acme/release-owners')).rejects.toMatchObject({ status: 403 });
  });
});
