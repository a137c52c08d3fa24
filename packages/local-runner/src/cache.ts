import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { publishAtomically, UserError } from '@golden-image/host';
import { flag, type ReplacedAction } from './replaced-action.ts';
import type { JobState, StepContext } from './run-state.ts';

const INPUTS = ['path', 'key', 'restore-keys', 'fail-on-cache-miss', 'lookup-only'];
const IGNORED = ['upload-chunk-size', 'enableCrossOsArchive', 'save-always'];

/** Restores, and saves at the end of a job that succeeded, when the key was new. */
export const cache: ReplacedAction = {
  inputs: INPUTS,
  ignored: IGNORED,
  run: async (inputs, step) => {
    const restored = await restore(inputs, step);
    const { job, frame } = step;
    job.posts.push({
      name: step.name,
      condition: 'success()',
      frame,
      env: step.env,
      body: async (post) => {
        if (step.outputs['cache-hit'] === 'true') {
          post.output.line(`The cache ${inputs.key} was there already.`);
          return true;
        }
        return save(inputs, post);
      },
    });
    return restored;
  },
};

export const restoreCache: ReplacedAction = { inputs: INPUTS, ignored: IGNORED, run: restore };
export const saveCache: ReplacedAction = { inputs: ['path', 'key'], ignored: IGNORED, run: save };

async function restore(inputs: Readonly<Record<string, string>>, step: StepContext): Promise<boolean> {
  const { job } = step;
  const key = required(inputs.key);
  const found = await lookUp(inputs, job);
  step.outputs['cache-primary-key'] = key;
  step.outputs['cache-hit'] = found === undefined ? '' : String(found === key);
  step.outputs['cache-matched-key'] = found ?? '';
  if (found === undefined) {
    const message = `There is no cache for ${key}.`;
    const fails = flag(inputs['fail-on-cache-miss'], false);
    if (fails) {
      step.output.annotate({ level: 'error', message });
    } else {
      step.output.line(message);
    }
    return !fails;
  }
  if (!flag(inputs['lookup-only'], false)) {
    await job.run.exec({
      command: 'tar',
      args: ['-x', '-P', '-f', path.join(folderOf(inputs, job), fileName(found)), '-C', job.workspace],
      signal: step.signal,
    });
  }
  step.output.line(`Restored the cache ${found}.`);
  return true;
}

async function save(inputs: Readonly<Record<string, string>>, step: StepContext): Promise<boolean> {
  const { job } = step;
  const key = required(inputs.key);
  const entries = pathsOf(inputs).flatMap((pattern) =>
    globSync(pattern.replace(/^~(?=\/|$)/, homedir()), { cwd: job.workspace }),
  );
  const file = path.join(folderOf(inputs, job), fileName(key));
  if (entries.length === 0) {
    step.output.annotate({ level: 'warning', message: `Nothing to save for the cache ${key}.` });
    return true;
  }
  if (await stat(file).catch(() => undefined)) {
    step.output.line(`The cache ${key} was there already.`);
    return true;
  }
  await mkdir(path.dirname(file), { recursive: true });
  await publishAtomically(file, async (partial) => {
    await job.run.exec({
      command: 'tar',
      args: ['-c', '-P', '-S', '-f', partial, '-C', job.workspace, '--', ...entries],
      signal: step.signal,
    });
  });
  step.output.line(`Saved the cache ${key}.`);
  return true;
}

/** The exact key, or the newest cache that begins with one of `restore-keys`, in their order. */
async function lookUp(inputs: Readonly<Record<string, string>>, job: JobState): Promise<string | undefined> {
  const folder = folderOf(inputs, job);
  const saved = await Promise.all(
    (await readdir(folder).catch(() => [])).map(async (name) => ({
      key: decodeURIComponent(name.replace(/\.tar$/, '')),
      time: (await stat(path.join(folder, name))).mtimeMs,
    })),
  );
  const newest = saved.sort((a, b) => b.time - a.time).map(({ key }) => key);
  const key = required(inputs.key);
  const prefixes = (inputs['restore-keys'] ?? '').split('\n').map((line) => line.trim());
  return (
    newest.find((name) => name === key) ??
    [key, ...prefixes.filter((line) => line !== '')]
      .map((prefix) => newest.find((name) => name.startsWith(prefix)))
      .find((name) => name !== undefined)
  );
}

/** Caches of other paths are other caches, as on GitHub. */
function folderOf(inputs: Readonly<Record<string, string>>, job: JobState): string {
  const version = createHash('sha256').update(pathsOf(inputs).join('\0')).digest('hex').slice(0, 16);
  const repository = encodeURIComponent(job.run.repository);
  return path.join(job.run.cache, 'caches', repository, version);
}

function pathsOf(inputs: Readonly<Record<string, string>>): string[] {
  return (inputs.path ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function fileName(key: string): string {
  return `${encodeURIComponent(key).replaceAll('.', '%2E')}.tar`;
}

function required(key: string | undefined): string {
  if (!key || key.length > 200 || key.includes(',')) {
    throw new UserError(`The cache key ${JSON.stringify(key ?? '')} is not valid`, {
      code: 'cache-key',
      fix: 'Give a key of at most 200 characters, without commas.',
    });
  }
  return key;
}
