import type { Person } from '@golden-image/policy';

interface RestUser {
  readonly login: string;
  readonly type?: string;
}

/** A user as REST shows one; null is a deleted account. */
export function personOf(user: RestUser | null | undefined): Person {
  if (!user?.login) {
    return { type: 'unknown', name: 'a deleted account' };
  }
  return { login: withoutBotSuffix(user.login), type: typeOf(user.type) };
}

function typeOf(type: string | undefined): Person['type'] {
  switch (type) {
    case 'User':
    case 'Bot':
    case 'Organization':
    case 'Mannequin':
      return type;
    default:
      return 'unknown';
  }
}

/** REST writes `dependabot[bot]`, GraphQL `dependabot`. */
export function withoutBotSuffix(login: string): string {
  return login.replace(/\[bot\]$/, '');
}

export interface GitActor {
  readonly name: string | null;
  readonly email: string | null;
  readonly user: { readonly login: string } | null;
}

/** `49699333+dependabot[bot]@users.noreply.github.com`: bots are nobody's account, GraphQL shows no user for them. */
const BOT_EMAIL = /^(?:\d+\+)?([A-Za-z0-9-]+)\[bot\]@users\.noreply\.[^@]+$/;

/** The author or committer of a commit; without an account name and e-mail are kept for messages. */
export function personOfGitActor(actor: GitActor | null | undefined): Person {
  if (actor?.user) {
    return { login: actor.user.login, type: 'User' };
  }
  const bot = BOT_EMAIL.exec(actor?.email ?? '')?.[1];
  if (bot) {
    return { login: bot, type: 'Bot' };
  }
  return {
    type: 'unknown',
    name: actor?.name ?? 'nobody',
    ...(actor?.email ? { email: actor.email } : {}),
  };
}

/** An author in GraphQL: the type is the schema's type name. */
export function personOfActor(
  actor: { readonly __typename: string; readonly login: string } | null | undefined,
): Person {
  return actor ? personOf({ login: actor.login, type: actor.__typename }) : personOf(null);
}
