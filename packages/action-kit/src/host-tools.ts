import { access } from 'node:fs/promises';
import path from 'node:path';
import { getExecOutput } from '@actions/exec';
import { type HostTool, type Log, lastLines, neutralise, type Tools, UserError } from '@golden-image/host';

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
  await aptGet(
    ['install', '-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages],
    log,
  );
}

async function aptGet(args: readonly string[], log: Log): Promise<void> {
  const root = process.getuid?.() === 0;
  const command = root ? 'apt-get' : 'sudo';
  const settings = ['DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_MODE=l'];
  const full = root ? [...args] : ['-n', 'env', ...settings, 'apt-get', ...args];
  const env = {
    ...(process.env as Record<string, string>),
    ...Object.fromEntries(settings.map((entry) => entry.split('=') as [string, string])),
  };
  let output = '';
  const keep = (line: string): void => {
    output += `${line}\n`;
    log.info(line);
  };
  const code = await getExecOutput(command, full, {
    env,
    silent: true,
    ignoreReturnCode: true,
    listeners: { stdline: keep, errline: keep },
  }).then(
    (result) => result.exitCode,
    (error: Error) => {
      keep(error.message);
      return -1;
    },
  );
  if (code !== 0) {
    throw new UserError(`apt-get ${args[0]} failed: ${neutralise(lastLines(output, 1))}`, {
      code: 'install-failed',
      fix: 'The runner needs apt-get, root or passwordless sudo, and a package mirror; or install the tools before and set install-tools: false.',
      detail: lastLines(output, 40),
    });
  }
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
