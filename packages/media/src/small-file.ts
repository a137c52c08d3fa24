import { open } from 'node:fs/promises';
import { type Ports, UserError } from '@golden-image/host';
import { connectionError, RequestFailure, request } from './http-request.ts';
import { type Location, shownLocation } from './location.ts';
import { stallSignal, waitBefore } from './retry.ts';

/** Lists, signatures and keys are small; anything larger is not one. */
const MAX_BYTES = 16 * 1024 * 1024;
const CHUNK = 64 * 1024;

export interface FetchLimits {
  /** Tries after the first one. */
  readonly retries: number;
  /** Seconds without data before a try is given up. */
  readonly timeout: number;
}

/**
 * Reads a list, a signature or a key, always from its own address: mirrors are for the medium's bytes only.
 *
 * @throws UserError `not-found`, `too-large`, `download-failed`
 */
export async function readSmall(
  location: Location,
  what: string,
  limits: FetchLimits,
  ports: Pick<Ports, 'clock' | 'signal'>,
): Promise<Uint8Array> {
  if (location.kind === 'file') {
    return readSmallFile(location.path, what);
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetchOnce(location.url, what, limits, ports);
    } catch (error) {
      ports.signal.throwIfAborted();
      if (!(error instanceof RequestFailure)) {
        throw error;
      }
      if (error.remedy === 'other-server' || attempt > limits.retries) {
        throw new UserError(`The ${what} cannot be downloaded: ${error.message}`, {
          code: 'download-failed',
          fix: `Check the address of the ${what}; vendors move older releases away.`,
        });
      }
      await waitBefore(attempt, error.retryAfter, ports.clock, ports.signal);
    }
  }
}

async function fetchOnce(
  url: URL,
  what: string,
  limits: FetchLimits,
  ports: Pick<Ports, 'clock' | 'signal'>,
): Promise<Uint8Array> {
  const stall = stallSignal(limits.timeout, ports.signal);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let memory = new Uint8Array(0);
  try {
    const { response } = await request(url, {}, ports.clock, stall.signal);
    if (response.status !== 200) {
      response.cancel();
      throw new RequestFailure(`status ${response.status} was not asked for`, 'other-server');
    }
    await response.receive({
      space: () => {
        memory = new Uint8Array(CHUNK);
        return memory;
      },
      filled: (length) => {
        stall.alive();
        bytes += length;
        if (bytes > MAX_BYTES) {
          throw tooLarge(shownLocation({ kind: 'url', url }), what);
        }
        chunks.push(memory.subarray(0, length));
        return undefined;
      },
    });
  } catch (error) {
    if (error instanceof RequestFailure || error instanceof UserError) {
      throw error;
    }
    throw new RequestFailure(connectionError(error), 'retry');
  } finally {
    stall.stop();
  }
  return Buffer.concat(chunks);
}

async function readSmallFile(file: string, what: string): Promise<Uint8Array> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new UserError(`The ${what} ${file} cannot be read`, {
      code: 'not-found',
      fix: 'Check the path; it is relative to the working directory.',
      cause,
    });
  });
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > MAX_BYTES) {
      throw tooLarge(file, what);
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function tooLarge(where: string, what: string): UserError {
  return new UserError(`The ${what} ${where} is not a small file`, {
    code: 'too-large',
    fix: `Pass the ${what} itself.`,
  });
}
