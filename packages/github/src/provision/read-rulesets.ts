import { type GitHubApi, PAGE, type RepositoryName } from '../api.ts';
import { Incomplete } from '../failure.ts';
import type { ExistingRuleset } from './ruleset.ts';

/** A ruleset as GitHub shows it; `bypass_actors` is hidden from those who may not change it. */
export type SeenRuleset = Omit<ExistingRuleset, 'bypass_actors'> & {
  readonly bypass_actors: ExistingRuleset['bypass_actors'] | undefined;
  /** `Organization` and `Enterprise` rulesets cannot be changed from the repository. */
  readonly source: string;
};

/** All rulesets that have a say in the repository, those of its organisation too. */
export async function readRulesets(api: GitHubApi, name: RepositoryName): Promise<readonly SeenRuleset[]> {
  const listed = await api.paginate('GET /repos/{owner}/{repo}/rulesets', {
    ...name,
    includes_parents: true,
    per_page: PAGE,
  });
  const rulesets: SeenRuleset[] = [];
  for (const { id } of listed) {
    rulesets.push(await readRuleset(api, name, id));
  }
  return rulesets;
}

export async function readRuleset(api: GitHubApi, name: RepositoryName, id: number): Promise<SeenRuleset> {
  const { data } = await api.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', {
    ...name,
    ruleset_id: id,
  });
  const refs = (data.conditions as { ref_name?: { include?: string[]; exclude?: string[] } } | null)
    ?.ref_name;
  return {
    id,
    name: data.name,
    target: data.target as SeenRuleset['target'],
    enforcement: data.enforcement,
    source: data.source_type ?? 'Repository',
    bypass_actors: data.bypass_actors?.map(({ actor_id, actor_type, bypass_mode }) => ({
      actor_id: actor_id ?? null,
      actor_type,
      bypass_mode: bypass_mode ?? 'always',
    })),
    conditions: { ref_name: { include: refs?.include ?? [], exclude: refs?.exclude ?? [] } },
    rules: (data.rules ?? []) as SeenRuleset['rules'],
  };
}

/** For writing: without the bypass list, a change could loosen what is not seen. */
export function writable(ruleset: SeenRuleset): ExistingRuleset {
  if (!ruleset.bypass_actors) {
    throw new Incomplete(
      `the token does not see who may bypass the ruleset ${ruleset.name}: it needs administration: write`,
    );
  }
  return { ...ruleset, bypass_actors: ruleset.bypass_actors };
}
