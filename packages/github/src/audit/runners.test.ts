import { parsePolicy } from '@golden-image/policy';
import { afterEach, describe, expect, it } from '@jest/globals';
import { closeBench, first, look, messages, sound } from '../../test/audit-world.ts';

afterEach(closeBench);

const policy = (more: string) =>
  parsePolicy(
    `version: 1\nrepository: {checks: [gate], build-runners: [build-hosts]${more}}\n`,
    'policy.yml',
  );
const ofGroups = (texts: readonly string[]) =>
  texts.filter((text) => /^(runner-group|direct-access)/.test(text));

describe('a runner group of build hosts', () => {
  it('of all private repositories is open to them', async () => {
    const world = await sound();
    Object.assign(world.runnerGroups[0] ?? {}, { visibility: 'private' });
    expect(ofGroups(messages(await look(world)))).toEqual([
      expect.stringMatching(/build-hosts can be used by every private repository of the organisation/),
    ]);
  });

  it('is found on every page', async () => {
    const world = await sound();
    const [group] = world.runnerGroups;
    for (let id = 100; group && id < 230; id += 1) {
      world.runnerGroups.unshift({ ...group, id, name: `others ${id}` });
    }
    expect((await look(world)).findings).toEqual([]);
  });

  it('may be used by name by whom the policy lists, and by administrators, however they are written', async () => {
    const world = await sound();
    first(world).collaborators.push({ login: 'mallory', role: 'write', via: 'direct' });
    expect(ofGroups(messages(await look(world, undefined, policy(', admins: [ERIN]'))))).toEqual([
      expect.stringMatching(/^direct-access error: mallory has write access/),
    ]);
    const listed = policy(', direct-access: [Mallory], admins: [erin]');
    expect(ofGroups(messages(await look(world, undefined, listed)))).toEqual([]);
  });

  it('that the policy does not name is not looked at', async () => {
    const world = await sound();
    world.runnerGroups = [];
    const none = parsePolicy('version: 1\nrepository: {checks: [gate]}\n', 'policy.yml');
    expect(ofGroups(messages(await look(world, undefined, none)))).toEqual([]);
  });
});
