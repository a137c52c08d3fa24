import type { Policy } from '@golden-image/policy';
import type { GitHubApi, RepositoryName } from '../api.ts';
import { desiredRulesets } from '../provision/desired.ts';
import { actionsApp, bypassActors } from '../provision/lookup.ts';
import { readRuleset } from '../provision/read-rulesets.ts';
import type { BypassActor, Rule } from '../provision/ruleset.ts';
import { type EffectiveRule, effectiveRules } from './effective-rules.ts';
import { type AuditFinding, found } from './finding.ts';

type RepositoryPolicy = NonNullable<Policy['repository']>;

export interface BranchAudit {
  readonly policy: Policy;
  readonly repository: RepositoryPolicy;
  readonly defaultBranch: string;
  /** Logins of those who administer the repository. */
  readonly admins: readonly string[];
}

/** What is in force on the protected branches, whoever set it up, and who may pass by it. */
export async function auditBranches(
  audit: BranchAudit,
  api: GitHubApi,
  name: RepositoryName,
): Promise<readonly AuditFinding[]> {
  const permitted = await bypassActors(api, audit.repository.bypass);
  const [wanted] = desiredRulesets(audit.policy, audit.repository, await actionsApp(api), permitted);
  const findings: AuditFinding[] = [];
  const rulesets = new Set<number>();
  for (const branch of branchNames(audit)) {
    const { rules, adminsAreExempt } = await effectiveRules(api, name, branch);
    findings.push(...(wanted?.rules ?? []).flatMap((rule) => missing(branch, rule, rules)));
    for (const { ruleset } of rules) {
      if (ruleset !== undefined) {
        rulesets.add(ruleset);
      }
    }
    if (adminsAreExempt) {
      findings.push(
        found(
          'admin-bypass',
          'error',
          `The protection of ${branch} does not hold for administrators: ${people(audit.admins)}`,
          'Switch on "Do not allow bypassing the above settings" in the branch protection.',
        ),
      );
    }
  }
  for (const id of [...rulesets].sort((a, b) => a - b)) {
    findings.push(...(await auditBypass(id, permitted, audit.admins, api, name)));
  }
  return findings;
}

/** Patterns cannot be asked for: they are as the ruleset has them. */
function branchNames({ repository, defaultBranch }: BranchAudit): readonly string[] {
  const names = repository.branches
    .map((branch) => (branch.startsWith('~') ? defaultBranch : branch.replace(/^refs\/heads\//, '')))
    .filter((branch) => !branch.includes('*'));
  return [...new Set(names)];
}

const NEXT = 'Run gate-approval with mode: provision, or put it right in the settings.';

/** What a wanted rule asks for that no rule in force gives. */
function missing(branch: string, wanted: Rule, rules: readonly EffectiveRule[]): readonly AuditFinding[] {
  const same = rules.filter((rule) => rule.type === wanted.type);
  const drift = (what: string): AuditFinding =>
    found('protection-drift', 'error', `${branch}: ${what} is not enforced`, NEXT);
  if (same.length === 0) {
    return [drift(wanted.type)];
  }
  return Object.entries(wanted.parameters ?? {}).flatMap(([key, value]) => {
    const values = same.map((rule) => rule.parameters[key]);
    if (key === 'required_status_checks') {
      return missingChecks(value as readonly Check[], values.flat() as readonly Check[]).map(drift);
    }
    if (key === 'required_approving_review_count') {
      const most = Math.max(...values.map((entry) => Number(entry ?? 0)));
      return most >= Number(value)
        ? []
        : [drift(`the policy's number of approvals, ${value} (it is ${most})`)];
    }
    return value === true && !values.includes(true) ? [drift(key)] : [];
  });
}

interface Check {
  readonly context: string;
  readonly integration_id?: number;
}

function missingChecks(wanted: readonly Check[], present: readonly Check[]): readonly string[] {
  return wanted.flatMap(({ context, integration_id }) => {
    const named = present.filter((check) => check.context === context);
    if (named.length === 0) {
      return [`the check ${context}`];
    }
    return named.some((check) => check.integration_id === integration_id)
      ? []
      : [`that the check ${context} comes from GitHub Actions: anyone with write access may report it; that`];
  });
}

async function auditBypass(
  id: number,
  permitted: readonly BypassActor[],
  admins: readonly string[],
  api: GitHubApi,
  name: RepositoryName,
): Promise<readonly AuditFinding[]> {
  const ruleset = await readRuleset(api, name, id);
  if (!ruleset.bypass_actors) {
    return [
      {
        rule: 'bypass-actor',
        level: 'error',
        status: 'unknown',
        message: `Who may bypass the ruleset ${ruleset.name} is not shown to this token`,
        next:
          ruleset.source === 'Repository'
            ? 'Pass as token one that has administration: write.'
            : 'Pass as token one that administers the organisation, whose ruleset it is.',
      },
    ];
  }
  return ruleset.bypass_actors.flatMap((actor) => {
    const known = permitted.find(
      (entry) => entry.actor_type === actor.actor_type && entry.actor_id === actor.actor_id,
    );
    if (known && (known.bypass_mode === actor.bypass_mode || actor.bypass_mode === 'pull_request')) {
      return [];
    }
    const who = describeActor(actor, admins);
    const how = actor.bypass_mode === 'pull_request' ? 'through a pull request' : 'at any time';
    return [
      found(
        'bypass-actor',
        'error',
        `${who} may bypass the ruleset ${ruleset.name} ${how}, which the policy does not permit`,
        'Remove the actor from the ruleset, or permit it under repository: bypass: in the policy.',
      ),
    ];
  });
}

function describeActor({ actor_type, actor_id }: BypassActor, admins: readonly string[]): string {
  if (actor_type === 'RepositoryRole' && actor_id === 5) {
    return `Every administrator of the repository (${people(admins)})`;
  }
  const words: Readonly<Record<string, string>> = {
    OrganizationAdmin: 'Every owner of the organisation',
    DeployKey: 'Every deploy key',
    RepositoryRole: `The repository role ${actor_id}`,
    Team: `The team ${actor_id}`,
    Integration: `The app ${actor_id}`,
    User: `The user ${actor_id}`,
  };
  return words[actor_type] ?? `${actor_type} ${actor_id ?? ''}`;
}

export function people(logins: readonly string[]): string {
  return logins.length === 0 ? 'nobody at the moment' : logins.join(', ');
}
