import type { Finding } from '../decision/decision.ts';
import { finding } from '../decision/finding.ts';
import type { FactOf, Facts } from '../facts/facts.ts';
import { known, notKnown } from '../facts/known.ts';
import { type Contributors, contributorsOf } from '../people/contributors.ts';
import { sameLogin } from '../people/login.ts';
import { memberOf } from '../people/membership.ts';
import { matchesGlob } from '../policy/glob.ts';
import type { EnvironmentPolicy, Policy } from '../policy/policy-schema.ts';

type Approval = NonNullable<FactOf<'deployment-approvals'>['value']>[number];
type Environment = NonNullable<FactOf<'environment'>['value']>;
type Run = NonNullable<FactOf<'run'>['value']>;

/** GitHub's environments: who approved the deployment, from which ref, and that nobody approved their own work. */
export function environmentFindings(policy: Policy, facts: Facts): readonly Finding[] {
  const names = Object.keys(policy.environments ?? {});
  if (names.length === 0) {
    return [];
  }
  const name = facts.environment;
  const rules = name !== undefined && names.includes(name) ? policy.environments?.[name] : undefined;
  if (name === undefined || rules === undefined) {
    const found =
      name === undefined ? 'the environment is not named' : `the policy has no environment ${name}`;
    const requirement = 'The release goes to an environment that the policy knows';
    return [
      finding('release.environment', requirement, name === undefined ? 'unknown' : 'fail', {
        found,
        next: `Set the input environment to one of: ${names.join(', ')}.`,
      }),
    ];
  }
  const prefix = `release.environment.${name}`;
  const run = known(facts, 'run');
  if (!run.value) {
    return [notKnown(`${prefix}.run`, `The run that deploys to ${name} is known`, run)];
  }
  return [
    attemptFinding(prefix, policy, rules, run.value),
    ...refFindings(prefix, name, rules, run.value),
    ...(rules.reviewers ? approvalFindings(prefix, name, rules, run.value, policy, facts) : []),
  ];
}

/** GitHub does not say which attempt an approval was for. */
function attemptFinding(prefix: string, policy: Policy, rules: EnvironmentPolicy, { attempt }: Run): Finding {
  const allowed = attempt === 1 || rules.reviewers === undefined || policy['re-runs'].release === 'allow';
  return finding(`${prefix}.attempt`, 'The approval is for this attempt', allowed ? 'pass' : 'fail', {
    found: attempt === 1 ? 'first attempt' : `attempt ${attempt}: approvals of earlier ones count for GitHub`,
    next: 'Start a new run, or allow it with `re-runs: {release: allow}` in the policy.',
  });
}

function refFindings(
  prefix: string,
  name: string,
  { refs }: EnvironmentPolicy,
  { ref }: Run,
): readonly Finding[] {
  if (!refs) {
    return [];
  }
  const short = ref.replace(/^refs\/(?:heads|tags)\//, '');
  const allowed = refs.some((pattern) => matchesGlob(pattern, pattern.startsWith('refs/') ? ref : short));
  return [
    finding(`${prefix}.ref`, `${name} is released from ${refs.join(', ')}`, allowed ? 'pass' : 'fail', {
      found: ref,
      next: `Release from ${refs.join(' or ')}.`,
    }),
  ];
}

function approvalFindings(
  prefix: string,
  name: string,
  rules: EnvironmentPolicy,
  run: Run,
  policy: Policy,
  facts: Facts,
): readonly Finding[] {
  const environment = known(facts, 'environment', (fact) => fact.environment === name);
  const approvals = known(facts, 'deployment-approvals');
  const history = known(facts, 'history');
  const missing = [
    ...(environment.value
      ? []
      : [notKnown(`${prefix}.settings`, `The settings of ${name} are known`, environment)]),
    ...(approvals.value ? [] : [notKnown(`${prefix}.approvals`, `Who approved ${name} is known`, approvals)]),
    ...(rules['self-review'] === 'allow' || history.value
      ? []
      : [notKnown(`${prefix}.history`, 'Who contributed since the last release is known', history)]),
  ];
  if (!environment.value || !approvals.value || missing.length > 0) {
    return missing;
  }
  const contributors =
    rules['self-review'] === 'deny' && history.value
      ? contributorsOf(
          {
            authors: history.value.pulls.map(({ author }) => author),
            commits: history.value.commits,
            pushes: history.value.pushers,
          },
          policy.people,
        )
      : undefined;
  const since = history.value?.since?.tag ?? 'the beginning';
  const findings = [
    approvedFinding(
      prefix,
      name,
      rules,
      { run, environment: environment.value, contributors, since },
      approvals.value,
      facts,
    ),
    bypassFinding(prefix, name, rules, environment.value),
  ];
  if (contributors && history.value) {
    findings.push(...historyFindings(prefix, contributors, history.value.to, since, run));
  }
  return findings;
}

interface Context {
  readonly run: Run;
  readonly environment: Environment;
  /** Absent where contributors may approve. */
  readonly contributors: Contributors | undefined;
  readonly since: string;
}

function approvedFinding(
  prefix: string,
  name: string,
  rules: EnvironmentPolicy,
  context: Context,
  all: readonly Approval[],
  facts: Facts,
): Finding {
  const own = all.filter(({ environments }) => environments.includes(name));
  const counted = new Set<string>();
  const unknown: string[] = [];
  const rejected: string[] = [];
  for (const approval of own) {
    const login = approval.user.login ?? 'a deleted account';
    const verdict =
      approval.state === 'approved' ? judge(approval, rules, context, facts) : { no: approval.state };
    if ('no' in verdict) {
      rejected.push(`${login} (${verdict.no})`);
    } else if ('unknown' in verdict) {
      unknown.push(`${login} (${verdict.unknown})`);
    } else {
      counted.add(login.toLowerCase());
    }
  }
  const vetoed = own.some(({ state }) => state === 'rejected');
  const enough = counted.size >= rules.approvals && !vetoed;
  const perhaps = !vetoed && counted.size + unknown.length >= rules.approvals;
  const found = [
    counted.size === 0 ? 'none counts' : `approved by ${[...counted].join(', ')}`,
    ...(rejected.length > 0 ? [`not counted: ${rejected.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`not known: ${unknown.join(', ')}`] : []),
  ].join('; ');
  const who = rules.reviewers?.join(' or ') ?? '';
  const requirement = `${name} is approved by ${rules.approvals} of ${who}`;
  return finding(`${prefix}.approvals`, requirement, enough ? 'pass' : perhaps ? 'unknown' : 'fail', {
    by: [...counted].join(', '),
    found,
    next: `Ask one of ${who}, who contributed nothing since ${context.since}, to approve a new run.`,
  });
}

type Verdict = { readonly yes: true } | { readonly no: string } | { readonly unknown: string };

function judge(
  { user, permission }: Approval,
  rules: EnvironmentPolicy,
  context: Context,
  facts: Facts,
): Verdict {
  const { login } = user;
  if (login === undefined) {
    return { no: 'the account is gone' };
  }
  if (user.type !== 'User') {
    return user.type === 'unknown' ? { unknown: 'person or bot' } : { no: 'not a person' };
  }
  const { run, environment, contributors, since } = context;
  if (contributors) {
    if (sameLogin(login, run.actor.login) || sameLogin(login, run.triggeringActor?.login)) {
      return { no: 'started the run' };
    }
    if (contributors.rolesOf(login).length > 0) {
      return { no: `${contributors.describe(login)}, since ${since}` };
    }
  }
  const listed = isReviewer(login, rules.reviewers ?? [], facts);
  // An administrator who bypasses the protection is no reviewer of the environment.
  const configured = isReviewer(
    login,
    environment.reviewers.map((reviewer) => reviewer.name),
    facts,
  );
  if (listed === false || configured === false) {
    return {
      no: listed === false ? 'no reviewer in the policy' : `no reviewer in the environment's settings`,
    };
  }
  if (permission === 'none') {
    return { no: 'no access to the repository' };
  }
  if (listed === undefined || configured === undefined || permission === undefined) {
    return { unknown: permission === undefined ? 'permission' : 'team' };
  }
  return { yes: true };
}

/** Logins, and teams with a slash. */
function isReviewer(login: string, reviewers: readonly string[], facts: Facts): boolean | undefined {
  if (reviewers.some((name) => !name.includes('/') && sameLogin(name, login))) {
    return true;
  }
  const teams = reviewers.filter((name) => name.includes('/'));
  return teams.length === 0 ? false : memberOf(teams, facts)(login);
}

function bypassFinding(
  prefix: string,
  name: string,
  rules: EnvironmentPolicy,
  { adminsCanBypass }: Environment,
): Finding {
  const allowed = rules['admin-bypass'] === 'allow' || !adminsCanBypass;
  return finding(
    `${prefix}.admin-bypass`,
    `Administrators cannot bypass the protection of ${name}`,
    allowed ? 'pass' : 'fail',
    {
      found: adminsCanBypass ? 'they can' : 'they cannot',
      next: `Clear "Allow administrators to bypass" in the settings of the environment ${name}, or run the mode provision.`,
    },
  );
}

function historyFindings(
  prefix: string,
  { strangers }: Contributors,
  to: string,
  since: string,
  run: Run,
): readonly Finding[] {
  return [
    finding(
      `${prefix}.history`,
      'The history is that of the released commit',
      to === run.sha ? 'pass' : 'fail',
      {
        found:
          to === run.sha
            ? `since ${since}`
            : `it is that of ${to.slice(0, 7)}, the run is of ${run.sha.slice(0, 7)}`,
        next: 'Run the gate on the commit that is released.',
      },
    ),
    finding(
      `${prefix}.contributors`,
      `Everybody who contributed since ${since} is known`,
      strangers.length === 0 ? 'pass' : 'unknown',
      {
        found:
          strangers.length === 0 ? 'all have accounts' : `no account for ${strangers.slice(0, 5).join(', ')}`,
        next: 'Add the address to the account on GitHub, or say whose it is under people in the policy.',
      },
    ),
  ];
}
