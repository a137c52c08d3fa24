import type { Review } from '@golden-image/policy';
import type { GitHubApi, RepositoryName } from './api.ts';
import { httpStatus } from './failure.ts';

type Permission = NonNullable<Review['permission']>;
const known: readonly Permission[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

/** Looks up what people may do on a repository, each once. */
export function permissionLookup(
  api: GitHubApi,
  name: RepositoryName,
): (login: string) => Promise<Permission> {
  const asked = new Map<string, Promise<Permission>>();
  const ask = async (username: string): Promise<Permission> => {
    try {
      const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
      const { data } = await api.request(route, { ...name, username });
      // role_name tells maintain and triage apart; an organisation's own roles have names of their own.
      const role = [data.role_name, data.permission].find((entry) => (known as string[]).includes(entry));
      return (role ?? 'none') as Permission;
    } catch (error) {
      if (httpStatus(error) === 404) {
        return 'none';
      }
      throw error;
    }
  };
  return (login) => {
    const key = login.toLowerCase();
    const answer = asked.get(key) ?? ask(login);
    asked.set(key, answer);
    return answer;
  };
}
