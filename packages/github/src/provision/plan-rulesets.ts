import type { Policy } from '@golden-image/policy';
import type { GitHubApi, RepositoryName } from '../api.ts';
import { type Change, difference, settingsOf } from './change.ts';
import { desiredRulesets } from './desired.ts';
import { actionsApp, bypassActors } from './lookup.ts';
import { readRulesets, writable } from './read-rulesets.ts';
import { comparable, type ExistingRuleset, exactly, type Ruleset, stricter } from './ruleset.ts';

export interface Plan {
  readonly changes: readonly Change[];
  /** Where GitHub asks for more than the policy, and was left so. */
  readonly kept: readonly string[];
}

/** Compares the repository's rulesets with those that the policy asks for. Only rulesets of ours are touched. */
export async function planRulesets(
  policy: Policy,
  repository: NonNullable<Policy['repository']>,
  api: GitHubApi,
  name: RepositoryName,
  loosen: boolean,
): Promise<Plan> {
  const bypass = await bypassActors(api, repository.bypass);
  const wanted = desiredRulesets(policy, repository, await actionsApp(api), bypass);
  const seen = (await readRulesets(api, name)).filter((ruleset) => ruleset.source === 'Repository');
  const changes: Change[] = [];
  const kept: string[] = [];
  for (const ruleset of wanted) {
    const found = seen.find((entry) => entry.name === ruleset.name && entry.target === ruleset.target);
    if (!found) {
      changes.push(creation(ruleset, name));
      continue;
    }
    const current = writable(found);
    const target = loosen ? exactly(ruleset, current) : stricter(ruleset, current);
    const lines = difference(settingsOf(comparable(current)), settingsOf(comparable(target)));
    if (lines.length > 0) {
      changes.push(update(target, current, name, lines));
    }
    const bare = exactly(ruleset, current);
    const extra = difference(settingsOf(comparable(bare)), settingsOf(comparable(target)));
    kept.push(...extra.filter(({ sign }) => sign === '+').map(({ text }) => `${ruleset.name}: ${text}`));
  }
  return { changes, kept };
}

function creation(ruleset: Ruleset, name: RepositoryName): Change {
  return {
    target: `ruleset ${ruleset.name}`,
    action: 'create',
    lines: difference(new Map(), settingsOf(comparable(ruleset))),
    apply: async (api) => {
      await api.request('POST /repos/{owner}/{repo}/rulesets', { ...name, ...body(ruleset) });
    },
  };
}

function update(
  ruleset: Ruleset,
  current: ExistingRuleset,
  name: RepositoryName,
  lines: Change['lines'],
): Change {
  return {
    target: `ruleset ${ruleset.name}`,
    action: 'update',
    lines,
    apply: async (api) => {
      await api.request('PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}', {
        ...name,
        ruleset_id: current.id,
        ...body(ruleset),
      });
    },
  };
}

/** octokit's types list every kind of rule with its parameters; ours are data. */
function body(ruleset: Ruleset): { readonly name: string; readonly enforcement: 'active' } {
  return ruleset;
}
