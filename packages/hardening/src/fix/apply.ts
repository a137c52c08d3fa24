import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { RootSession, ThrowAway } from '@golden-image/disk';
import { type Ports, UserError } from '@golden-image/host';
import { type Fix, joinFixes, parseMark } from './script.ts';
import { STAND_INS, standIns } from './stubs.ts';

/** Less free space than this in the image, in bytes, and fixes may write half a file. */
const MIN_FREE = 8 * 1024 * 1024;
const TIMEOUT_MS = 900_000;
const WORK = '/run/golden-image/fix';

/** How one fix ended. */
export interface AppliedFix {
  readonly rule: string;
  readonly origin: Fix['origin'];
  readonly status: number;
}

/**
 * Runs fixes inside the image, which changes it.
 *
 * @throws UserError `image-full` when the image's root file system has no room
 */
export async function applyFixes(
  fixes: readonly Fix[],
  session: RootSession,
  folder: string,
  ports: Pick<Ports, 'log'>,
): Promise<readonly AppliedFix[]> {
  await assertRoom(session);
  const status = new Map<string, number>();
  await runFixes(fixes, session, folder, {
    onEnd: (rule, code) => {
      status.set(rule, code);
      ports.log.progress({ label: 'Fix', done: status.size, total: fixes.length, unit: 'rules' });
    },
  });
  await assertRoom(session);
  return fixes.map(({ rule, origin }) => ({ rule, origin, status: status.get(rule) ?? -1 }));
}

/**
 * Runs fixes one after the other, confined: their own processes, no network, no host file system, no kernel settings,
 * few capabilities, stand-ins for what acts on a running system.
 */
export async function runFixes(
  fixes: readonly Fix[],
  session: RootSession,
  folder: string,
  options: {
    /** Told when a fix has ended, with its exit status. */
    readonly onEnd: (rule: string, status: number) => void;
    /** A line of it starts each further fix; default: they follow at once. */
    readonly steps?: Readable;
    readonly throwAway?: ThrowAway;
  },
): Promise<void> {
  const work = path.join(folder, 'fix');
  await mkdir(work, { recursive: true });
  await writeFile(path.join(work, 'fix.sh'), joinFixes(fixes, { stepwise: options.steps !== undefined }));
  await session.run({
    command: '/bin/bash',
    args: [`${WORK}/fix.sh`],
    powers: 'change',
    binds: [...(await standIns(session, path.join(folder, 'stand-ins'))), { source: work, target: WORK }],
    emptyFolders: ['/tmp', '/var/tmp'],
    env: {
      PATH: `${STAND_INS}:/usr/sbin:/usr/bin:/sbin:/bin`,
      DEBIAN_FRONTEND: 'noninteractive',
      SYSTEMD_OFFLINE: '1',
    },
    okCodes: 'any',
    timeoutMs: TIMEOUT_MS,
    ...(options.steps ? { input: options.steps } : {}),
    ...(options.throwAway ? { throwAway: options.throwAway } : {}),
    onLine: (line, stream) => {
      const mark = stream === 'stderr' ? parseMark(line) : undefined;
      if (mark?.kind === 'end') {
        options.onEnd(mark.rule, mark.status);
      }
    },
  });
}

async function assertRoom(session: RootSession): Promise<void> {
  const free = await session.freeBytes();
  if (free < MIN_FREE) {
    throw new UserError(`The image’s root file system is full (${free} bytes free)`, {
      code: 'image-full',
      fix: 'Build the image with a larger disk, or with fewer packages.',
    });
  }
}
