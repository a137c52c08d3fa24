/** GitHub's rulesets in GitHub's own words, and which of two is stricter. */
export interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface BypassActor {
  readonly actor_id: number | null;
  readonly actor_type: string;
  readonly bypass_mode: string;
}

export interface Ruleset {
  readonly name: string;
  readonly target: 'branch' | 'tag';
  readonly enforcement: 'active';
  readonly bypass_actors: readonly BypassActor[];
  readonly conditions: { readonly ref_name: { readonly include: string[]; readonly exclude: string[] } };
  readonly rules: readonly Rule[];
}

/** As far as it is read: whatever another person made of it. */
export interface ExistingRuleset extends Omit<Ruleset, 'enforcement'> {
  readonly id: number;
  readonly enforcement: string;
}

interface Check {
  readonly context: string;
  readonly integration_id?: number;
}

/**
 * The stricter of both in every respect: what `wanted` asks for, and whatever `current` asks beyond it. Who may bypass
 * and which refs are left out is `wanted` alone: fewer of them is stricter, and more is what a provisioning removes.
 */
export function stricter(wanted: Ruleset, current: ExistingRuleset): Ruleset {
  const include = union(wanted.conditions.ref_name.include, current.conditions.ref_name.include);
  const types = union(
    wanted.rules.map((rule) => rule.type),
    current.rules.map((rule) => rule.type),
  );
  const allowed = new Set(wanted.bypass_actors.map(actorKey));
  return {
    ...wanted,
    // Someone may have taken a permitted actor away: that is stricter too.
    bypass_actors: current.bypass_actors.filter((actor) => allowed.has(actorKey(actor))),
    conditions: { ref_name: { include, exclude: [] } },
    rules: types.map((type) =>
      stricterRule(
        wanted.rules.find((rule) => rule.type === type),
        current.rules.find((rule) => rule.type === type),
      ),
    ),
  };
}

/** The policy to the letter. Parameters that it says nothing about stay: GitHub adds some by itself. */
export function exactly(wanted: Ruleset, current: ExistingRuleset): Ruleset {
  const rules = wanted.rules.map((rule) => {
    const before = current.rules.find(({ type }) => type === rule.type)?.parameters;
    return before || rule.parameters
      ? { type: rule.type, parameters: { ...before, ...rule.parameters } }
      : rule;
  });
  return { ...wanted, rules };
}

export function actorKey({ actor_type, actor_id, bypass_mode }: BypassActor): string {
  return `${actor_type} ${actor_id ?? ''} ${bypass_mode}`;
}

function stricterRule(wanted: Rule | undefined, current: Rule | undefined): Rule {
  if (!wanted || !current) {
    return (wanted ?? current) as Rule;
  }
  if (!wanted.parameters) {
    return current.parameters ? current : wanted;
  }
  const before = current.parameters ?? {};
  const entries = Object.entries({ ...before, ...wanted.parameters }).map(([key, value]) => [
    key,
    key in before && key in (wanted.parameters ?? {}) ? stricterValue(key, value, before[key]) : value,
  ]);
  return { type: wanted.type, parameters: Object.fromEntries(entries) };
}

/** Parameters where a larger or a true value asks for more; all others are as the policy has them. */
function stricterValue(key: string, wanted: unknown, current: unknown): unknown {
  if (key === 'required_approving_review_count') {
    return Math.max(Number(wanted), Number(current));
  }
  if (key === 'required_status_checks') {
    return unionOfChecks(wanted as Check[], current as Check[]);
  }
  if (typeof wanted === 'boolean' && key !== 'do_not_enforce_on_create') {
    return wanted || current === true;
  }
  return wanted;
}

/** A check that anyone may report is the weaker of two with one name. */
function unionOfChecks(wanted: readonly Check[], current: readonly Check[]): Check[] {
  const extra = current.filter((check) => !wanted.some(({ context }) => context === check.context));
  return [...wanted, ...extra];
}

function union(wanted: readonly string[], current: readonly string[]): string[] {
  return [...wanted, ...current.filter((entry) => !wanted.includes(entry))];
}

/** A form in which equal rulesets are equal: order means nothing, and only what GitHub was told counts. */
export function comparable(ruleset: Ruleset | ExistingRuleset): unknown {
  const { name, target, enforcement, bypass_actors, conditions, rules } = ruleset;
  const sort = <T>(entries: readonly T[], key: (entry: T) => string): readonly T[] =>
    entries.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return {
    name,
    target,
    enforcement,
    bypass: sort(bypass_actors, actorKey).map(({ actor_id, actor_type, bypass_mode }) => ({
      actor_type,
      actor_id,
      bypass_mode,
    })),
    refs: {
      include: conditions.ref_name.include.toSorted(),
      exclude: conditions.ref_name.exclude.toSorted(),
    },
    rules: Object.fromEntries(
      sort(rules, (rule) => rule.type).map((rule) => [rule.type, rule.parameters ?? {}]),
    ),
  };
}
