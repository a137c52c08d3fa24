import { afterEach, describe, expect, it } from '@jest/globals';
import { closeBench, first, look, messages, sound } from '../../test/audit-world.ts';

afterEach(closeBench);

describe('an environment', () => {
  it('that is stricter than the policy is no finding', async () => {
    const world = await sound();
    Object.assign(first(world).environments[0] ?? {}, { wait_timer: 30, policies: [] });
    expect((await look(world)).findings).toEqual([]);
  });

  it('that more people may approve, or more refs deploy to, is one', async () => {
    const world = await sound();
    const [production] = first(world).environments;
    production?.reviewers.push({ type: 'User', id: 12 });
    production?.policies.push({ id: 9, name: 'topic', type: 'branch' });
    expect(messages(await look(world))).toEqual([
      expect.stringMatching(/production is looser than the policy: it has refs\[branch topic\]/),
      expect.stringMatching(/production is looser than the policy: it has reviewers\[User carol\]/),
    ]);
  });
});
