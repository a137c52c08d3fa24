import { describe, expect, it } from '@jest/globals';
import {
  ADMIN_TOKEN,
  type Ruleset,
  sampleRepository,
  sampleWorld,
  WORKFLOW_TOKEN,
} from '../../../../test/fake-github/src/index.ts';
import { eachBench } from '../../test/each-bench.ts';
import { name } from '../../test/setup.ts';
import { readRuleset, readRulesets, writable } from './read-rulesets.ts';

const start = eachBench();
const actor = { actor_id: 5, actor_type: 'RepositoryRole' as const, bypass_mode: 'pull_request' as const };

function world(count: number, more: Partial<Ruleset> = {}) {
  const rulesets = Array.from({ length: count }, (_, index) => ({
    ...{ id: index + 1, name: `r${index + 1}`, target: 'branch' as const, enforcement: 'active' as const },
    bypass_actors: [actor],
    conditions: { ref_name: { include: ['~ALL'], exclude: ['refs/heads/x'] } },
    rules: [{ type: 'deletion' }],
    ...more,
  }));
  return sampleWorld({ ...sampleRepository(), rulesets });
}

describe('rulesets', () => {
  it('are read one by one, of every page, with whose they are', async () => {
    const { api } = await start(world(110, { source: 'Organization' }), { token: ADMIN_TOKEN });
    const read = await readRulesets(api, name);
    expect(read).toHaveLength(110);
    expect(read.at(-1)).toEqual({
      ...{ id: 110, name: 'r110', target: 'branch', enforcement: 'active', source: 'Organization' },
      bypass_actors: [actor],
      conditions: { ref_name: { include: ['~ALL'], exclude: ['refs/heads/x'] } },
      rules: [{ type: 'deletion' }],
    });
  });

  it('whose bypass actors are hidden are not written: that could let somebody by whom nobody sees', async () => {
    const hidden = await start(world(1), { token: WORKFLOW_TOKEN });
    const seen = await readRuleset(hidden.api, name, 1);
    expect(seen.bypass_actors).toBeUndefined();
    expect(() => writable(seen)).toThrow(
      'the token does not see who may bypass the ruleset r1: it needs administration: write',
    );
    const shown = await start(world(1), { token: ADMIN_TOKEN });
    expect(writable(await readRuleset(shown.api, name, 1)).bypass_actors).toEqual([actor]);
  });
});
