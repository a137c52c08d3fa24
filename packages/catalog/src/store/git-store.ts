import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Exec, UserError } from '@golden-image/host';
import { compare } from '../state/catalog.ts';
import { withLock } from './lock.ts';
import type { Change, Content, Snapshot, Store } from './store.ts';

type Git = (
  args: readonly string[],
  more?: {
    readonly input?: Uint8Array | string;
    readonly okCodes?: readonly number[];
    readonly onStdout?: (chunk: Buffer) => void;
  },
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;

/**
 * A catalog on a branch of its own, in a git repository on this machine. One commit a change, written by `git
 * fast-import`, which moves the branch only from the commit that the change was made for.
 */
export function gitStore(
  repository: string,
  branch: string,
  author: { readonly name: string; readonly email: string },
  ports: { readonly exec: Exec },
): Store {
  const ref = `refs/heads/${branch}`;
  const git: Git = (args, more = {}) =>
    ports.exec({
      command: 'git',
      args: ['-c', 'safe.directory=*', '-c', 'core.hooksPath=/dev/null', '-C', repository, ...args],
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
      ...more,
    });
  const head = async (): Promise<string | undefined> => {
    const result = await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], { okCodes: [0, 1] });
    return result.code === 0 ? result.stdout.trim() : undefined;
  };
  return {
    name: `the branch ${branch}`,
    holdsDisks: false,
    inTurn: async (body) => {
      const folder = (
        await git(['rev-parse', '--absolute-git-dir']).catch(unreadable(repository))
      ).stdout.trim();
      return withLock(path.join(folder, 'image-catalog.lock'), ports.exec, body);
    },
    snapshot: async () => {
      const revision = await head().catch(unreadable(repository));
      return snapshotOf(revision, git);
    },
    commit: async (expected, change) => {
      if ((await head()) !== expected) {
        return false;
      }
      const input = await importStream(ref, expected, change, author);
      const result = await git(['fast-import', '--quiet', '--date-format=now'], {
        input,
        okCodes: [0, 1, 128],
      });
      if (result.code === 0) {
        return true;
      }
      // Somebody was faster, or something else is wrong: the branch tells.
      if ((await head()) !== expected || /cannot lock ref|Unable to create/.test(result.stderr)) {
        return false;
      }
      throw new UserError(`The branch ${branch} cannot be written`, {
        code: 'catalog-not-writable',
        fix: 'Check the git repository and the disk that it lies on.',
        detail: result.stderr,
      });
    },
  };
}

function unreadable(repository: string): (cause: unknown) => never {
  return (cause) => {
    throw new UserError(`${repository} is not a git repository that can be read`, {
      code: 'repository-missing',
      fix: 'Check out the repository first (actions/checkout), or name a folder as catalog.',
      cause,
    });
  };
}

/** One commit in the form of git-fast-import(1); `from` makes git refuse a branch that has moved. */
async function importStream(
  ref: string,
  expected: string | undefined,
  change: Change,
  author: { readonly name: string; readonly email: string },
): Promise<Buffer> {
  const parts: (string | Uint8Array)[] = [
    `commit ${ref}\n`,
    `committer ${author.name} <${author.email}> now\n`,
    data(change.message),
    expected ? `from ${expected}\n` : '',
    ...change.remove.map((name) => `D ${quoted(name)}\n`),
  ];
  for (const [name, content] of change.write) {
    const bytes = await bytesOf(content);
    parts.push(`M 100644 inline ${quoted(name)}\ndata ${bytes.length}\n`, bytes, '\n');
  }
  parts.push('done\n');
  return Buffer.concat(['feature done\n', ...parts].map((part) => Buffer.from(part)));
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function quoted(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

async function bytesOf(content: Content): Promise<Uint8Array> {
  return 'file' in content ? readFile(content.file) : content;
}

/** Everything but the images' own files is read at once: it is small, and every run needs it. */
async function snapshotOf(revision: string | undefined, git: Git): Promise<Snapshot> {
  const listed = revision ? (await git(['ls-tree', '-r', '-z', revision])).stdout : '';
  const blobs = new Map(
    listed
      .split('\0')
      .map((line) => /^\d+ blob ([0-9a-f]{40,64})\t(.+)$/s.exec(line))
      .flatMap((match) => (match ? [[match[2] ?? '', match[1] ?? ''] as const] : [])),
  );
  const small = new Set([...blobs].filter(([name]) => !name.startsWith('images/')).map(([, blob]) => blob));
  const known = await readBlobs([...small], git);
  const read = async (name: string): Promise<Buffer | undefined> => {
    const blob = blobs.get(name);
    return blob === undefined ? undefined : (known.get(blob) ?? (await readBlobs([blob], git)).get(blob));
  };
  return {
    revision,
    read,
    list: async () => [...blobs.keys()].sort(compare),
    matches: async (name, content) => (await read(name))?.equals(content) ?? false,
    digest: async (name) => {
      const content = await read(name);
      return content && createHash('sha256').update(content).digest('hex');
    },
  };
}

/** Many objects from one process. */
async function readBlobs(blobs: readonly string[], git: Git): Promise<ReadonlyMap<string, Buffer>> {
  if (blobs.length === 0) {
    return new Map();
  }
  const chunks: Buffer[] = [];
  await git(['cat-file', '--batch'], {
    input: `${blobs.join('\n')}\n`,
    onStdout: (chunk) => chunks.push(chunk),
  });
  const output = Buffer.concat(chunks);
  const found = new Map<string, Buffer>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const [blob = '', , size = ''] = output.toString('latin1', at, end).split(' ');
    found.set(blob, output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return found;
}
