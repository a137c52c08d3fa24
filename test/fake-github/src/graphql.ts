/** GitHub's GraphQL API, executed by the reference implementation against the committed slice of GitHub's schema. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, type ExecutionResult, execute, type GraphQLSchema, parse, validate } from 'graphql';
import { allows } from './access.ts';
import { pullsOf } from './history.ts';
import { fullName, nodeId, userOf } from './views.ts';
import type { Commit, Person, Pull, Repository, Token, World } from './world.ts';

const file = path.resolve(import.meta.dirname, '../fixtures/schema.graphql');

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface Graphql {
  /** What is wrong with a query in itself; empty when nothing is. */
  problems(request: GraphqlRequest): readonly string[];
  run(world: World, token: Token, request: GraphqlRequest): Promise<ExecutionResult>;
  /** Executes against other resolvers than those of a world; a query that is invalid in itself gives errors. */
  execute(request: GraphqlRequest, resolvers: Readonly<Record<string, unknown>>): Promise<ExecutionResult>;
}

/** An error with GitHub's `type` beside the message. */
class TypedError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export function loadGraphql(): Graphql {
  const schema = buildSchema(readFileSync(file, 'utf8'));
  return {
    problems: ({ query }) => {
      try {
        return validate(schema, parse(query)).map((error) => error.message);
      } catch (error) {
        return [String(error)];
      }
    },
    run: (world, token, request) => executed(schema, request, root(world, token)),
    execute: (request, resolvers) => executed(schema, request, resolvers),
  };
}

async function executed(
  schema: GraphQLSchema,
  { query, variables }: GraphqlRequest,
  rootValue: Readonly<Record<string, unknown>>,
): Promise<ExecutionResult> {
  const result = await execute({ schema, document: parse(query), rootValue, variableValues: variables });
  const errors = result.errors?.map((error) => ({
    message: error.message,
    path: error.path,
    ...(error.originalError instanceof TypedError ? { type: error.originalError.type } : {}),
  }));
  return { data: result.data, ...(errors ? { errors } : {}) } as ExecutionResult;
}

const MOST_NODES = 100;

function root(world: World, token: Token): Record<string, unknown> {
  const visible = (scopes: Parameters<typeof allows>[1]): void => {
    if (!allows(token, scopes)) {
      throw new TypedError('FORBIDDEN', 'Resource not accessible by integration');
    }
  };
  return {
    nodes: ({ ids }: { ids: readonly string[] }) => {
      if (ids.length > MOST_NODES) {
        throw new TypedError('ARGUMENT_LIMIT', `You may not provide more than ${MOST_NODES} node ids`);
      }
      visible(['contents=read']);
      return ids.map((id) => {
        for (const repository of world.repositories) {
          const commit = repository.commits.find((entry) => nodeId(entry.sha) === id);
          if (commit) {
            return commitNode(world, repository, commit, token);
          }
        }
        throw new TypedError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
      });
    },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = world.repositories.find((entry) => fullName(entry) === `${owner}/${name}`);
      if (!repository) {
        throw new TypedError(
          'NOT_FOUND',
          `Could not resolve to a Repository with the name '${owner}/${name}'.`,
        );
      }
      return {
        mergeQueue: ({ branch }: { branch?: string }) => {
          visible(['pull_requests=read']);
          return (branch ?? repository.defaultBranch) === repository.defaultBranch
            ? queue(world, repository)
            : null;
        },
      };
    },
  };
}

function commitNode(world: World, repository: Repository, commit: Commit, token: Token): unknown {
  return {
    __typename: 'Commit',
    id: nodeId(commit.sha),
    oid: commit.sha,
    message: commit.message,
    authors: connection(commit.authors.map((person) => actor(world, person))),
    committer: actor(world, commit.committer),
    signature: commit.signedBy && {
      __typename: 'GpgSignature',
      isValid: commit.signatureValid ?? true,
      wasSignedByGitHub: commit.signedBy === 'github',
    },
    associatedPullRequests: (args: Slice) => {
      if (!allows(token, ['pull_requests=read'])) {
        throw new TypedError('FORBIDDEN', 'Resource not accessible by integration');
      }
      const pulls = pullsOf(repository, commit.sha).map((pull) => pullNode(world, pull));
      return connection(pulls)(args);
    },
  };
}

function queue(world: World, repository: Repository): unknown {
  const entries = repository.mergeQueue
    .toSorted((a, b) => a.position - b.position)
    .map(({ number, headSha, baseSha, position }) => {
      const pull = repository.pulls.find((entry) => entry.number === number);
      return {
        position,
        headCommit: { oid: headSha },
        baseCommit: { oid: baseSha },
        pullRequest: pull ? pullNode(world, pull) : null,
      };
    });
  return { entries: connection(entries) };
}

function pullNode(world: World, pull: Pull): unknown {
  const user = userOf(world, pull.author);
  const [owner, name] = pull.headRepository?.split('/') ?? [];
  return {
    number: pull.number,
    author: { __typename: user.type, login: user.login.replace(/\[bot\]$/, '') },
    headRefName: pull.headRef,
    headRepository:
      owner === undefined ? null : { name, owner: { __typename: 'Organization', login: owner } },
    mergedAt: pull.mergedAt ?? null,
  };
}

function actor(world: World, { name, email, login }: Person): unknown {
  return { name, email, user: login === undefined ? null : { login: userOf(world, login).login } };
}

interface Slice {
  readonly first?: number;
  readonly after?: string;
}

/** A Relay connection, cut as asked. */
function connection<T>(nodes: readonly T[]): (args: Slice) => unknown {
  return ({ first = 100, after }) => {
    const start = after === undefined || after === null ? 0 : Number(after) + 1;
    const part = nodes.slice(start, start + first);
    const end = start + part.length;
    return {
      totalCount: nodes.length,
      nodes: part,
      pageInfo: {
        hasNextPage: end < nodes.length,
        endCursor: part.length > 0 ? String(end - 1) : null,
      },
    };
  };
}
