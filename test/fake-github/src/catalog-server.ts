/**
 * The few endpoints of GitHub that a catalog needs, on a real git object model in memory: strict about methods, tokens
 * and fields, stateful, with the compare-and-swap of `createCommitOnBranch`.
 */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
}
export interface FakeIssue {
  number: number;
  title: string;
  body: string;
  state: string;
  labels: string[];
}

export class FakeGithub {
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, Map<string, string>>();
  readonly commits = new Map<string, Commit>();
  readonly refs = new Map<string, string>();
  readonly issues: FakeIssue[] = [];
  readonly releases: { id: number; tag: string; body: string }[] = [];
  readonly requests: string[] = [];
  /** Answers that come before the real ones. */
  readonly failures: { status: number; headers?: Record<string, string>; matching: RegExp }[] = [];
  private server: Server | undefined;

  readonly repository: string;
  readonly token: string;

  constructor(repository: string, token: string) {
    this.repository = repository;
    this.token = token;
  }

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const line = `${request.method} ${request.url}`;
        this.requests.push(line);
        const failure = this.failures.findIndex(({ matching }) => matching.test(line));
        const [injected] = failure >= 0 ? this.failures.splice(failure, 1) : [];
        const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : undefined;
        const authorised = request.headers.authorization === `Bearer ${this.token}`;
        const [status, data] = injected
          ? [injected.status, { message: 'injected' }]
          : authorised
            ? this.answer(request.method ?? '', request.url ?? '', body)
            : [401, { message: 'Bad credentials' }];
        response.writeHead(status as number, { 'content-type': 'application/json', ...injected?.headers });
        response.end(JSON.stringify(data));
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private id(kind: string, content: string | Buffer): string {
    const data = Buffer.from(content);
    return createHash('sha1').update(`${kind} ${data.length}\0`).update(data).digest('hex');
  }

  private store(files: Map<string, Buffer | string>, parents: readonly string[]): string {
    const tree = new Map<string, string>();
    for (const [path, content] of files) {
      const blob = typeof content === 'string' ? content : this.id('blob', content);
      if (typeof content !== 'string') {
        this.blobs.set(blob, content);
      }
      tree.set(path, blob);
    }
    const treeId = this.id('tree', JSON.stringify([...tree].sort()));
    this.trees.set(treeId, tree);
    return this.commitOf(treeId, parents);
  }

  private commitOf(tree: string, parents: readonly string[]): string {
    const id = this.id('commit', JSON.stringify([tree, parents, this.commits.size]));
    this.commits.set(id, { tree, parents });
    return id;
  }

  // biome-ignore lint/suspicious/noExplicitAny: bodies of requests have any form
  private answer(method: string, url: string, body: any): [number, unknown] {
    if (method === 'POST' && url === '/graphql') {
      return [200, this.createCommit(body)];
    }
    const [path = '', query = ''] = url.slice(`/repos/${this.repository}`.length).split('?');
    if (!url.startsWith(`/repos/${this.repository}/`)) {
      return [404, { message: 'Not Found' }];
    }
    const found = (pattern: RegExp): string | undefined => pattern.exec(`${method} ${path}`)?.[1];
    const ref = found(/^GET \/git\/ref\/heads\/(.+)$/);
    if (ref !== undefined) {
      const sha = this.refs.get(decodeURIComponent(ref));
      return sha ? [200, { ref: `refs/heads/${ref}`, object: { sha, type: 'commit' } }] : [404, {}];
    }
    const tree = found(/^GET \/git\/trees\/(\w+)$/);
    if (tree !== undefined) {
      const files = this.trees.get(this.commits.get(tree)?.tree ?? '');
      return files && query === 'recursive=1'
        ? [
            200,
            { truncated: false, tree: [...files].map(([name, sha]) => ({ path: name, type: 'blob', sha })) },
          ]
        : [404, {}];
    }
    const blob = found(/^GET \/git\/blobs\/(\w+)$/);
    if (blob !== undefined) {
      const content = this.blobs.get(blob);
      return content ? [200, { content: content.toString('base64'), encoding: 'base64' }] : [404, {}];
    }
    if (method === 'POST' && path === '/git/trees') {
      const files = new Map<string, string>();
      for (const entry of body.tree) {
        const content = Buffer.from(entry.content);
        this.blobs.set(this.id('blob', content), content);
        files.set(entry.path, this.id('blob', content));
      }
      const sha = this.id('tree', JSON.stringify([...files].sort()));
      this.trees.set(sha, files);
      return [201, { sha }];
    }
    if (method === 'POST' && path === '/git/commits') {
      return this.trees.has(body.tree) ? [201, { sha: this.commitOf(body.tree, body.parents) }] : [422, {}];
    }
    if (method === 'POST' && path === '/git/refs') {
      const name = String(body.ref).replace('refs/heads/', '');
      if (this.refs.has(name) || !this.commits.has(body.sha)) {
        return [422, { message: 'Reference already exists' }];
      }
      this.refs.set(name, body.sha);
      return [201, {}];
    }
    const moved = found(/^PATCH \/git\/refs\/heads\/(.+)$/);
    if (moved !== undefined) {
      if (!this.refs.has(moved) || body.force !== true) {
        return [422, { message: 'Update is not a fast forward' }];
      }
      this.refs.set(moved, body.sha);
      return [200, {}];
    }
    return this.people(method, path, query, body);
  }

  // biome-ignore lint/suspicious/noExplicitAny: bodies of requests have any form
  private people(method: string, path: string, query: string, body: any): [number, unknown] {
    if (method === 'GET' && path === '/issues') {
      const page = Number(new URLSearchParams(query).get('page'));
      return [
        200,
        this.issues
          .filter(({ labels }) => labels.includes('image-lifecycle'))
          .slice((page - 1) * 100, page * 100),
      ];
    }
    if (method === 'POST' && path === '/issues') {
      const issue = { number: this.issues.length + 1, state: 'open', ...body };
      this.issues.push(issue);
      return [201, issue];
    }
    const issue = this.issues.find(({ number }) => `PATCH /issues/${number}` === `${method} ${path}`);
    if (issue) {
      return [200, Object.assign(issue, body)];
    }
    const release = this.releases.find(({ id, tag }) =>
      [`GET /releases/tags/${tag}`, `PATCH /releases/${id}`].includes(`${method} ${path}`),
    );
    return release
      ? [200, method === 'PATCH' ? Object.assign(release, body) : release]
      : [404, { message: 'Not Found' }];
  }

  // biome-ignore lint/suspicious/noExplicitAny: bodies of requests have any form
  private createCommit({ query, variables }: any): unknown {
    const { branch, expectedHeadOid, fileChanges, message } = variables?.input ?? {};
    if (
      !/createCommitOnBranch/.test(query) ||
      branch?.repositoryNameWithOwner !== this.repository ||
      !message?.headline
    ) {
      return { errors: [{ message: 'Variable $input is invalid' }] };
    }
    const head = this.refs.get(branch.branchName);
    if (head === undefined || head !== expectedHeadOid) {
      return {
        errors: [{ message: `Expected branch to point to "${head}" but it did not. Pull and try again.` }],
      };
    }
    const files = new Map<string, Buffer | string>(this.trees.get(this.commits.get(head)?.tree ?? ''));
    for (const { path } of fileChanges.deletions) {
      files.delete(path);
    }
    for (const { path, contents } of fileChanges.additions) {
      files.set(path, Buffer.from(contents, 'base64'));
    }
    const oid = this.store(files, [head]);
    this.refs.set(branch.branchName, oid);
    return { data: { createCommitOnBranch: { commit: { oid } } } };
  }
}
