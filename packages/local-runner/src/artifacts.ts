import { globSync } from 'node:fs';
import { link, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { publishAtomically, resolveInside, UserError } from '@golden-image/host';
import { copyRegular } from './copy-tree.ts';
import { flag, type ReplacedAction } from './replaced-action.ts';
import type { RunState, StepContext } from './run-state.ts';

/** Artifacts lose their modes, as on GitHub, where they travel in a ZIP file. */
const MODE = 0o644;

/** Puts files into a folder of the run's artifacts. */
export const uploadArtifact: ReplacedAction = {
  inputs: ['name', 'path', 'if-no-files-found', 'overwrite', 'include-hidden-files'],
  ignored: ['retention-days', 'compression-level'],
  run: async (inputs, step) => {
    const { run, workspace } = step.job;
    const name = checkName(inputs.name || 'artifact');
    const hidden = flag(inputs['include-hidden-files'], false);
    const { base, files } = await selectFiles(workspace, inputs.path ?? '', hidden);
    if (files.length === 0) {
      return nothingFound(inputs, step);
    }
    const target = path.join(artifactsFolder(run), name);
    if ((await stat(target).catch(() => undefined)) && !flag(inputs.overwrite, false)) {
      throw new UserError(`There is already an artifact ${name}`, {
        code: 'artifact-exists',
        fix: 'Give it another name, or set overwrite: true.',
      });
    }
    await publishAtomically(target, async (partial) => {
      for (const file of files) {
        await store(run, file, path.join(partial, path.relative(base, file)));
      }
    });
    step.outputs['artifact-id'] = name;
    step.outputs['artifact-url'] = target;
    step.output.line(`${files.length} files are in ${target}`);
    return true;
  },
};

/** Copies an artifact of the run, or all of them, into the workspace. */
export const downloadArtifact: ReplacedAction = {
  inputs: ['name', 'path', 'pattern', 'merge-multiple'],
  ignored: ['digest-mismatch'],
  run: async (inputs, step) => {
    const { run, workspace } = step.job;
    const target = path.resolve(workspace, inputs.path ?? '');
    const folder = artifactsFolder(run);
    if (inputs.name) {
      const source = path.join(folder, checkName(inputs.name));
      if (!(await stat(source).catch(() => undefined))) {
        const known = (await readdir(folder).catch(() => [])).join(', ') || 'none';
        throw new UserError(`There is no artifact ${inputs.name}`, {
          code: 'no-artifact',
          fix: `Artifacts of this run so far: ${known}.`,
        });
      }
      await fetchArtifact(run, source, target, step);
    } else {
      const names = globSync(inputs.pattern || '*', { cwd: folder }).sort();
      for (const name of names) {
        const merged = flag(inputs['merge-multiple'], false);
        await fetchArtifact(run, path.join(folder, name), merged ? target : path.join(target, name), step);
      }
    }
    step.outputs['download-path'] = target;
    return true;
  },
};

export function artifactsFolder(run: RunState): string {
  return path.join(run.out, 'artifacts');
}

function checkName(name: string): string {
  if (/["\\:<>|*?\r\n/]/.test(name) || name.startsWith('.')) {
    throw new UserError(`The artifact name ${JSON.stringify(name)} is not valid`, {
      code: 'artifact-name',
      fix: 'Use letters, digits, dots, dashes and underscores.',
    });
  }
  return name;
}

function nothingFound(inputs: Readonly<Record<string, string>>, step: StepContext): boolean {
  const message = `No files were found with the provided path: ${inputs.path}. No artifacts will be uploaded.`;
  switch (inputs['if-no-files-found'] || 'warn') {
    case 'error':
      step.output.annotate({ level: 'error', message });
      return false;
    case 'ignore':
      step.output.line(message);
      return true;
    default:
      step.output.annotate({ level: 'warning', message });
      return true;
  }
}

/**
 * The files that patterns (one a line, `!` takes away) select, and the folder that they are stored relative to: the
 * only searched folder, or what all of several have in common (actions/upload-artifact, search.ts).
 */
async function selectFiles(
  workspace: string,
  patterns: string,
  hidden: boolean,
): Promise<{ base: string; files: string[] }> {
  const found = new Set<string>();
  const bases: string[] = [];
  for (const pattern of patterns.split('\n').map((line) => line.trim())) {
    if (pattern === '') {
      continue;
    }
    const excluded = pattern.startsWith('!');
    const absolute = path.resolve(workspace, excluded ? pattern.slice(1) : pattern);
    const files: string[] = [];
    for (const match of globSync(absolute)) {
      files.push(...(await filesBelow(match)));
    }
    if (excluded) {
      for (const file of files) {
        found.delete(file);
      }
    } else {
      bases.push(searchBase(absolute));
      for (const file of files) {
        found.add(file);
      }
    }
  }
  const base = await folderOf(bases.reduce(commonFolder, bases[0] ?? workspace));
  const files = [...found].filter((file) => hidden || !path.relative(base, file).split('/').some(isHidden));
  return { base, files: files.sort() };
}

async function filesBelow(entry: string): Promise<string[]> {
  const info = await stat(entry).catch(() => undefined);
  if (info?.isFile()) {
    return [entry];
  }
  if (!info?.isDirectory()) {
    return [];
  }
  const names = await readdir(entry);
  return (await Promise.all(names.map((name) => filesBelow(path.join(entry, name))))).flat();
}

/** The part of a pattern before its first wildcard. */
function searchBase(pattern: string): string {
  const parts = pattern.split('/');
  const wild = parts.findIndex((part) => /[*?[\]{}]/.test(part));
  return wild < 0 ? pattern : parts.slice(0, wild).join('/') || '/';
}

function commonFolder(left: string, right: string): string {
  const other = right.split('/');
  const parts = left.split('/');
  const differs = parts.findIndex((part, index) => part !== other[index]);
  return (differs < 0 ? parts : parts.slice(0, differs)).join('/') || '/';
}

async function folderOf(entry: string): Promise<string> {
  return (await stat(entry).catch(() => undefined))?.isFile() ? path.dirname(entry) : entry;
}

function isHidden(name: string): boolean {
  return name.startsWith('.') && name !== '.' && name !== '..';
}

/** A file that came from an artifact and did not change since is linked, not copied: nobody writes to either. */
async function store(run: RunState, from: string, to: string): Promise<void> {
  const info = await lstat(from, { bigint: true });
  const known = run.downloaded.get(`${info.dev}:${info.ino}`);
  await mkdir(path.dirname(to), { recursive: true });
  if (known && known.changed === info.ctimeNs) {
    // The artifact may have been replaced meanwhile, or lie on another file system.
    const linked = await link(known.source, to).then(
      () => true,
      () => false,
    );
    if (linked) {
      return;
    }
  }
  await copyRegular(run.exec, from, to, MODE);
}

async function fetchArtifact(
  run: RunState,
  source: string,
  target: string,
  step: StepContext,
): Promise<void> {
  const files = await filesBelow(source);
  for (const file of files) {
    const to = resolveInside(target, path.relative(source, file));
    await copyRegular(run.exec, file, to, MODE);
    const info = await lstat(to, { bigint: true });
    run.downloaded.set(`${info.dev}:${info.ino}`, { source: file, changed: info.ctimeNs });
  }
  step.output.line(`${files.length} files of the artifact ${path.basename(source)} are in ${target}`);
}
