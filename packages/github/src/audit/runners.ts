import type { Policy } from '@golden-image/policy';
import { type GitHubApi, PAGE, type RepositoryName } from '../api.ts';
import { collaborators, unlisted } from './access.ts';
import { type AuditFinding, found } from './finding.ts';

interface Group {
  readonly id: number;
  readonly name: string;
  readonly visibility: string;
  readonly allows_public_repositories: boolean;
  readonly restricted_to_workflows?: boolean;
}

/**
 * Whoever may run a workflow in a repository that may use a runner group can run code on its machines. So a build
 * host is as safe as the weakest repository of its group.
 */
export async function auditRunnerGroups(
  repository: NonNullable<Policy['repository']>,
  api: GitHubApi,
  name: RepositoryName,
): Promise<readonly AuditFinding[]> {
  const wanted = repository['build-runners'] ?? [];
  if (wanted.length === 0) {
    return [];
  }
  const route = 'GET /orgs/{org}/actions/runner-groups';
  const groups = (await api.paginate(route, {
    org: name.owner,
    per_page: PAGE,
  })) as unknown as readonly Group[];
  const findings: AuditFinding[] = [];
  for (const wantedName of wanted) {
    const group = groups.find((entry) => entry.name === wantedName);
    findings.push(
      ...(group
        ? await auditGroup(group, repository, api, name)
        : [
            found(
              'runner-group',
              'error',
              `There is no runner group ${wantedName}: build hosts are in a group that others may use, or there are none`,
              'Make the group in the settings of the organisation, or correct the policy.',
            ),
          ]),
    );
  }
  return findings;
}

async function auditGroup(
  group: Group,
  repository: NonNullable<Policy['repository']>,
  api: GitHubApi,
  name: RepositoryName,
): Promise<readonly AuditFinding[]> {
  const own = `${name.owner}/${name.repo}`.toLowerCase();
  const open = group.visibility !== 'selected';
  const users = open ? [own] : await repositoriesOf(api, name.owner, group.id);
  const others = users.filter((entry) => entry !== own);
  const findings: AuditFinding[] = [];
  const say = (level: AuditFinding['level'], message: string, next: string): number =>
    findings.push(found('runner-group', level, `The runner group ${group.name} ${message}`, next));
  if (open) {
    const whose = group.visibility === 'all' ? 'every repository' : 'every private repository';
    say(
      'error',
      `can be used by ${whose} of the organisation`,
      'Select the repositories that may use the group.',
    );
  }
  if (others.length > 0) {
    say('error', `can also be used by ${others.join(', ')}`, 'Take the other repositories out of the group.');
  }
  if (group.allows_public_repositories) {
    say(
      'warning',
      "can be used by public repositories, whose forks' pull requests run anybody's code",
      'Untick "Allow public repositories".',
    );
  }
  if (!group.restricted_to_workflows) {
    say(
      'warning',
      'can be used by every workflow of its repositories, also by one that a branch brings',
      'Restrict the group to the workflows that build images, at a protected ref.',
    );
  }
  for (const user of users) {
    findings.push(...(await auditDirectAccess(user, group, repository, api)));
  }
  return findings;
}

async function repositoriesOf(api: GitHubApi, org: string, id: number): Promise<readonly string[]> {
  const route = 'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories';
  const listed = await api.paginate(route, { org, runner_group_id: id, per_page: PAGE });
  return (listed as unknown as readonly { full_name: string }[])
    .map((entry) => entry.full_name.toLowerCase())
    .sort();
}

async function auditDirectAccess(
  fullName: string,
  group: Group,
  repository: NonNullable<Policy['repository']>,
  api: GitHubApi,
): Promise<readonly AuditFinding[]> {
  const [owner = '', repo = ''] = fullName.split('/');
  const direct = await collaborators(api, { owner, repo }, 'push', 'direct');
  const allowed = [...repository['direct-access'], ...(repository.admins ?? [])];
  return unlisted(direct, allowed).map((login) =>
    found(
      'direct-access',
      'error',
      `${login} has write access to ${fullName} by name, not through a team, and so can run code on the build hosts of ${group.name}`,
      'Give access through a team, or add the person under repository: direct-access: in the policy.',
    ),
  );
}
