import * as core from '@actions/core';
import { UserError } from '@golden-image/host';

/**
 * The OIDC token of this job: from GitHub, or from `SIGSTORE_ID_TOKEN`, where other CI services put theirs.
 *
 * Says at once whether there can be one; the token itself is good for minutes, so it is fetched when it is needed.
 *
 * @returns gets the token for an audience, masked
 * @throws UserError `oidc-missing`
 */
export function jobIdentity(
  env: Readonly<Record<string, string | undefined>> = process.env,
): (audience: string) => Promise<string> {
  const given = env.SIGSTORE_ID_TOKEN;
  if (given) {
    core.setSecret(given);
    return async () => given;
  }
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
  if (!url || !bearer) {
    const onGitHub = env.GITHUB_ACTIONS === 'true';
    throw new UserError(
      onGitHub
        ? 'This job may not prove its identity: it has no permission id-token: write'
        : 'Nothing proves the identity of this job: there is no OIDC token here',
      {
        code: 'oidc-missing',
        fix: onGitHub
          ? 'Add `permissions: {contents: read, id-token: write}` to the job (jobs of pull requests from forks never get it), or sign with a key.'
          : 'Run it as a GitHub Actions job with id-token: write, set SIGSTORE_ID_TOKEN, or sign with a key.',
      },
    );
  }
  return async (audience) => {
    try {
      const { requestToken } = await import('./oidc-token.ts');
      const token = await requestToken({ url, requestToken: bearer }, audience);
      core.setSecret(token);
      return token;
    } catch (cause) {
      throw new UserError('GitHub gave no OIDC token for this job', {
        code: 'oidc-unavailable',
        fix: "Check GitHub's status page, and run this step again.",
        cause,
      });
    }
  };
}
