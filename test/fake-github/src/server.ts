import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authenticate, authorize } from './access.ts';
import { type Contract, loadContract } from './contract.ts';
import { describedBody, isKnownDeviation } from './deviations.ts';
import { type Fault, Faults, writeFault } from './faults.ts';
import { type Graphql, type GraphqlRequest, loadGraphql } from './graphql.ts';
import { handlers } from './handlers/index.ts';
import { operations } from './operations.ts';
import { Refusal, type Reply } from './reply.ts';
import type { World } from './world.ts';

export interface FakeGitHub {
  /** For `GITHUB_API_URL`. */
  readonly url: string;
  readonly world: World;
  /** Every request in order, `GET /repos/o/r?page=2`. */
  readonly requests: readonly string[];
  /**
   * Requests that GitHub's description does not allow, and answers of ours that it does not: a test that uses the
   * server expects none.
   */
  readonly violations: readonly string[];
  fault(fault: Fault): void;
  close(): Promise<void>;
}

export interface Options {
  /** Where the API lies: `''` for github.com, `/api/v3` for GitHub Enterprise Server. */
  readonly prefix?: '' | '/api/v3';
  readonly now?: () => Date;
}

let shared: { contract: Contract; graphql: Graphql } | undefined;

/** Starts a GitHub on a free port of the loopback interface. */
export async function startFakeGitHub(world: World, options: Options = {}): Promise<FakeGitHub> {
  shared ??= { contract: loadContract(), graphql: loadGraphql() };
  const { contract, graphql } = shared;
  const prefix = options.prefix ?? '';
  const now = options.now ?? (() => new Date());
  const requests: string[] = [];
  const violations: string[] = [];
  const faults = new Faults();

  const answer = async (request: IncomingMessage, url: URL, body: unknown): Promise<Reply> => {
    const method = request.method ?? 'GET';
    if (!request.headers['user-agent']) {
      violations.push(`${method} ${url.pathname}: no User-Agent`);
      throw new Refusal(403, 'Request forbidden by administrative rules.');
    }
    const token = authenticate(world, request.headers.authorization);
    if (url.pathname === graphqlPath(prefix)) {
      const problems = graphql.problems(body as GraphqlRequest);
      if (problems.length > 0) {
        violations.push(...problems.map((problem) => `POST /graphql: ${problem}`));
        return { status: 200, body: { errors: problems.map((message) => ({ message })) } };
      }
      return { status: 200, body: await graphql.run(world, token, body as GraphqlRequest) };
    }
    const route = url.pathname.startsWith(prefix)
      ? contract.match(method, url.pathname.slice(prefix.length))
      : undefined;
    if (!route || !operations[route.name]) {
      violations.push(`${method} ${url.pathname}: the slice has no such operation`);
      throw new Refusal(404, 'Not Found');
    }
    const problems = contract.requestProblems(route, url.searchParams, describedBody(route.name, body));
    if (problems.length > 0) {
      violations.push(...problems.map((problem) => `${method} ${url.pathname}: ${problem}`));
      throw new Refusal(422, `Invalid request.\n\n${problems.join('\n')}`);
    }
    authorize(token, operations[route.name] ?? 'public');
    const handler = handlers[route.name];
    if (!handler) {
      throw new Error(`no handler for ${route.name}`);
    }
    const call = { world, token, parameters: route.parameters, url, body, now: () => seconds(now()) };
    const reply = await outcome(() => handler(call));
    const complete = contract.complete(route.name, reply.status, reply.body);
    const wrong = contract
      .responseProblems(route.name, reply.status, complete)
      .filter((problem) => !isKnownDeviation(route.name, problem));
    if (wrong.length > 0) {
      violations.push(...wrong.map((problem) => `our answer to ${method} ${url.pathname}: ${problem}`));
    }
    return { ...reply, body: complete };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const text = await read(request);
    const graph = url.pathname === graphqlPath(prefix);
    const where = graph ? '/graphql' : url.pathname.slice(prefix.length);
    const name = `${request.method} ${where}${url.search}`;
    requests.push(name);
    world.remaining -= 1;
    const fault = faults.take(name);
    if (fault && fault.kind !== 'truncated' && fault.kind !== 'slow' && !fault.afterEffect) {
      await writeFault(fault, response, '');
      return;
    }
    const reply = await outcome(() => answer(request, url, text === '' ? undefined : JSON.parse(text)));
    const body = reply.body === undefined ? '' : JSON.stringify(reply.body);
    if (fault && (await writeFault(fault, response, body))) {
      return;
    }
    response.writeHead(reply.status, {
      ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': String(Math.max(0, world.remaining)),
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600),
      'x-github-request-id': String(requests.length),
      ...reply.headers,
    });
    response.end(body);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violations.push(`the fake server failed: ${error instanceof Error ? error.stack : error}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    world,
    requests,
    violations,
    fault: (fault) => faults.add(fault),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** A refusal is an answer too. */
async function outcome(action: () => Reply | Promise<Reply>): Promise<Reply> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    const link = { documentation_url: 'https://docs.github.com/rest' };
    return {
      status: error.status,
      body: { message: error.message, ...error.extra, ...link },
      headers: error.headers,
    };
  }
}

/** github.com has `/graphql` beside the REST API, an Enterprise Server `/api/graphql`. */
function graphqlPath(prefix: string): string {
  return prefix === '' ? '/graphql' : '/api/graphql';
}

function seconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
