import { HttpClient } from '@actions/http-client';
import { BearerCredentialHandler } from '@actions/http-client/lib/auth';

/** GitHub's own client waits 5 ms, 10 ms, … between attempts. */
const RETRIES = 10;

export interface TokenService {
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`. */
  readonly url: string;
  /** `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
  readonly requestToken: string;
}

/**
 * Asks GitHub for an OIDC token of this job. What `getIDToken` of @actions/core does, in a file that is loaded when a token
 * is needed: that package brings an HTTP client into everything that mentions the function, a quarter of an action's start.
 *
 * Source: GitHub's documentation, "OpenID Connect reference", methods for requesting the OIDC token.
 *
 * @throws Error when the service refuses, or answers without a token
 */
export async function requestToken(service: TokenService, audience: string): Promise<string> {
  const address = new URL(service.url);
  address.searchParams.set('audience', audience);
  const client = new HttpClient('golden-image-actions', [new BearerCredentialHandler(service.requestToken)], {
    allowRetries: true,
    maxRetries: RETRIES,
    socketTimeout: 30_000,
  });
  try {
    const { result } = await client.getJson<{ readonly value?: unknown }>(address.href);
    if (typeof result?.value !== 'string' || result.value === '') {
      throw new Error('the answer has no token');
    }
    return result.value;
  } finally {
    client.dispose();
  }
}
