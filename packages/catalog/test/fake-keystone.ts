import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody in one project. */
export interface Account {
  readonly name: string;
  readonly password: string;
  readonly project: string;
  readonly role: 'service' | 'admin' | 'member';
}

const DOMAIN = { id: 'default', name: 'Default' };
/** As Keystone is set up: a role brings those that it implies. Without reader, Glance lists nothing. */
const IMPLIED = { admin: ['admin', 'member', 'reader'], member: ['member', 'reader'], service: ['service'] };

/**
 * A strict stand-in for OpenStack's Identity service, v3: password sign-in to a project and validation of tokens, which
 * is what Glance and its client ask for. Anything else is refused and remembered.
 */
export class FakeKeystone {
  readonly violations: string[] = [];
  readonly #tokens = new Map<string, Account>();
  readonly #accounts: readonly Account[];
  readonly #server: Server;
  /** Where the catalog of services says that Glance is. */
  imageUrl = '';

  constructor(accounts: readonly Account[]) {
    this.#accounts = accounts;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        this.violations.push(String(error));
        response.writeHead(500).end();
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v3`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** A token of somebody, without signing in. */
  tokenOf(account: Account): string {
    const token = randomUUID();
    this.#tokens.set(token, account);
    return token;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const reply = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(value));
    };
    const by = this.#tokens.get(String(request.headers['x-auth-token']));
    if (method === 'GET' && /^\/v3\/?$/.test(url)) {
      reply(200, { version: this.#version() });
    } else if (method === 'POST' && url === '/v3/auth/tokens') {
      const account = this.#signIn(JSON.parse(await textOf(request)));
      if (account) {
        reply(201, { token: this.#describe(account) }, { 'x-subject-token': this.tokenOf(account) });
      } else {
        reply(401, { error: { code: 401, title: 'Unauthorized', message: 'no such account' } });
      }
    } else if (method === 'GET' && url === '/v3/auth/tokens' && by?.role === 'service') {
      const account = this.#tokens.get(String(request.headers['x-subject-token']));
      reply(account ? 200 : 404, account ? { token: this.#describe(account) } : { error: { code: 404 } });
    } else if (method === 'GET' && by && url.startsWith('/v3/projects')) {
      // Only administrators of the system may look up projects; clients then take the name for an id.
      reply(403, { error: { code: 403, title: 'Forbidden', message: 'not allowed' } });
    } else {
      this.violations.push(`${method} ${url} by ${by?.name ?? 'nobody'}`);
      reply(404, { error: { code: 404, title: 'Not Found', message: 'not part of this stand-in' } });
    }
  }

  #version(): unknown {
    return { id: 'v3.14', status: 'stable', links: [{ rel: 'self', href: `${this.url}/` }] };
  }

  #signIn(body: unknown): Account | undefined {
    const { auth } = body as {
      auth: {
        identity: {
          methods: string[];
          password: { user: { name: string; password: string; domain: { id?: string; name?: string } } };
        };
        scope: { project: { name: string; domain: { id?: string; name?: string } } };
      };
    };
    const { user } = auth.identity.password;
    const { project } = auth.scope;
    const ours = [user.domain, project.domain].every(
      ({ id, name }) => id === DOMAIN.id || name === DOMAIN.name,
    );
    return auth.identity.methods.join() === 'password' && ours
      ? this.#accounts.find(
          ({ name, password, project: own }) =>
            name === user.name && password === user.password && own === project.name,
        )
      : undefined;
  }

  #describe({ name, project, role }: Account): unknown {
    const now = Date.now();
    const time = (at: number): string => new Date(at).toISOString().replace(/\.(\d{3})Z$/, '.$1000Z');
    return {
      methods: ['password'],
      user: { id: `id-${name}`, name, domain: DOMAIN, password_expires_at: null },
      project: { id: `id-${project}`, name: project, domain: DOMAIN },
      is_domain: false,
      roles: IMPLIED[role].map((implied) => ({ id: `id-${implied}`, name: implied })),
      audit_ids: [randomUUID()],
      issued_at: time(now),
      expires_at: time(now + 3_600_000),
      catalog: Object.entries({ image: this.imageUrl, identity: this.url }).map(([type, url]) => ({
        id: type,
        type,
        name: type,
        endpoints: ['public', 'internal'].map((kind) => ({
          id: `${type}-${kind}`,
          interface: kind,
          region: 'RegionOne',
          region_id: 'RegionOne',
          url,
        })),
      })),
    };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}
