import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What GitHub gives a job: tokens for its identity, and an API that stores attestations. On loopback. */
export interface GitHubJob {
  /** The runner's variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly token: string;
  /** Bundles that were stored, in order. */
  readonly stored: readonly Record<string, unknown>[];
  /** What the attestation API answers to the next requests instead. */
  readonly failures: number[];
  close(): Promise<void>;
}

const REQUEST_TOKEN = 'request-token-of-the-runner';

/** @param identityToken what the job gets as its OIDC token */
export async function startGitHubJob(identityToken: string): Promise<GitHubJob> {
  const token = 'ghs_token_of_the_job_0123456789';
  const stored: Record<string, unknown>[] = [];
  const failures: number[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    const url = new URL(request.url ?? '', 'http://github.test');
    const reply = (status: number, value: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const bearer = request.headers.authorization?.replace(/^Bearer /, '');
    if (request.method === 'GET' && url.pathname === '/oidc') {
      const granted = bearer === REQUEST_TOKEN && url.searchParams.get('audience') === 'sigstore';
      reply(granted ? 200 : 403, granted ? { value: identityToken } : { message: 'forbidden' });
    } else if (request.method === 'POST' && url.pathname === '/api/repos/example/images/attestations') {
      const failure = failures.shift();
      const { bundle } = JSON.parse(body) as { bundle: Record<string, unknown> };
      if (failure !== undefined) {
        reply(failure, { message: 'failure' });
      } else if (bearer !== token) {
        reply(401, { message: 'Bad credentials' });
      } else if (!isAttestation(bundle)) {
        reply(422, { message: 'Validation Failed' });
      } else {
        stored.push(bundle);
        reply(201, { id: 1000 + stored.length });
      }
    } else {
      reply(404, { message: 'Not Found' });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'example/images',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: `${base}/api`,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${base}/oidc?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    },
    token,
    stored,
    failures,
    close: () => close(server),
  };
}

/** GitHub takes bundles with a statement that a certificate signed. */
function isAttestation(bundle: Record<string, unknown>): boolean {
  const { mediaType, dsseEnvelope, verificationMaterial } = bundle as {
    mediaType?: string;
    dsseEnvelope?: { payloadType?: string };
    verificationMaterial?: { certificate?: object };
  };
  return (
    mediaType === 'application/vnd.dev.sigstore.bundle.v0.3+json' &&
    dsseEnvelope?.payloadType === 'application/vnd.in-toto+json' &&
    verificationMaterial?.certificate !== undefined
  );
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
