import { spawn } from 'node:child_process';
import { UserError } from '@golden-image/host';

/**
 * Starts this same action again as root through passwordless sudo, with the same environment (inputs stay in the
 * environment, never in arguments) and the same standard streams.
 *
 * @returns the exit status of that run
 * @throws UserError `needs-root` when there is no sudo
 */
export async function runAsRoot(signal: AbortSignal): Promise<number> {
  if ((await sudo(['true'], 'ignore')) !== 0) {
    throw new UserError('This action needs root, and passwordless sudo is not there', {
      code: 'needs-root',
      fix: 'Run the job as root, or allow passwordless sudo for its user.',
    });
  }
  return sudo(
    ['-E', '--', process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    'inherit',
    signal,
  );
}

/** Exit status of a program run through sudo; 127 when there is no sudo. */
function sudo(args: readonly string[], stdio: 'ignore' | 'inherit', signal?: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn('sudo', ['-n', ...args], { stdio });
    // The runner signals the whole group; a signal to us alone is passed on.
    signal?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
