import path from 'node:path';
import type { InputsOf } from '@golden-image/action-kit';
import {
  claimedOrigin,
  filePeople,
  folderStore,
  githubPeople,
  githubStore,
  gitPeople,
  gitStore,
  type PeopleStore,
  type Store,
} from '@golden-image/catalog';
import { type GithubApi, githubApi } from '@golden-image/github/lifecycle';
import { type Ports, UserError } from '@golden-image/host';
import type { definition } from './definition.ts';

type Inputs = InputsOf<typeof definition>;
type Environment = Readonly<Record<string, string | undefined>>;

/** What a run knows of where it is: the catalog, the name of its log, who runs it, in which run. */
export interface Context {
  readonly store: Store;
  readonly people: PeopleStore;
  readonly login: string;
  readonly run: string;
}

const AUTHOR = { name: 'image-lifecycle', email: 'image-lifecycle@users.noreply.github.com' };

export function readContext(inputs: Inputs, env: Environment, ports: Ports): Context {
  const branch = /^branch:(.+)$/.exec(inputs.catalog)?.[1];
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const run =
    env.GITHUB_REPOSITORY && env.GITHUB_RUN_ID
      ? `${server}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`
      : 'local';
  const login = env.GITHUB_ACTOR ?? env.USER ?? 'unknown';
  if (branch === undefined) {
    const folder = path.resolve(inputs.catalog);
    const file = inputs.people ?? `${folder}-people.json`;
    return { store: folderStore(folder, ports), people: filePeople(file, ports), login, run };
  }
  if (!/^[A-Za-z0-9][\w./-]{0,200}$/.test(branch) || branch.includes('..') || branch.endsWith('.lock')) {
    throw new UserError(`${JSON.stringify(branch)} is not the name of a branch`, {
      code: 'invalid-input',
      fix: 'Write catalog: branch:image-catalog.',
    });
  }
  const api = apiOf(inputs, env, ports);
  if (api) {
    return {
      store: githubStore(api, branch),
      people: inputs.people ? filePeople(inputs.people, ports) : githubPeople(api, `${branch}-people`),
      login,
      run,
    };
  }
  const repository = env.GITHUB_WORKSPACE ?? '.';
  return {
    store: gitStore(repository, branch, AUTHOR, ports),
    people: inputs.people
      ? filePeople(inputs.people, ports)
      : gitPeople(repository, `${branch}-people`, AUTHOR, ports),
    login,
    run,
  };
}

/** GitHub's API, where there is a token for it; without one a branch is that of the checkout. */
export function apiOf(
  inputs: Inputs,
  env: Environment,
  ports: Pick<Ports, 'fetch' | 'clock' | 'signal'>,
): GithubApi | undefined {
  const url = env.GITHUB_API_URL ?? 'https://api.github.com';
  const graphqlUrl = env.GITHUB_GRAPHQL_URL ?? `${url.replace(/\/v3$/, '')}/graphql`;
  const repository = env.GITHUB_REPOSITORY;
  return inputs.token && repository
    ? githubApi({ url, graphqlUrl, token: inputs.token, repository }, ports)
    : undefined;
}

/** The name of the log: what its checkpoint says when there is one, else from the address of the catalog. */
export async function logName(inputs: Inputs, store: Store, env: Environment): Promise<string> {
  const note = await (await store.snapshot()).read('log/checkpoint');
  if (note) {
    return claimedOrigin(note.toString('utf8'));
  }
  if (inputs.url) {
    return inputs.url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  }
  const server = (env.GITHUB_SERVER_URL ?? 'https://github.com').replace(/^https?:\/\//, '');
  return env.GITHUB_REPOSITORY ? `${server}/${env.GITHUB_REPOSITORY}` : 'localhost/images';
}
