import { allows, requireRulesets } from '../access.ts';
import { type Call, type Handlers, query, REPOSITORY, repositoryOf } from '../handler.ts';
import { created, ok, page, Refusal, required } from '../reply.ts';
import { fullName, rulesetView } from '../views.ts';
import { nextId, type Repository, type Rule, type Ruleset } from '../world.ts';

/** Rulesets and classic branch protection. */
export const ruleHandlers: Handlers = {
  [`GET ${REPOSITORY}/branches/{branch}/protection`]: (call) => {
    const repository = repositoryOf(call);
    requireRulesets(call.world, repository);
    const branch = call.parameters.branch ?? '';
    const found = repository.protection[branch];
    if (!found) {
      throw new Refusal(404, 'Branch not protected');
    }
    return ok({ url: 'https://github.test/', ...found });
  },

  [`GET ${REPOSITORY}/rules/branches/{branch}`]: (call) => {
    const repository = repositoryOf(call);
    requireRulesets(call.world, repository);
    const branch = call.parameters.branch ?? '';
    const rules = repository.rulesets
      .filter((ruleset) => ruleset.enforcement === 'active' && covers(repository, ruleset, branch))
      .flatMap((ruleset) =>
        ruleset.rules.map((rule) => ({
          ...rule,
          ruleset_source_type: ruleset.source ?? 'Repository',
          ruleset_source: fullName(repository),
          ruleset_id: ruleset.id,
        })),
      );
    return page(call.url, rules);
  },

  [`GET ${REPOSITORY}/rulesets`]: (call) => {
    const repository = repositoryOf(call);
    requireRulesets(call.world, repository);
    const parents = query(call, 'includes_parents') !== 'false';
    const entries = repository.rulesets.filter((entry) => parents || entry.source !== 'Organization');
    return page(
      call.url,
      entries.map((entry) => view(call, entry, false)),
    );
  },

  [`POST ${REPOSITORY}/rulesets`]: (call) => {
    const repository = repositoryOf(call);
    requireRulesets(call.world, repository);
    refuseSameName(repository, call.body.name, undefined);
    const ruleset: Ruleset = {
      id: nextId(repository.rulesets),
      name: call.body.name,
      target: call.body.target ?? 'branch',
      enforcement: call.body.enforcement,
      bypass_actors: call.body.bypass_actors ?? [],
      conditions: call.body.conditions ?? { ref_name: { include: [], exclude: [] } },
      rules: withDefaults(call.body.rules ?? []),
    };
    repository.rulesets.push(ruleset);
    return created(view(call, ruleset, true));
  },

  [`GET ${REPOSITORY}/rulesets/{ruleset_id}`]: (call) => {
    requireRulesets(call.world, repositoryOf(call));
    return ok(view(call, rulesetOf(call), true));
  },

  [`PUT ${REPOSITORY}/rulesets/{ruleset_id}`]: (call) => {
    const repository = repositoryOf(call);
    requireRulesets(call.world, repository);
    const ruleset = rulesetOf(call);
    if (ruleset.source === 'Organization') {
      throw new Refusal(404, 'Not Found');
    }
    if (call.body?.name !== undefined) {
      refuseSameName(repository, call.body.name, ruleset.id);
    }
    Object.assign(ruleset, call.body);
    ruleset.rules = withDefaults(ruleset.rules);
    return ok(view(call, ruleset, true));
  },
};

/** Parameters that GitHub adds where a request leaves them out. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  pull_request: { allowed_merge_methods: ['merge', 'squash', 'rebase'] },
  required_status_checks: { do_not_enforce_on_create: false },
};

function withDefaults(rules: readonly Rule[]): Rule[] {
  return rules.map((rule) =>
    defaults[rule.type] ? { ...rule, parameters: { ...defaults[rule.type], ...rule.parameters } } : rule,
  );
}

function rulesetOf(call: Call): Ruleset {
  const id = Number(call.parameters.ruleset_id);
  return required(repositoryOf(call).rulesets.find((entry) => entry.id === id));
}

function view(call: Call, ruleset: Ruleset, detail: boolean): Record<string, unknown> {
  const writer = allows(call.token, ['administration=write']);
  return rulesetView(call.world, repositoryOf(call), ruleset, { detail, writer });
}

function refuseSameName(repository: Repository, name: string, self: number | undefined): void {
  if (repository.rulesets.some((entry) => entry.name === name && entry.id !== self)) {
    throw new Refusal(422, 'Validation Failed', { extra: { errors: ['Name must be unique'] } });
  }
}

/** `~ALL`, `~DEFAULT_BRANCH` and `refs/heads/…` with `*`. */
function covers(repository: Repository, { target, conditions }: Ruleset, branch: string): boolean {
  const matches = (pattern: string): boolean =>
    pattern === '~ALL' ||
    (pattern === '~DEFAULT_BRANCH' && branch === repository.defaultBranch) ||
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`).test(
      `refs/heads/${branch}`,
    );
  const { include, exclude } = conditions.ref_name;
  return target === 'branch' && include.some(matches) && !exclude.some(matches);
}
