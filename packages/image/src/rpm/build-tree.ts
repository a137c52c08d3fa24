import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, ToolError, UserError } from '@golden-image/host';
import { CLAMP_TIMES } from '../tree/clamp-times.ts';
import { environment } from '../tree/environment.ts';
import type { RpmPackage } from './package-manager.ts';
import { CHANGE, CLEAN, FINISH, INSTALL } from './scripts.ts';

export interface RpmTreeRequest {
  /** New packages; their files lie in `archives`. */
  readonly packages: readonly RpmPackage[];
  readonly archives: string;
  /** Names to remove; only of a tree that has packages. */
  readonly removed: readonly string[];
  /** Where rpm keeps its database in the tree. */
  readonly database: string;
  /** Languages whose translations are installed: `C.utf8`, `en`. */
  readonly languages: string;
  /** In seconds: time stamps of the tree are not newer. */
  readonly epoch: number;
  readonly scratch: string;
}

/** What beside the packages decides how a tree comes out: part of the cache's key. */
export function treeFacts({ database, languages }: Pick<RpmTreeRequest, 'database' | 'languages'>) {
  return { database, languages, scripts: [INSTALL, CHANGE, FINISH, CLEAN, CLAMP_TIMES] };
}

/**
 * Makes a root tree at `target` from exactly these packages, without network, in namespaces of its own.
 *
 * @throws UserError `package-script-failed`, `packages-conflict`
 */
export async function buildTree(
  target: string,
  request: RpmTreeRequest,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<void> {
  await mkdir(target, { recursive: true, mode: 0o755 });
  await runScript(INSTALL, target, request, ports);
}

/** Changes the packages of a tree that comes from a vendor's disk. Throws as `buildTree` does. */
export async function changeTree(
  target: string,
  request: RpmTreeRequest,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<void> {
  await runScript(CHANGE, target, request, ports);
}

async function runScript(
  script: string,
  target: string,
  request: RpmTreeRequest,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<void> {
  const { scratch, archives, packages, removed, database, languages, epoch } = request;
  const stage = path.join(scratch, 'tree-stage');
  await mkdir(path.join(stage, 'log'), { recursive: true });
  const texts: Readonly<Record<string, string>> = {
    packages: packages.map(({ file }) => `${path.join(archives, file)}\n`).join(''),
    removed: removed.map((name) => `${name}\n`).join(''),
    languages: `${languages}\n`,
    script,
    finish: `${FINISH}${CLEAN}${CLAMP_TIMES}`,
  };
  await Promise.all(Object.entries(texts).map(([name, text]) => writeFile(path.join(stage, name), text)));
  const failures: ScriptFailure[] = [];
  let done = 0;
  const onLine = (line: string): void => {
    ports.log.debug(line);
    const failure = scriptFailure(line);
    if (failure) {
      failures.push(failure);
    }
    if (/^[A-Za-z0-9][^\s:]*-[^\s:-]+-[^\s:-]+$/.test(line)) {
      done += 1;
      const total = packages.length;
      ports.log.progress({ label: 'Packages installed', done, total, unit: 'packages' });
    }
  };
  const args = [path.join(stage, 'script'), target, stage, database];
  const result = await ports
    .exec(confined({ command: 'sh', args, env: environment(epoch), onLine }))
    .catch((error: unknown) => {
      throw installFailed(error, failures);
    });
  // rpm goes on when a script fails after the files are in place, and ends as if nothing had happened.
  if (failures[0]) {
    throw failed(failures[0], result.stderr);
  }
}

/** A package script that failed, as rpm tells it. */
interface ScriptFailure {
  readonly script: string;
  readonly name: string;
}

/** `error: %prein(a-1-1.noarch) scriptlet failed, exit status 1`; after the installation it is a `warning`. */
export function scriptFailure(line: string): ScriptFailure | undefined {
  const [, script, full] =
    /^(?:error|warning): (%\w+)\((\S+?)\) scriptlet failed(?:,|$)/.exec(line.trim()) ?? [];
  const name = full === undefined ? undefined : /^(.+)-[^-]+-[^-]+$/.exec(full)?.[1];
  return script === undefined || full === undefined ? undefined : { script, name: name ?? full };
}

function failed({ script, name }: ScriptFailure, detail: string, cause?: unknown): UserError {
  return new UserError(`The package ${name} could not be installed: its script ${script} failed`, {
    code: 'package-script-failed',
    fix: 'See the details; leave the package out, or take a medium with a version of it that installs.',
    ...(detail ? { detail } : {}),
    ...(cause === undefined ? {} : { cause }),
  });
}

function installFailed(error: unknown, failures: readonly ScriptFailure[]): unknown {
  if (!(error instanceof ToolError)) {
    return error;
  }
  const detail = error.detail ?? '';
  if (/No space left on device|needs \d+\S* (?:more space|on the)/i.test(detail)) {
    return error;
  }
  if (failures[0]) {
    return failed(failures[0], detail, error);
  }
  const clash =
    /file (\S+) from install of (\S+) conflicts with file from package (\S+)/.exec(detail) ??
    /file (\S+) conflicts between attempted installs of (\S+) and (\S+)/.exec(detail);
  const [, file, one, other] = clash ?? [];
  return clash
    ? new UserError(`The packages ${one} and ${other} cannot be installed together: both bring ${file}`, {
        code: 'packages-conflict',
        fix: 'Leave one of them out in the definition.',
        detail,
        cause: error,
      })
    : error;
}
