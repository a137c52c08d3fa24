/**
 * Runs jest on native ES modules, as root: tests work in namespaces and mount file systems. Without root, through sudo.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const jest = [
  process.execPath,
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  path.join(root, 'node_modules/jest/bin/jest.js'),
  ...process.argv.slice(2),
];
const isRoot = process.getuid?.() === 0;
const [command, ...args] = isRoot ? jest : ['sudo', '-n', '-E', 'env', `PATH=${process.env.PATH}`, ...jest];
const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
if (error) {
  console.error(
    `${command} could not be started: ${error.message}. The tests need root, or passwordless sudo.`,
  );
}
if (!isRoot) {
  const owner = `${process.getuid?.()}:${process.getgid?.()}`;
  spawnSync('sudo', ['-n', 'chown', '-R', owner, path.join(root, 'coverage'), path.join(root, 'build')]);
}
process.exitCode = status ?? 1;
