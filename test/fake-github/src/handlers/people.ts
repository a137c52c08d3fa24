import { type Call, type Handlers, query, REPOSITORY, repositoryOf } from '../handler.ts';
import { notFound, ok, page, required } from '../reply.ts';
import { organizationView, teamView, userByLogin, userOf, userView } from '../views.ts';
import type { Role, Team } from '../world.ts';

/** A role with all that it includes. */
const ladder: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];
const roleOfPermission: Readonly<Record<string, Role>> = {
  pull: 'read',
  triage: 'triage',
  push: 'write',
  maintain: 'maintain',
  admin: 'admin',
};

/** Users, teams and who may do what. */
export const peopleHandlers: Handlers = {
  'GET /users/{username}': (call) => {
    const user = userOf(call.world, call.parameters.username ?? '');
    const dates = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' };
    return ok({ ...userView(user), name: user.login, ...dates });
  },

  'GET /apps/{app_slug}': (call) => {
    if (call.parameters.app_slug !== 'github-actions') {
      throw notFound();
    }
    return ok({
      id: 15368,
      slug: 'github-actions',
      node_id: 'A_15368',
      name: 'GitHub Actions',
      description: '',
      external_url: 'https://github.test/',
      owner: organizationView(call.world),
      created_at: '2018-07-30T09:30:17Z',
      updated_at: '2018-07-30T09:30:17Z',
      permissions: { contents: 'write' },
      events: [],
    });
  },

  [`GET ${REPOSITORY}/collaborators`]: (call) => {
    const affiliation = query(call, 'affiliation') ?? 'all';
    const least = roleOfPermission[query(call, 'permission') ?? 'pull'] ?? 'read';
    const entries = repositoryOf(call).collaborators.filter(
      ({ role, via }) =>
        ladder.indexOf(role) >= ladder.indexOf(least) &&
        (affiliation === 'all' || via === affiliation || (affiliation === 'direct' && via === 'outside')),
    );
    return page(
      call.url,
      entries.map(({ login, role }) => ({
        ...userByLogin(call.world, login),
        role_name: role,
        permissions: flags(role),
      })),
    );
  },

  [`GET ${REPOSITORY}/collaborators/{username}/permission`]: (call) => {
    const user = userOf(call.world, call.parameters.username ?? '');
    const repository = repositoryOf(call);
    const found = repository.collaborators.find((entry) => entry.login === user.login);
    const role = found?.role ?? (repository.private ? undefined : 'read');
    // The older field knows four words only: maintain counts as write, triage as read.
    const legacy = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : (role ?? 'none');
    return ok({
      permission: legacy,
      role_name: found?.customRole ?? role ?? '',
      user: { ...userView(user), role_name: found?.customRole ?? role ?? '', permissions: flags(role) },
    });
  },

  [`GET ${REPOSITORY}/teams`]: (call) => {
    repositoryOf(call);
    return page(call.url, call.world.teams.map(teamView));
  },

  'GET /orgs/{org}/teams/{team_slug}': (call) => {
    const team = teamOf(call);
    const dates = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' };
    return ok({
      ...teamView(team),
      ...dates,
      members_count: team.members.length,
      repos_count: 1,
      organization: { ...organizationView(call.world), has_organization_projects: true, ...dates },
    });
  },

  'GET /orgs/{org}/teams/{team_slug}/members': (call) =>
    page(
      call.url,
      teamOf(call).members.map((login) => userByLogin(call.world, login)),
    ),
};

function teamOf({ world, parameters }: Call): Team {
  const known = parameters.org === world.organization;
  return required(world.teams.find((team) => known && team.slug === parameters.team_slug));
}

function flags(role: Role | undefined): Record<string, boolean> {
  const has = (least: Role): boolean => role !== undefined && ladder.indexOf(role) >= ladder.indexOf(least);
  return {
    pull: has('read'),
    triage: has('triage'),
    push: has('write'),
    maintain: has('maintain'),
    admin: has('admin'),
  };
}
