import type { Commit, Person, Push } from '../facts/people.ts';
import type { Role } from '../policy/policy-schema.ts';
import { key } from './login.ts';

export interface Contributions {
  /** Authors of pull requests. */
  readonly authors: readonly Person[];
  readonly commits: readonly Commit[];
  readonly pushes: readonly Push[];
}

/** Whoever has a part in a change. */
export interface Contributors {
  /** In which ways; empty for somebody who has no part in it. */
  readonly rolesOf: (login: string) => readonly Role[];
  /** `author of the pull request`, `committer of 1234567`: the first ways in words. */
  readonly describe: (login: string) => string;
  /** Contributors whose account is not known, in words. */
  readonly strangers: readonly string[];
}

/** Addresses that GitHub does not know, to a login or to `outside` (policy, `people`). */
export type KnownPeople = Readonly<Record<string, string>> | undefined;

/** Collects the contributors. What GitHub itself committed is nobody's; its author is somebody's still. */
export function contributorsOf(contributions: Contributions, people: KnownPeople): Contributors {
  const parts = new Map<string, { roles: Set<Role>; ways: string[] }>();
  const strangers = new Set<string>();
  const accounts = new Map(Object.entries(people ?? {}).map(([email, login]) => [key(email), login]));
  const add = (person: Person, role: Role, way: string): void => {
    const login = person.login ?? accounts.get(key(person.email ?? ''));
    if (login === undefined) {
      const name = [person.name, person.email && `<${person.email}>`].filter(Boolean).join(' ');
      strangers.add(`${name || 'somebody'} (${way})`);
      return;
    }
    if (person.login === undefined && login === 'outside') {
      return;
    }
    const part = parts.get(key(login)) ?? { roles: new Set(), ways: [] };
    part.roles.add(role);
    part.ways.push(way);
    parts.set(key(login), part);
  };
  for (const author of contributions.authors) {
    add(author, 'author', 'author of the pull request');
  }
  for (const { sha, author, coAuthors, committer, signedByGitHub } of contributions.commits) {
    const short = sha.slice(0, 7);
    add(author, 'author', `author of ${short}`);
    for (const coAuthor of coAuthors) {
      add(coAuthor, 'co-author', `co-author of ${short}`);
    }
    if (!signedByGitHub) {
      add(committer, 'committer', `committer of ${short}`);
    }
  }
  for (const { actor, sha } of contributions.pushes) {
    add(actor, 'pusher', `pushed ${sha.slice(0, 7)}`);
  }
  return {
    rolesOf: (login) => [...(parts.get(key(login))?.roles ?? [])],
    describe: (login) => [...new Set(parts.get(key(login))?.ways)].slice(0, 2).join(', '),
    strangers: [...strangers],
  };
}
