import type { Finding } from '../decision/decision.ts';
import { finding, firstOf } from '../decision/finding.ts';
import type { Facts } from '../facts/facts.ts';
import { known, notKnown } from '../facts/known.ts';
import { sameLogin } from '../people/login.ts';
import { memberOf } from '../people/membership.ts';
import { ownersOf, parseCodeOwners } from '../policy/code-owners.ts';
import { matchesGlob } from '../policy/glob.ts';
import type { Policy } from '../policy/policy-schema.ts';
import { pathsOf } from './approval-rules.ts';
import { judgeApprovals } from './approvals.ts';
import type { Pull } from './pull.ts';

/** Every owned file under a rule that asks for it was approved by one of its owners. */
export function codeOwnerFindings(pull: Pull, policy: Policy, facts: Facts): readonly Finding[] {
  const rules = (policy.changes ?? []).filter((rule) => rule['code-owners']);
  const paths = pathsOf(pull).filter((path) =>
    rules.some((rule) => rule.paths.some((pattern) => matchesGlob(pattern, path))),
  );
  if (paths.length === 0) {
    return [];
  }
  const rule = 'changes.code-owners';
  const requirement = `#${pull.number}: every owned file is approved by a code owner`;
  const owners = known(facts, 'code-owners');
  if (!owners.value) {
    return [notKnown(rule, requirement, owners)];
  }
  if (owners.value.errors.length > 0) {
    return [
      finding(rule, requirement, 'fail', {
        found: `${owners.value.path ?? 'CODEOWNERS'} has mistakes: ${firstOf(owners.value.errors)}`,
        next: 'Put CODEOWNERS right on the base branch; GitHub ignores its wrong lines.',
      }),
    ];
  }
  return [judge(pull, groups(paths, owners.value.text ?? ''), { rule, requirement }, policy, facts)];
}

/** Paths by their owners; files without owners need nobody. */
function groups(paths: readonly string[], text: string): ReadonlyMap<string, readonly string[]> {
  const lines = parseCodeOwners(text);
  const byOwners = new Map<string, string[]>();
  for (const path of paths) {
    const owners = [...ownersOf(lines, path)].sort().join(' ');
    if (owners !== '') {
      byOwners.set(owners, [...(byOwners.get(owners) ?? []), path]);
    }
  }
  return byOwners;
}

function judge(
  pull: Pull,
  byOwners: ReadonlyMap<string, readonly string[]>,
  { rule, requirement }: { readonly rule: string; readonly requirement: string },
  policy: Policy,
  facts: Facts,
): Finding {
  const not = [...new Set((policy.changes ?? []).flatMap((entry) => entry.approvals.not))];
  const open: string[] = [];
  const by = new Set<string>();
  let unknown = false;
  for (const [owners, paths] of byOwners) {
    const { counted, unknown: perhaps } = judgeApprovals({
      reviews: pull.reviews,
      headSha: pull.request.headSha,
      contributors: pull.contributors,
      not,
      member: ownership(owners.split(' '), facts),
    });
    for (const login of counted) {
      by.add(login);
    }
    if (counted.length === 0) {
      unknown ||= perhaps.length > 0;
      open.push(
        `${firstOf(paths)} (${owners}${perhaps.length > 0 ? `; not known: ${perhaps.join(', ')}` : ''})`,
      );
    }
  }
  const status = open.length === 0 ? 'pass' : unknown ? 'unknown' : 'fail';
  return finding(rule, requirement, status, {
    by: [...by].join(', '),
    found:
      open.length > 0
        ? `missing for ${open.join('; ')}`
        : byOwners.size === 0
          ? 'no file has owners'
          : 'all approved',
    next:
      status === 'unknown'
        ? 'Let the gate read the owning teams: a token with members: read of the organisation.'
        : 'Ask the named owners, who did not contribute, to approve the newest commit.',
  });
}

/** Whether somebody is one of these owners; an owner by e-mail address cannot be matched. */
function ownership(owners: readonly string[], facts: Facts) {
  const logins = owners.filter((owner) => owner.startsWith('@') && !owner.includes('/'));
  const teams = owners.filter((owner) => owner.startsWith('@') && owner.includes('/'));
  const inTeam = memberOf(
    teams.map((team) => team.slice(1)),
    facts,
  );
  const byEmail = owners.some((owner) => !owner.startsWith('@'));
  return (login: string): boolean | undefined => {
    if (logins.some((owner) => sameLogin(owner.slice(1), login))) {
      return true;
    }
    const team = teams.length > 0 ? inTeam(login) : false;
    return team === false && byEmail ? undefined : team;
  };
}
