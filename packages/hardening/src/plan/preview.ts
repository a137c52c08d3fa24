import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Layer, RootSession } from '@golden-image/disk';
import type { Ports } from '@golden-image/host';
import { runFixes } from '../fix/apply.ts';
import type { Fix } from '../fix/script.ts';
import { type Entry, readLayers, readLower } from './layers.ts';

/** One file that a fix would change. */
export interface PlannedFile {
  /** Absolute, inside the image. */
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed' | 'permissions';
  /** `0644 0:0 → 0600 0:0` where these change too. */
  readonly access: string | undefined;
  /** Unified difference; undefined where it cannot or must not be shown. */
  readonly diff: string | undefined;
}

/** What one fix would do. */
export interface PlannedFix {
  readonly rule: string;
  readonly origin: Fix['origin'];
  /** Its exit status. */
  readonly status: number;
  readonly files: readonly PlannedFile[];
}

/** Lines of a difference that are shown. */
const MAX_LINES = 200;

/**
 * Runs fixes over throw-away layers, one after the other, and tells which files each of them touches. The image is not
 * changed.
 */
export async function previewFixes(
  fixes: readonly Fix[],
  session: RootSession,
  folder: string,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<readonly PlannedFix[]> {
  const planned: PlannedFix[] = [];
  const steps = new PassThrough();
  let layers: readonly Layer[] = [];
  let seen: ReadonlyMap<string, Entry> = new Map();
  let failure: unknown;
  const origins = new Map(fixes.map(({ rule, origin }) => [rule, origin]));
  const look = async (rule: string, status: number): Promise<void> => {
    const now = await readLayers(layers);
    const files = await changes(seen, now, layers, folder, ports);
    planned.push({ rule, origin: origins.get(rule) ?? 'content', status, files });
    seen = now;
  };
  await runFixes(fixes, session, folder, {
    // The script waits for a line after each fix: what it changed is looked at before the next one begins.
    steps,
    throwAway: {
      onReady: (ready) => {
        layers = ready;
      },
    },
    onEnd: (rule, status) => {
      ports.log.progress({ label: 'Plan', done: planned.length + 1, total: fixes.length, unit: 'rules' });
      look(rule, status).then(
        () => steps.write('\n'),
        (cause: unknown) => {
          failure = cause;
          steps.end();
        },
      );
    },
  });
  if (failure !== undefined) {
    throw failure;
  }
  return planned;
}

async function changes(
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
  layers: readonly Layer[],
  folder: string,
  ports: Pick<Ports, 'exec'>,
): Promise<readonly PlannedFile[]> {
  const files: PlannedFile[] = [];
  for (const inner of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const old = before.get(inner) ?? (await readLower(layers, inner));
    const now = after.get(inner) ?? (await readLower(layers, inner));
    const file = await compare(inner, present(old), present(now), folder, ports);
    if (file) {
      files.push(file);
    }
  }
  return files;
}

function present(entry: Entry | undefined): Entry | undefined {
  return entry?.kind === 'removed' ? undefined : entry;
}

async function compare(
  inner: string,
  old: Entry | undefined,
  now: Entry | undefined,
  folder: string,
  ports: Pick<Ports, 'exec'>,
): Promise<PlannedFile | undefined> {
  const sameAccess = old?.access === now?.access;
  if (old?.kind === now?.kind && old?.digest === now?.digest && sameAccess) {
    return undefined;
  }
  const sameContent = old !== undefined && old.kind === now?.kind && old.digest === now.digest;
  const change = !now ? 'removed' : !old ? 'added' : sameContent ? 'permissions' : 'changed';
  const access = old && now && !sameAccess ? `${old.access} → ${now.access}` : undefined;
  return { path: inner, change, access, diff: await difference(inner, old, now, folder, ports) };
}

async function difference(
  inner: string,
  old: Entry | undefined,
  now: Entry | undefined,
  folder: string,
  ports: Pick<Ports, 'exec'>,
): Promise<string | undefined> {
  const texts = [old, now].map((entry) => (entry ? entry.text : ''));
  if (texts.includes(undefined) || texts[0] === texts[1]) {
    return undefined;
  }
  const files = ['old', 'new'].map((name) => path.join(folder, `plan-${name}`));
  for (const [index, file] of files.entries()) {
    await writeFile(file, texts[index] ?? '');
  }
  const labels = [old ? `a${inner}` : '/dev/null', now ? `b${inner}` : '/dev/null'];
  const { stdout } = await ports.exec({
    command: 'diff',
    args: ['-u', ...labels.flatMap((label) => ['--label', label]), ...files],
    okCodes: [0, 1],
  });
  const lines = stdout.split('\n');
  const more = lines.length - MAX_LINES;
  return more > 0 ? `${lines.slice(0, MAX_LINES).join('\n')}\n… ${more} more lines\n` : stdout;
}
