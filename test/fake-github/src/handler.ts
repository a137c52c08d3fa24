import type { Reply } from './reply.ts';
import { required } from './reply.ts';
import { fullName } from './views.ts';
import type { Repository, Token, World } from './world.ts';

/** One request, authenticated, authorised and valid. */
export interface Call {
  readonly world: World;
  readonly token: Token;
  readonly parameters: Readonly<Record<string, string>>;
  readonly url: URL;
  // biome-ignore lint/suspicious/noExplicitAny: the contract has checked it
  readonly body: any;
  readonly now: () => string;
}
export type Handler = (call: Call) => Reply;
export type Handlers = Readonly<Record<string, Handler>>;

export const REPOSITORY = '/repos/{owner}/{repo}';

export function repositoryOf({ world, parameters }: Pick<Call, 'world' | 'parameters'>): Repository {
  const name = `${parameters.owner}/${parameters.repo}`.toLowerCase();
  return required(world.repositories.find((entry) => fullName(entry).toLowerCase() === name));
}

export function query({ url }: Call, name: string): string | undefined {
  return url.searchParams.get(name) ?? undefined;
}
