import type { Policy } from '@golden-image/policy';
import { type GitHubApi, PAGE, type RepositoryName } from '../api.ts';
import { type AuditFinding, found } from './finding.ts';

/** Logins of those with at least a permission; `direct`: by name rather than through a team. */
export async function collaborators(
  api: GitHubApi,
  name: RepositoryName,
  permission: 'push' | 'admin',
  affiliation: 'all' | 'direct',
): Promise<readonly string[]> {
  const route = 'GET /repos/{owner}/{repo}/collaborators';
  const listed = await api.paginate(route, { ...name, permission, affiliation, per_page: PAGE });
  return listed.map((entry) => entry.login).sort();
}

/** Administrators whom the policy does not name: they can change every rule. */
export function auditAdmins(
  repository: NonNullable<Policy['repository']>,
  admins: readonly string[],
): readonly AuditFinding[] {
  const allowed = repository.admins;
  return allowed === undefined
    ? []
    : unlisted(admins, allowed).map((login) =>
        found(
          'unlisted-admin',
          'error',
          `${login} administers the repository and is not among the policy's admins`,
          'Take the role away, or add the person under repository: admins: in the policy.',
        ),
      );
}

export function unlisted(logins: readonly string[], allowed: readonly string[]): readonly string[] {
  const known = new Set(allowed.map((login) => login.toLowerCase()));
  return logins.filter((login) => !known.has(login.toLowerCase()));
}
