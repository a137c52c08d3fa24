import { spawn } from 'node:child_process';
import { UserError } from '@golden-image/host';

/**
 * Starts this same action again as root through passwordless sudo, with the same environment (inputs stay in the
 * environment, never in arguments) and the same standard streams.
 *
 * @returns the exit status of that run
 * @throws UserError `needs-root` when there is no sudo
 */
export function runAsRoot(signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'sudo',
      ['-n', '-E', '--', process.execPath, ...process.execArgv, ...process.argv.slice(1)],
      {
        stdio: 'inherit',
      },
    );
    // The runner signals the whole group; a signal to us alone is passed on.
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.once('error', (error) => {
      reject(
        new UserError('This action needs root and sudo is not there', {
          code: 'needs-root',
          fix: 'Run the job as root, or allow passwordless sudo for its user.',
          cause: error,
        }),
      );
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}
