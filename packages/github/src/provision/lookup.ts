import { UserError } from '@golden-image/host';
import type { GitHubApi } from '../api.ts';
import { httpStatus } from '../failure.ts';
import type { BypassActor } from './ruleset.ts';

/** GitHub's numbers for the repository roles that a ruleset may name; from docs.github.com/rest/repos/rules. */
const ROLES: Readonly<Record<string, number>> = { maintain: 2, write: 4, admin: 5 };

/** GitHub's own app, which reports the checks of workflows; an Enterprise Server has another number for it. */
export function actionsApp(api: GitHubApi): Promise<number> {
  return appId(api, 'github-actions');
}

async function appId(api: GitHubApi, slug: string): Promise<number> {
  const found = await orMissing(`the app ${slug}`, () =>
    api.request('GET /apps/{app_slug}', { app_slug: slug }),
  );
  if (!found.data) {
    throw missing(`the app ${slug}`);
  }
  return Number(found.data.id);
}

export async function userId(api: GitHubApi, login: string): Promise<number> {
  const user = await orMissing(`the user ${login}`, () =>
    api.request('GET /users/{username}', { username: login }),
  );
  return Number(user.data.id);
}

/** @param team `org/slug` */
export async function teamId(api: GitHubApi, team: string): Promise<number> {
  const [org = '', slug = ''] = team.split('/');
  const found = await orMissing(`the team ${team}`, () =>
    api.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug: slug }),
  );
  return Number(found.data.id);
}

/** The policy's words for who may bypass, in GitHub's numbers. */
export async function bypassActors(
  api: GitHubApi,
  names: readonly string[],
): Promise<readonly BypassActor[]> {
  const actors: BypassActor[] = [];
  for (const entry of names) {
    const [kind = '', value = ''] = entry.split(/:(.*)/s);
    // Through a pull request only, so that a bypass leaves a trace; a deploy key cannot open one.
    const mode = kind === 'deploy-key' ? 'always' : 'pull_request';
    actors.push({ ...(await actor(api, kind, value)), bypass_mode: mode });
  }
  return actors;
}

async function actor(api: GitHubApi, kind: string, value: string): Promise<Omit<BypassActor, 'bypass_mode'>> {
  switch (kind) {
    case 'team':
      return { actor_type: 'Team', actor_id: await teamId(api, value) };
    case 'app':
      return {
        actor_type: 'Integration',
        actor_id: /^\d+$/.test(value) ? Number(value) : await appId(api, value),
      };
    case 'role':
      return { actor_type: 'RepositoryRole', actor_id: ROLES[value] ?? null };
    case 'organization-admin':
      return { actor_type: 'OrganizationAdmin', actor_id: 1 };
    default:
      return { actor_type: 'DeployKey', actor_id: null };
  }
}

async function orMissing<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw httpStatus(error) === 404 ? missing(what) : error;
  }
}

function missing(what: string): UserError {
  return new UserError(`The policy names ${what}, which GitHub does not know or does not show to the token`, {
    code: 'unknown-name',
    fix: 'Correct the policy, or give a token with members: read.',
  });
}
