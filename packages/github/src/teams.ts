import type { Fact } from '@golden-image/policy';
import { type GitHubApi, PAGE } from './api.ts';
import { type ObservePorts, observe } from './observe.ts';
import { personOf } from './people.ts';

/**
 * Who is in each team, child teams included.
 *
 * @param teams `org/slug`, each once
 */
export async function teamFacts(
  api: GitHubApi,
  teams: readonly string[],
  ports: ObservePorts,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const team of [...new Set(teams.map((name) => name.toLowerCase()))].sort()) {
    const [org = '', slug = ''] = team.split('/');
    const look = async () => {
      const route = 'GET /orgs/{org}/teams/{team_slug}/members';
      const members = await api.paginate(route, { org, team_slug: slug, per_page: PAGE });
      return members.map((member) => personOf(member));
    };
    facts.push(await observe({ kind: 'team', team }, `GET /orgs/${org}/teams/${slug}/members`, look, ports));
  }
  return facts;
}
