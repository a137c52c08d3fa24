import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, type Ports, UserError, withTemporaryFolder } from '@golden-image/host';
import type { Bundle } from '@sigstore/bundle';
import type { SigstoreEndpoints } from './endpoints.ts';

/** What a witness adds to a bundle. */
export interface Testimony {
  readonly tlogEntries?: Bundle['verificationMaterial']['tlogEntries'];
  readonly rfc3161Timestamps?: readonly { readonly signedTimestamp: Buffer }[];
}

/** Testifies when a signature was there: publishes it in a log, or has it timestamped. */
export interface Witness {
  readonly name: string;
  /** @param verifier PEM of the certificate or public key that verifies the signature */
  testify(content: Bundle['content'], verifier: string): Promise<Testimony>;
}

/** Milliseconds for one request; a log answers after it has integrated the entry. */
const TIMEOUT_MS = 30_000;
const RETRY = { retries: 3 };
/** A timestamp with its certificates takes a few kilobytes. */
const MAX_TIMESTAMP_BYTES = 256 * 1024;

/** A transparency log (Rekor). */
export function rekorWitness({ url, version }: NonNullable<SigstoreEndpoints['rekor']>): Witness {
  return {
    name: url,
    testify: async (content, verifier) => {
      const { RekorWitness } = await import('@sigstore/sign');
      const rekor = new RekorWitness({
        rekorBaseURL: url,
        majorApiVersion: version,
        timeout: TIMEOUT_MS,
        retry: RETRY,
      });
      try {
        return await rekor.testify(content, verifier);
      } catch (cause) {
        throw unavailable('The transparency log', url, cause);
      }
    },
  };
}

/** A timestamp authority (RFC 3161 over HTTP): any, not only sigstore's. Timestamps the signature's bytes. */
export function timestampWitness(url: string, ports: Pick<Ports, 'exec' | 'fetch' | 'signal'>): Witness {
  // Sigstore's own are often named without their path.
  const target = new URL(url).pathname === '/' ? `${url}/api/v1/timestamp` : url;
  return {
    name: url,
    testify: async (content) => {
      try {
        const query = await timestampQuery(signatureOf(content), ports);
        return { rfc3161Timestamps: [{ signedTimestamp: await request(target, query, ports) }] };
      } catch (cause) {
        ports.signal.throwIfAborted();
        throw unavailable('The timestamp authority', url, cause);
      }
    },
  };
}

function signatureOf(content: Bundle['content']): Buffer {
  return content.$case === 'messageSignature'
    ? content.messageSignature.signature
    : (content.dsseEnvelope.signatures[0]?.sig ?? Buffer.alloc(0));
}

/** A TimeStampReq that asks for the certificates too. */
function timestampQuery(data: Uint8Array, ports: Pick<Ports, 'exec'>): Promise<Uint8Array<ArrayBuffer>> {
  return withTemporaryFolder('timestamp', async (folder) => {
    const [input, query] = [path.join(folder, 'signature'), path.join(folder, 'query')];
    await writeFile(input, data);
    const args = ['ts', '-query', '-data', input, '-sha256', '-cert', '-out', query];
    await ports.exec({ command: 'openssl', args });
    return new Uint8Array(await readFile(query));
  });
}

async function request(
  url: string,
  query: Uint8Array<ArrayBuffer>,
  ports: Pick<Ports, 'fetch' | 'signal'>,
): Promise<Buffer> {
  for (let left = RETRY.retries; ; left -= 1) {
    const response = await ports
      .fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
        body: query,
        signal: AbortSignal.any([ports.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
      .catch((error: unknown) => {
        ports.signal.throwIfAborted();
        if (left <= 0) {
          throw error;
        }
        return undefined;
      });
    if (response?.ok) {
      return readLimited(response);
    }
    await response?.body?.cancel();
    if (response && (response.status < 500 || left <= 0)) {
      throw new Error(`it answers with HTTP status ${response.status}`);
    }
  }
}

async function readLimited(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_TIMESTAMP_BYTES) {
      throw new Error(`it answers with more than ${MAX_TIMESTAMP_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unavailable(what: string, url: string, cause: unknown): UserError {
  return new UserError(`${what} ${url} gives no proof: ${describeError(cause).message}`, {
    code: 'witness-unavailable',
    fix: 'Check that the job reaches it, and its status page; then run this step again. Nothing was written.',
    cause,
  });
}
