import { access } from 'node:fs/promises';
import path from 'node:path';
import { getExecOutput } from '@actions/exec';
import {
  type HostTool,
  type Log,
  lastLines,
  neutralise,
  systemClock,
  type Tools,
  UserError,
} from '@golden-image/host';

/** How long another package manager may be at work before we give up. */
const LOCK_SECONDS = 300;
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

/** Host tools through apt-get, with sudo when this is not root. */
export function aptTools(options: { readonly install: boolean; readonly log: Log }): Tools {
  return {
    ensure: async (tools) => {
      const missing: HostTool[] = [];
      for (const tool of tools) {
        if (!(await isPresent(tool.command))) {
          missing.push(tool);
        }
      }
      if (missing.length === 0) {
        return;
      }
      const packages = [...new Set(missing.map((tool) => tool.package))].sort();
      const names = missing.map((tool) => tool.command).join(', ');
      if (!options.install) {
        throw new UserError(`Missing on this host: ${names}`, {
          code: 'missing-tools',
          fix: `Install the packages ${packages.join(' ')}, or set install-tools: true.`,
        });
      }
      await options.log.group(`Install ${packages.join(', ')}`, () => install(packages, options.log));
      for (const tool of missing) {
        if (!(await isPresent(tool.command))) {
          throw new UserError(`The package ${tool.package} did not bring ${tool.command}`, {
            code: 'install-failed',
            fix: `Install ${tool.command} on the runner before this action.`,
          });
        }
      }
    },
  };
}

async function install(packages: readonly string[], log: Log): Promise<void> {
  await aptGet(['update', '-q'], log);
  // With a terminal of its own, dpkg says at every twentieth how much of its database it has read.
  const settings = ['-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`, '-o', 'Dpkg::Use-Pty=0'];
  await aptGet(['install', '-q', '-y', '--no-install-recommends', ...settings, ...packages], log);
}

/** apt waits for dpkg's lock but not for the one of the package lists: another apt-get may be at work. */
async function aptGet(args: readonly string[], log: Log): Promise<void> {
  const deadline = Date.now() + LOCK_SECONDS * 1_000;
  for (;;) {
    const { code, output } = await runAptGet(args, log);
    if (code === 0) {
      return;
    }
    if (!output.includes('Could not get lock') || Date.now() > deadline) {
      throw new UserError(`apt-get ${args[0]} failed: ${neutralise(lastLines(output, 1))}`, {
        code: 'install-failed',
        fix: 'The runner needs apt-get, root or passwordless sudo, and a package mirror; or install the tools before and set install-tools: false.',
        detail: lastLines(output, 40),
      });
    }
    await systemClock.sleep(2_000);
  }
}

async function runAptGet(args: readonly string[], log: Log): Promise<{ code: number; output: string }> {
  const settings = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l' };
  const root = process.getuid?.() === 0;
  const pairs = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  let output = '';
  const keep = (line: string): void => {
    output += `${line}\n`;
    log.info(line);
  };
  const code = await getExecOutput(
    root ? 'apt-get' : 'sudo',
    root ? [...args] : ['-n', 'env', ...pairs, 'apt-get', ...args],
    {
      env: { ...(process.env as Record<string, string>), ...settings },
      silent: true,
      ignoreReturnCode: true,
      listeners: { stdline: keep, errline: keep },
    },
  ).then(
    (result) => result.exitCode,
    (error: Error) => {
      keep(error.message);
      return -1;
    },
  );
  return { code, output };
}

async function isPresent(command: string): Promise<boolean> {
  const folders = path.isAbsolute(command)
    ? ['']
    : [...(process.env.PATH ?? '').split(path.delimiter), ...SYSTEM_FOLDERS];
  for (const folder of folders) {
    const found = await access(path.join(folder, command)).then(
      () => true,
      () => false,
    );
    if (found) {
      return true;
    }
  }
  return false;
}
