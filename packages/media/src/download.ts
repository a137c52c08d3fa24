import { type FileHandle, open, statfs } from 'node:fs/promises';
import path from 'node:path';
import { type Ports, UserError } from '@golden-image/host';
import type { HashThread } from './hash-thread.ts';
import type { Answer } from './http-get.ts';
import { connectionError, RequestFailure, request } from './http-request.ts';
import { shownUrl } from './location.ts';
import { checkRange, type Expectation, validatorOf } from './ranges.ts';
import { stallSignal, waitBefore } from './retry.ts';
import { SlotSink } from './slot-sink.ts';

/** Less than this is no progress, in bytes. */
const PROGRESS = 1024 * 1024;
/** Left free on the disk, in bytes. */
const RESERVE = 64 * 1024 * 1024;

export interface DownloadRequest {
  /** Tried in this order. */
  readonly urls: readonly URL[];
  /** A file of the caller's, overwritten. */
  readonly target: string;
  readonly hashes: HashThread;
  /** Tries without progress before giving up. */
  readonly retries: number;
  /** Seconds without data before a try is given up. */
  readonly timeout: number;
  /** Nothing larger is accepted, in bytes. */
  readonly maxBytes: number;
}

export interface Downloaded {
  readonly bytes: number;
  /** Those that sent something, in order, without what follows the path. */
  readonly servers: readonly URL[];
  /** Whether the bytes came in several pieces. */
  readonly resumed: boolean;
}

type DownloadPorts = Pick<Ports, 'clock' | 'log' | 'signal'>;

/**
 * Streams a file to disk while hashing it, in constant memory. After a cut it goes on where it stopped (Range, If-Range),
 * from the next server when one does not recover. Does not judge the bytes: that is the digest's business.
 *
 * @throws UserError `download-failed`, `too-large`, `no-space`, `insecure-redirect`
 */
export async function download(options: DownloadRequest, ports: DownloadPorts): Promise<Downloaded> {
  const handle = await open(options.target, 'w', 0o644);
  try {
    return await new Download(options, ports, handle).run();
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? noSpace(options.target) : error;
  } finally {
    await handle.close();
  }
}

class Download {
  readonly #options: DownloadRequest;
  readonly #ports: DownloadPorts;
  readonly #handle: FileHandle;
  readonly #servers: URL[] = [];
  /** Bytes on disk and in the hashes. */
  #offset = 0;
  /** Farthest that any try came: only getting beyond it counts as progress. */
  #farthest = 0;
  #resumed = false;
  #known: Expectation = {};
  /** The last write: one at a time, because the kernel lets one in and makes the others spin. */
  #written: Promise<void> = Promise.resolve();

  constructor(options: DownloadRequest, ports: DownloadPorts, handle: FileHandle) {
    this.#options = options;
    this.#ports = ports;
    this.#handle = handle;
  }

  async run(): Promise<Downloaded> {
    const { retries } = this.#options;
    const servers = [...this.#options.urls];
    let failures = 0;
    for (;;) {
      const [url] = servers;
      if (!url) {
        throw new Error('no URL to download from');
      }
      const before = this.#farthest;
      try {
        await this.#attempt(url);
        return { bytes: this.#offset, servers: this.#servers, resumed: this.#resumed };
      } catch (error) {
        this.#ports.signal.throwIfAborted();
        if (!(error instanceof RequestFailure)) {
          throw error;
        }
        failures = this.#farthest - before >= PROGRESS ? 1 : failures + 1;
        servers.shift();
        if (error.remedy === 'retry') {
          servers.push(url);
        }
        if (servers.length === 0 || failures > retries) {
          throw failed(error, this.#options.urls.length);
        }
        const wait = await waitBefore(failures, error.retryAfter, this.#ports.clock, this.#ports.signal);
        const from = this.#offset > 0 ? `, going on at byte ${this.#offset}` : '';
        this.#ports.log.notice(`${error.message}; trying again after ${Math.round(wait)} s${from}`);
      }
    }
  }

  async #attempt(url: URL): Promise<void> {
    const stall = stallSignal(this.#options.timeout, this.#ports.signal);
    try {
      const { response } = await request(url, this.#rangeHeaders(url), this.#ports.clock, stall.signal);
      await this.#begin(response, url);
      this.#servers.push(url);
      await this.#receive(response, stall.alive);
    } catch (error) {
      if (error instanceof RequestFailure || error instanceof UserError || isDiskError(error)) {
        throw error;
      }
      const reason = stall.signal.aborted ? connectionError(stall.signal.reason) : connectionError(error);
      throw new RequestFailure(`${shownUrl(url)} broke off at byte ${this.#offset}: ${reason}`, 'retry');
    } finally {
      stall.stop();
    }
    const { total } = this.#known;
    if (total !== undefined && this.#offset !== total) {
      throw new RequestFailure(`${shownUrl(url)} sent ${this.#offset} of ${total} bytes`, 'retry');
    }
  }

  #rangeHeaders(url: URL): Record<string, string> {
    if (this.#offset === 0) {
      return {};
    }
    const validator = this.#known.url === url.href ? this.#known.validator : undefined;
    return { range: `bytes=${this.#offset}-`, ...(validator ? { 'if-range': validator } : {}) };
  }

  /** Judges the answer's head: where its bytes belong and how many there will be. */
  async #begin(response: Answer, url: URL): Promise<void> {
    const verdict = checkRange(response, this.#offset, this.#known.total);
    if (verdict.kind === 'wrong') {
      response.cancel();
      throw new RequestFailure(`${shownUrl(url)} ${verdict.reason}`, 'other-server');
    }
    if (verdict.kind === 'restart') {
      await this.#restart();
    }
    if (verdict.kind === 'again') {
      response.cancel();
      await this.#restart();
      throw new RequestFailure(`${shownUrl(url)} does not have the rest of the file`, 'retry');
    }
    this.#resumed ||= this.#offset > 0;
    this.#known = { total: verdict.total, validator: validatorOf(response), url: url.href };
    if (verdict.total !== undefined && verdict.total > this.#options.maxBytes) {
      throw tooLarge(url, this.#options.maxBytes);
    }
    await this.#checkSpace(verdict.total);
  }

  async #restart(): Promise<void> {
    this.#offset = 0;
    this.#known = {};
    await this.#options.hashes.reset();
    await this.#handle.truncate(0);
  }

  async #checkSpace(total: number | undefined): Promise<void> {
    const disk = await statfs(path.dirname(this.#options.target));
    const needed = (total ?? 0) - this.#offset + RESERVE;
    if (disk.bavail * disk.bsize < needed) {
      throw noSpace(this.#options.target, needed);
    }
  }

  async #receive(response: Answer, alive: () => void): Promise<void> {
    const { hashes } = this.#options;
    const sink = new SlotSink(hashes.slots, (slot, bytes) => this.#store(slot, bytes));
    try {
      await response.receive({
        space: () => sink.space(),
        filled: (length) => {
          alive();
          this.#checkLength(sink.size + length);
          return sink.filled(length);
        },
      });
    } finally {
      // What came before a cut is good: the next try goes on behind it.
      await sink.end();
    }
  }

  /** Hashes and writes a slot at the same time. */
  async #store(slot: number, bytes: number): Promise<void> {
    const { hashes, target, urls } = this.#options;
    const at = this.#offset;
    this.#offset += bytes;
    this.#farthest = Math.max(this.#farthest, this.#offset);
    const hashed = hashes.update(slot, bytes);
    this.#written = this.#written.then(() => this.#write(hashes.slots[slot] ?? Buffer.alloc(0), bytes, at));
    // Both have to end before the slot is free, also when writing fails.
    const done = await Promise.allSettled([hashed, this.#written]);
    const failed = done.find((one) => one.status === 'rejected');
    if (failed) {
      throw failed.reason;
    }
    const { total } = this.#known;
    const label = path.basename(urls[0]?.pathname ?? target);
    this.#ports.log.progress({
      label,
      done: at + bytes,
      unit: 'bytes',
      ...(total === undefined ? {} : { total }),
    });
  }

  async #write(buffer: Buffer, bytes: number, at: number): Promise<void> {
    for (let done = 0; done < bytes; ) {
      const { bytesWritten } = await this.#handle.write(buffer, done, bytes - done, at + done);
      done += bytesWritten;
    }
  }

  #checkLength(pending: number): void {
    const limit = this.#known.total ?? this.#options.maxBytes;
    if (this.#offset + pending > limit) {
      throw this.#known.total === undefined
        ? tooLarge(undefined, limit)
        : new RequestFailure(`the server sends more than the ${limit} bytes it announced`, 'other-server');
    }
  }
}

function isDiskError(error: unknown): boolean {
  return ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException)?.code ?? '');
}

function failed(error: RequestFailure, servers: number): UserError {
  const gone = / 40[34]\b| 410\b/.test(error.message);
  return new UserError(`The medium cannot be downloaded: ${error.message}`, {
    code: 'download-failed',
    fix: gone
      ? 'Vendors move point releases to an archive when the next one appears: use the new address, or the archive.'
      : `Try again later${servers > 1 ? '' : ', or name further servers in "mirrors"'}.`,
  });
}

function tooLarge(url: URL | undefined, limit: number): UserError {
  return new UserError(`${url ? shownUrl(url) : 'The server'} sends more than ${limit} bytes`, {
    code: 'too-large',
    fix: 'Check the address: no medium is that large.',
  });
}

function noSpace(target: string, needed?: number): UserError {
  const amount = needed === undefined ? '' : `: ${Math.ceil(needed / 1e6)} MB are needed`;
  return new UserError(`There is not enough space in ${path.dirname(target)}${amount}`, {
    code: 'no-space',
    fix: 'Free space on the runner, or choose another output folder.',
  });
}
