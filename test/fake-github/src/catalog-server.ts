/**
 * The part of GitHub that a catalog needs, on git's objects in memory: stateful, with the compare-and-swap of
 * `createCommitOnBranch`. As with the other server, GitHub's own description judges every request and every answer.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CatalogGit } from './catalog-git.ts';
import { catalogHandlers, type FakeIssue, type FakeRelease } from './catalog-handlers.ts';
import { type Contract, loadContract } from './contract.ts';
import { type Graphql, type GraphqlRequest, loadGraphql } from './graphql.ts';
import { notFound, Refusal, type Reply } from './reply.ts';

let shared: { contract: Contract; graphql: Graphql } | undefined;

export class FakeGithub extends CatalogGit {
  readonly issues: FakeIssue[] = [];
  readonly releases: FakeRelease[] = [];
  readonly requests: string[] = [];
  /** What GitHub's description does not allow: a test that uses the server expects none. */
  readonly violations: string[] = [];
  /** Answers that come before the real ones. */
  readonly failures: { status: number; headers?: Record<string, string>; matching: RegExp }[] = [];
  private server: Server | undefined;

  readonly repository: string;
  readonly token: string;

  constructor(repository: string, token: string) {
    super();
    this.repository = repository;
    this.token = token;
  }

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      this.handle(request).then(
        ({ status, body, headers }) => {
          response.writeHead(status, { 'content-type': 'application/json', ...headers });
          response.end(JSON.stringify(body));
        },
        (error: unknown) => {
          this.violations.push(`the fake server failed: ${error instanceof Error ? error.stack : error}`);
          response.destroy();
        },
      );
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async handle(request: IncomingMessage): Promise<Reply> {
    const line = `${request.method} ${request.url}`;
    this.requests.push(line);
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const failure = this.failures.findIndex(({ matching }) => matching.test(line));
    const [injected] = failure >= 0 ? this.failures.splice(failure, 1) : [];
    if (injected) {
      return { ...injected, body: { message: 'injected' } };
    }
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      return { status: 401, body: { message: 'Bad credentials' } };
    }
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : undefined;
    shared ??= { contract: loadContract(), graphql: loadGraphql() };
    const url = new URL(request.url ?? '/', 'http://localhost');
    return url.pathname === '/graphql'
      ? this.commit(shared.graphql, body)
      : this.rest(shared.contract, request.method ?? 'GET', url, body);
  }

  private rest(contract: Contract, method: string, url: URL, body: unknown): Reply {
    const where = `${method} ${url.pathname}`;
    const route = contract.match(method, url.pathname);
    const handler = route && catalogHandlers[route.name];
    const problems = route ? contract.requestProblems(route, url.searchParams, body) : ['no such operation'];
    if (!handler || problems.length > 0) {
      this.violations.push(...problems.map((problem) => `${where}: ${problem}`));
      return { status: handler ? 422 : 404, body: { message: `Invalid request.\n\n${problems.join('\n')}` } };
    }
    const { owner, repo } = route.parameters;
    let reply: Reply;
    try {
      if (`${owner}/${repo}` !== this.repository) {
        throw notFound();
      }
      const { issues, releases } = this;
      reply = handler({
        git: this,
        issues,
        releases,
        parameters: route.parameters,
        query: url.searchParams,
        body,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      return { status: error.status, body: { message: error.message, documentation_url: 'https://docs' } };
    }
    const complete = contract.complete(route.name, reply.status, reply.body);
    const wrong = contract.responseProblems(route.name, reply.status, complete);
    this.violations.push(...wrong.map((problem) => `our answer to ${where}: ${problem}`));
    return { ...reply, body: complete };
  }

  private async commit(graphql: Graphql, request: GraphqlRequest): Promise<Reply> {
    const body = await graphql.execute(request, {
      // biome-ignore lint/suspicious/noExplicitAny: the schema has checked it
      createCommitOnBranch: ({ input }: any) => {
        const { branch, expectedHeadOid, fileChanges, message } = input;
        if (branch.repositoryNameWithOwner !== this.repository) {
          throw new Error(`Could not resolve to a Repository '${branch.repositoryNameWithOwner}'.`);
        }
        const oid = this.commitOn(branch.branchName, expectedHeadOid, fileChanges ?? {}, message.headline);
        if (oid === undefined) {
          const head = this.refs.get(branch.branchName);
          throw new Error(`Expected branch to point to "${head}" but it did not. Pull and try again.`);
        }
        return { commit: { oid } };
      },
    });
    this.violations.push(...graphql.problems(request).map((problem) => `POST /graphql: ${problem}`));
    // Errors of variables have no path: they are the client's mistake, not an answer to its request.
    const mistakes = (body.errors ?? []).filter((error) => error.path === undefined);
    this.violations.push(...mistakes.map(({ message }) => `POST /graphql: ${message}`));
    return { status: 200, body };
  }
}
