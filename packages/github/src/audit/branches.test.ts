import { parsePolicy } from '@golden-image/policy';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Ruleset } from '../../../../test/fake-github/src/index.ts';
import { closeBench, first, look, messages, sound } from '../../test/audit-world.ts';

afterEach(closeBench);

const permitting = (bypass: string) =>
  parsePolicy(`version: 1\nrepository: {checks: [gate], bypass: [${bypass}]}\n`, 'policy.yml');

async function findings(actor: Ruleset['bypass_actors'][number], bypass: string) {
  const world = await sound();
  first(world).rulesets[0]?.bypass_actors.push(actor);
  return messages(await look(world, undefined, permitting(bypass))).filter((text) =>
    text.startsWith('bypass-actor'),
  );
}

describe('who may bypass', () => {
  const owners = { actor_id: 31, actor_type: 'Team', bypass_mode: 'pull_request' } as const;

  it('is no finding for whom the policy permits, as it permits it', async () => {
    expect(await findings(owners, "'team:acme/release-owners'")).toEqual([]);
    const key = { actor_id: null, actor_type: 'DeployKey', bypass_mode: 'always' } as const;
    expect(await findings(key, 'deploy-key')).toEqual([]);
    // Through a pull request is less than the policy permits.
    expect(await findings({ ...key, bypass_mode: 'pull_request' }, 'deploy-key')).toEqual([]);
  });

  it('at any time is more than through a pull request', async () => {
    expect(await findings({ ...owners, bypass_mode: 'always' }, "'team:acme/release-owners'")).toEqual([
      expect.stringMatching(/The team 31 may bypass .* at any time, which the policy does not permit/),
    ]);
  });

  it('is a finding for another team than the one that is permitted', async () => {
    expect(await findings({ ...owners, actor_id: 30 }, "'team:acme/release-owners'")).toEqual([
      expect.stringMatching(/The team 30 may bypass .* through a pull request/),
    ]);
  });
});

describe('what is in force', () => {
  it('is looked at on every branch that the policy names, patterns aside', async () => {
    const policy = parsePolicy(
      "version: 1\nrepository: {checks: [gate], branches: ['~DEFAULT_BRANCH', topic, refs/heads/main, 'v/*']}\n",
      'policy.yml',
    );
    const texts = messages(await look(await sound(), undefined, policy));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.every((text) => text.startsWith('protection-drift error: topic: '))).toBe(true);
  });
});
