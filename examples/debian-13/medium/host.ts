import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A failure that the person at the keyboard can put right: shown without a stack. */
export class MediumError extends Error {}

/** Runs a program to its end and returns what it printed; its last error lines become the message of a failure. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<string> {
  try {
    const { stdout } = await execute(command, [...args], {
      ...options,
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
      maxBuffer: 256 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    const last = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n');
    throw new MediumError(`${command} failed: ${last || message}`, { cause: error });
  }
}

const TOOLS: Readonly<Record<string, string>> = {
  'apt-get': 'apt',
  gpg: 'gpg',
  mmdebstrap: 'mmdebstrap',
  xorriso: 'xorriso',
};

/** Brings the programs that this folder needs, through the host's package manager. */
export async function ensureTools(say: (text: string) => void): Promise<void> {
  const missing: string[] = [];
  for (const [command, name] of Object.entries(TOOLS)) {
    if (!(await onPath(command))) {
      missing.push(name);
    }
  }
  if (missing.length === 0) {
    return;
  }
  say(`Installing ${missing.join(', ')}`);
  const root = process.getuid?.() === 0;
  const apt = (args: readonly string[]): Promise<string> => {
    const line = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return root ? run('env', line.slice(1)) : run('sudo', ['-n', ...line]);
  };
  await apt(['update', '-q']);
  await apt(['install', '-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...missing]);
}

async function onPath(command: string): Promise<boolean> {
  for (const folder of [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/bin']) {
    if (folder !== '' && (await exists(path.join(folder, command)))) {
      return true;
    }
  }
  return false;
}

export async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Whether the process that made a temporary folder named `…-<pid>-…` still runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
