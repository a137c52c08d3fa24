import type { Fact, FactOf, Facts } from '../src/facts/facts.ts';
import type { Commit, Person, Review } from '../src/facts/people.ts';

export const NOW = '2026-11-24T12:00:00.000Z';
export const CREATED = '2026-11-24T11:00:00.000Z';
/** A commit id made of one digit. */
export const commitId = (digit: string): string => digit.repeat(40);
export const BASE = commitId('b');
export const HEAD = commitId('e');
/** GitHub's merge commit, which the tests ran on. */
export const MERGED = commitId('d');

export const user = (login: string): Person => ({ login, type: 'User' });
export const bot = (login: string): Person => ({ login, type: 'Bot' });
export const stranger = (email: string): Person => ({ type: 'unknown', name: 'Somebody', email });

export const observed = { status: 'pass', source: 'test', time: NOW } as const;

export function commit(sha: string, author: Person, more: Partial<Commit> = {}): Commit {
  return { sha, author, coAuthors: [], committer: author, signedByGitHub: false, ...more };
}

let nextId = 0;
/** A review; `minute` orders them. */
export function review(
  login: string,
  state: Review['state'] = 'APPROVED',
  more: Partial<Review> = {},
): Review {
  nextId += 1;
  const submittedAt = new Date(Date.parse(CREATED) + nextId * 1000).toISOString();
  return { id: nextId, author: user(login), state, commit: HEAD, submittedAt, permission: 'write', ...more };
}

type Value<K extends Fact['kind']> = NonNullable<Extract<FactOf<K>, { value?: unknown }>['value']>;

export interface ChangeOptions {
  readonly pulls?: readonly PullOptions[];
  readonly run?: Partial<Value<'run'>>;
  readonly change?: Partial<Value<'change'>>;
  readonly policyCommit?: string;
  readonly teams?: Readonly<Record<string, readonly string[] | 'unknown'>>;
  readonly codeOwners?: Partial<Value<'code-owners'>>;
  readonly more?: readonly Fact[];
}

export interface PullOptions {
  readonly number?: number;
  readonly author?: Person;
  readonly commits?: readonly Commit[];
  readonly pushers?: readonly Person[];
  readonly reviews?: readonly Review[];
  readonly files?: readonly string[];
  readonly request?: Partial<Value<'pull-request'>>;
}

/** Facts of a change: by default one pull request of ada, pushed by her, approved by bob and carol. */
export function changeFacts(options: ChangeOptions = {}): Facts {
  const pulls = options.pulls ?? [{}];
  const numbers = pulls.map(({ number = 7 }) => number);
  const group = numbers.length > 1 || options.change?.via === 'merge-group';
  const facts: Fact[] = [
    {
      ...observed,
      kind: 'run',
      value: {
        id: 1,
        attempt: 1,
        event: group ? 'merge_group' : 'pull_request',
        repository: 'acme/images',
        ref: group ? 'refs/heads/gh-readonly-queue/main/pr-7-x' : 'refs/pull/7/merge',
        sha: MERGED,
        createdAt: CREATED,
        actor: user('ada'),
        ...options.run,
      },
    },
    {
      ...observed,
      kind: 'change',
      value: {
        via: group ? 'merge-group' : 'pull-request',
        base: 'main',
        baseSha: BASE,
        headSha: group ? MERGED : HEAD,
        pulls: numbers,
        ...options.change,
      },
    },
    {
      ...observed,
      kind: 'policy',
      value: { path: '.image-policy.yml', commit: options.policyCommit ?? BASE, sha256: 'f'.repeat(64) },
    },
    ...pulls.flatMap(pullFacts),
    ...Object.entries(options.teams ?? {}).map(
      ([team, members]): Fact =>
        members === 'unknown'
          ? {
              ...observed,
              status: 'unknown',
              kind: 'team',
              team,
              detail: 'not found',
              permission: 'members: read',
            }
          : { ...observed, kind: 'team', team, value: members.map(user) },
    ),
    ...(options.codeOwners ? [ownersFact(options.codeOwners)] : []),
    ...(options.more ?? []),
  ];
  return { version: 1, mode: 'merge', time: NOW, facts };
}

function ownersFact(value: Partial<Value<'code-owners'>>): Fact {
  return { ...observed, kind: 'code-owners', value: { path: '.github/CODEOWNERS', errors: [], ...value } };
}

function pullFacts(options: PullOptions): readonly Fact[] {
  const { number: pull = 7, author = user('ada') } = options;
  return [
    {
      ...observed,
      kind: 'pull-request',
      pull,
      value: {
        title: `Change ${pull}`,
        url: `https://github.com/acme/images/pull/${pull}`,
        author,
        state: 'open',
        draft: false,
        base: 'main',
        headSha: HEAD,
        fork: false,
        ...options.request,
      },
    },
    { ...observed, kind: 'commits', pull, value: [...(options.commits ?? [commit(HEAD, author)])] },
    {
      ...observed,
      kind: 'pushers',
      pull,
      value: (options.pushers ?? [author]).map((actor) => ({ sha: HEAD, actor })),
    },
    {
      ...observed,
      kind: 'reviews',
      pull,
      value: [...(options.reviews ?? [review('bob'), review('carol')])],
    },
    {
      ...observed,
      kind: 'files',
      pull,
      value: (options.files ?? ['src/a.ts']).map((path) => ({ path, status: 'modified' })),
    },
  ];
}

/** The facts without those of a kind. */
export function without(facts: Facts, kind: Fact['kind']): Facts {
  return { ...facts, facts: facts.facts.filter((fact) => fact.kind !== kind) };
}

/** The facts with those of a kind made unknown. */
export function unknownOf(facts: Facts, kind: Fact['kind'], permission?: string): Facts {
  const lost = permission === undefined ? {} : { permission };
  return {
    ...facts,
    facts: facts.facts.map((fact) =>
      fact.kind === kind
        ? ({ ...fact, value: undefined, status: 'unknown', detail: 'HTTP 403', ...lost } as unknown as Fact)
        : fact,
    ),
  };
}
