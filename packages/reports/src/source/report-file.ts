import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { unreadable } from './unreadable.ts';

/** No report of a real project comes near; what is larger is a mistake or an attack. */
export const MAX_REPORT_BYTES = 1024 ** 3;
/** Small pieces: what is made of one is garbage before the young generation is full, so that the heap need not grow. */
const CHUNK_BYTES = 1 << 16;
/** How much of the beginning is looked at to tell formats apart, in bytes. */
const HEAD_BYTES = 4096;

export interface ReportFile {
  readonly path: string;
  /** The beginning, to tell the format. */
  readonly head: string;
  readonly modified: Date;
  /** The whole text in pieces, from the beginning; once. */
  readonly text: AsyncIterable<string>;
}

/**
 * Opens a report for one pass. Named pipes and devices are refused: they could hold up the gate for ever.
 *
 * @throws UserError `report-not-found`, `unreadable-report` (empty, not a file, larger than 1 GiB, not UTF-8)
 */
export async function withReport<T>(
  path: string,
  signal: AbortSignal,
  body: (report: ReportFile) => Promise<T>,
): Promise<T> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) => {
    throw new UserError(`The report ${path} cannot be opened`, {
      code: 'report-not-found',
      fix: 'Check the path, and that the job that writes the report ran.',
      cause,
    });
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) {
      throw unreadable(path, 'it is not a file');
    }
    if (stats.size === 0) {
      throw unreadable(path, 'it is empty');
    }
    if (stats.size > MAX_REPORT_BYTES) {
      throw unreadable(path, `it has ${stats.size} bytes, more than ${MAX_REPORT_BYTES}`);
    }
    const beginning = Buffer.alloc(Math.min(HEAD_BYTES, stats.size));
    await handle.read(beginning, 0, beginning.length, 0);
    return await body({
      path,
      head: beginning.toString('utf8').replace(/^\ufeff/, ''),
      modified: stats.mtime,
      text: decode(handle, path, signal),
    });
  } finally {
    await handle.close();
  }
}

async function* decode(handle: FileHandle, path: string, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let position = 0;
  const text = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw unreadable(path, `it is not UTF-8 text (near byte ${position})`);
    }
  };
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) {
      break;
    }
    yield text(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  yield text();
}
