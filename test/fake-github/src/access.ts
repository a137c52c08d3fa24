/** Who asks, and whether they may. */
import type { Permission, Scope } from './operations.ts';
import { Refusal } from './reply.ts';
import type { Repository, Token, World } from './world.ts';

/** The token of `authorization: token …` or `Bearer …`. */
export function authenticate(world: World, authorization: string | undefined): Token {
  const [, text = ''] = /^(?:token|bearer) (\S+)$/i.exec(authorization ?? '') ?? [];
  const token = world.tokens[text];
  if (!token) {
    throw new Refusal(401, 'Bad credentials');
  }
  return token;
}

/** One of the permissions suffices; `write` includes `read`. */
export function allows(token: Token, needed: readonly Permission[] | 'public'): boolean {
  return (
    needed === 'public' ||
    needed.some((permission) => {
      const [scope, access] = permission.split('=') as [Scope, 'read' | 'write'];
      const has = scope === 'metadata' ? (token.permissions.metadata ?? 'read') : token.permissions[scope];
      return has === 'write' || has === access;
    })
  );
}

/** Refuses as GitHub does, naming what is missing in a header. */
export function authorize(token: Token, needed: readonly Permission[] | 'public'): void {
  if (!allows(token, needed)) {
    const who = token.kind === 'workflow' ? 'integration' : 'personal access token';
    throw new Refusal(403, `Resource not accessible by ${who}`, {
      headers: { 'x-accepted-github-permissions': (needed as readonly Permission[]).join('; ') },
    });
  }
}

/** What a private repository may not use on the owner's plan. */
export function planAllows(world: World, repository: Repository, feature: 'rulesets' | 'reviewers'): boolean {
  if (!repository.private) {
    return true;
  }
  return feature === 'rulesets' ? world.plan !== 'free' : world.plan === 'enterprise';
}

export function requireRulesets(world: World, repository: Repository): void {
  if (!planAllows(world, repository, 'rulesets')) {
    throw new Refusal(403, 'Upgrade to GitHub Pro or make this repository public to enable this feature.');
  }
}
