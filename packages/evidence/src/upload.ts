import { type Ports, UserError } from '@golden-image/host';
import { z } from 'zod';

export interface AttestationStore {
  /** `https://api.github.com`, or that of an own server. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  /** Needs `attestations: write`. */
  readonly token: string;
}

/** Tries of one bundle, and the wait before the next in milliseconds, doubled each time. */
const TRIES = 4;
const WAIT_MS = 1_000;
const TIMEOUT_MS = 60_000;

const created = z.looseObject({ id: z.union([z.int(), z.string()]) });

/**
 * Stores bundles with signed statements in GitHub's attestation API, where `gh attestation verify` finds them by the
 * digest of their subject. Source: docs.github.com/rest/repos/attestations.
 *
 * @returns the ids that GitHub gave them, in order
 * @throws UserError `upload-refused`, `upload-failed`
 */
export async function uploadAttestations(
  store: AttestationStore,
  bundles: readonly string[],
  ports: Pick<Ports, 'fetch' | 'signal' | 'clock' | 'log'>,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const bundle of bundles) {
    ids.push(await upload(store, bundle, ports));
    ports.log.progress({ label: 'Upload attestations', done: ids.length, total: bundles.length });
  }
  return ids;
}

async function upload(
  { apiUrl, repository, token }: AttestationStore,
  bundle: string,
  ports: Pick<Ports, 'fetch' | 'signal' | 'clock'>,
): Promise<string> {
  const url = `${apiUrl.replace(/\/$/, '')}/repos/${repository}/attestations`;
  let reason = '';
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt > 0) {
      await ports.clock.sleep(WAIT_MS * 2 ** (attempt - 1), ports.signal);
    }
    let response: Response;
    try {
      response = await ports.fetch(url, {
        method: 'POST',
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'x-github-api-version': '2022-11-28',
        },
        body: `{"bundle":${bundle}}`,
        signal: AbortSignal.any([ports.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
    } catch (error) {
      ports.signal.throwIfAborted();
      reason = error instanceof Error ? error.message : String(error);
      continue;
    }
    if (response.ok) {
      return readId(response, url);
    }
    await response.body?.cancel();
    reason = `HTTP status ${response.status}`;
    if (response.status < 500 && response.status !== 429) {
      throw refused(response.status, repository);
    }
  }
  throw new UserError(`The attestations could not be uploaded to ${repository}: ${reason}`, {
    code: 'upload-failed',
    fix: "Check GitHub's status page, and run this step again. Nothing was written.",
  });
}

async function readId(response: Response, url: string): Promise<string> {
  const answer = created.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) {
    throw new UserError(`${url} did not answer as GitHub's attestation API does`, {
      code: 'upload-failed',
      fix: 'Check that the API address is that of a GitHub server with artifact attestations.',
    });
  }
  return String(answer.data.id);
}

function refused(status: number, repository: string): UserError {
  const why: Readonly<Record<number, string>> = {
    401: 'the token is not valid',
    403: 'the token may not do this',
    404: 'the repository does not exist, or the token cannot see it',
    422: 'GitHub takes no attestations there, or not this bundle',
  };
  return new UserError(
    `GitHub refused to store an attestation in ${repository}: ${why[status] ?? `HTTP status ${status}`}`,
    {
      code: 'upload-refused',
      fix: 'The job needs `permissions: {attestations: write, id-token: write}`; private repositories need a plan with artifact attestations.',
    },
  );
}
