import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { type Exec, type HostTool, UserError } from '@golden-image/host';

export const STORE_TOOLS: readonly HostTool[] = [
  { command: 'flock', package: 'util-linux' },
  { command: 'git', package: 'git' },
];

/** How long a writer waits for the others, in seconds. */
const LOCK_SECONDS = 120;

/** Holds flock(1)'s lock while `body` runs; when this process dies, its pipe closes and the lock is free. */
export async function withLock<T>(file: string, exec: Exec, body: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const pipe = new PassThrough();
  let held: () => void = () => {};
  const holding = new Promise<void>((resolve) => {
    held = resolve;
  });
  const holder = exec({
    command: 'flock',
    args: ['--exclusive', '--wait', String(LOCK_SECONDS), file, 'cat'],
    input: pipe,
    onLine: () => held(),
  });
  pipe.write('held\n');
  try {
    const failed = holder.then(() => {
      throw new Error('flock ended');
    });
    failed.catch(() => {});
    await Promise.race([holding, failed]).catch((cause: unknown) => {
      throw new UserError(`The catalog is locked by another run for more than ${LOCK_SECONDS} seconds`, {
        code: 'catalog-locked',
        fix: 'Wait for the other run to end, and try again.',
        cause,
      });
    });
    return await body();
  } finally {
    pipe.end();
    await holder.catch(() => undefined);
  }
}
