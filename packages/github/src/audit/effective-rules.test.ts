import { describe, expect, it } from '@jest/globals';
import { ADMIN_TOKEN, sampleRepository, sampleWorld } from '../../../../test/fake-github/src/index.ts';
import { eachBench } from '../../test/each-bench.ts';
import { name } from '../../test/setup.ts';
import { effectiveRules } from './effective-rules.ts';

const start = eachBench();
const off = { enabled: false };
const on = { enabled: true };

async function classic(protection: Record<string, unknown> | undefined) {
  const repository = sampleRepository();
  if (protection) {
    repository.protection.main = protection;
  }
  const { api } = await start(sampleWorld(repository), { token: ADMIN_TOKEN });
  const { rules, adminsAreExempt } = await effectiveRules(api, name, 'main');
  return { types: rules.map(({ type }) => type), rules, adminsAreExempt };
}

describe('rules in force on a branch', () => {
  it('are those of all rulesets, on every page, each with whose it is', async () => {
    const repository = sampleRepository();
    for (let id = 1; id <= 120; id += 1) {
      repository.rulesets.push({
        ...{ id, name: `r${id}`, target: 'branch', enforcement: 'active', bypass_actors: [] },
        conditions: { ref_name: { include: ['~ALL'], exclude: [] } },
        rules: [{ type: 'deletion' }],
      });
    }
    const { api } = await start(sampleWorld(repository), { token: ADMIN_TOKEN });
    const { rules, adminsAreExempt } = await effectiveRules(api, name, 'main');
    expect(rules).toHaveLength(120);
    expect(rules.at(-1)).toEqual({ type: 'deletion', parameters: {}, ruleset: 120 });
    expect(adminsAreExempt).toBe(false);
  });

  it('without any protection are none', async () => {
    expect(await classic(undefined)).toMatchObject({ types: [], adminsAreExempt: false });
  });

  it('of classic protection are those that it really has', async () => {
    const enforce = { enforce_admins: { url: 'https://github.test/', ...on } };
    const open = { allow_deletions: on, allow_force_pushes: on };
    expect((await classic({ ...enforce, ...open })).types).toEqual([]);
    const most = {
      ...enforce,
      ...{ allow_deletions: off, allow_force_pushes: off, required_linear_history: on },
      required_signatures: { url: 'https://github.test/', ...on },
    };
    expect(await classic(most)).toMatchObject({
      types: ['deletion', 'non_fast_forward', 'required_linear_history', 'required_signatures'],
      adminsAreExempt: false,
    });
  });

  it('of classic protection may leave administrators out', async () => {
    const enforce = { enforce_admins: { url: 'https://github.test/', ...off } };
    expect((await classic(enforce)).adminsAreExempt).toBe(true);
    expect((await classic({})).adminsAreExempt).toBe(true);
  });

  it('of classic protection name who reports a check, where that is fixed', async () => {
    const checks = [
      { context: 'gate', app_id: 15368 },
      { context: 'lint', app_id: null },
    ];
    const contexts = checks.map(({ context }) => context);
    const { rules } = await classic({ required_status_checks: { checks, contexts, strict: true } });
    expect(rules.find(({ type }) => type === 'required_status_checks')?.parameters).toEqual({
      required_status_checks: [{ context: 'gate', integration_id: 15368 }, { context: 'lint' }],
      strict_required_status_checks_policy: true,
    });
  });

  it('are not known where GitHub does not show them', async () => {
    const { api, github } = await start(sampleWorld(), { token: ADMIN_TOKEN });
    github.fault({ kind: 'status', status: 403, match: /protection/ });
    await expect(effectiveRules(api, name, 'main')).rejects.toMatchObject({ status: 403 });
  });
});
