/**
 * `npm start`: runs .github/workflows/golden-image.yml on this machine and passes its arguments on.
 * Plain JavaScript for Node 20 without node_modules: it works straight after `git clone`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { constants, homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const NODE_VERSION = '24.21.0';
const MAJOR = 24;
const FAILED = 1;

/**
 * A Node of version 24 or later: the running one, the checkout's own, or one from the npm registry, which is kept in
 * the user's cache folder. The npm package holds the program itself; no script of it is run.
 *
 * @param {{ execPath: string, version: string, arch: string, root: string, env: NodeJS.ProcessEnv }} machine
 * @returns {string} its path
 * @throws {Error} with what to do, when there is none
 */
export function findNode(machine) {
  if (majorOf(machine.version) >= MAJOR) {
    return machine.execPath;
  }
  const local = path.join(machine.root, 'node_modules/.bin/node');
  if (existsSync(local) && isRecent(local)) {
    return local;
  }
  const cache = path.join(
    machine.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
    'golden-image-actions',
  );
  const folder = path.join(cache, `node-${NODE_VERSION}`);
  const name = `node-linux-${machine.arch}`;
  const cached = path.join(folder, 'node_modules', name, 'bin/node');
  if (!(existsSync(cached) && isRecent(cached))) {
    install(name, folder, machine);
  }
  return cached;
}

function install(name, folder, machine) {
  console.error(
    `Node ${machine.version} runs here and Node ${MAJOR} is needed: getting ${name}@${NODE_VERSION} from the npm registry`,
  );
  mkdirSync(path.dirname(folder), { recursive: true });
  const partial = mkdtempSync(`${folder}.partial-`);
  try {
    // Within `npm start` npm tells where it is itself.
    const npm = machine.env.npm_execpath;
    const [command, ...first] = npm?.endsWith('npm-cli.js') ? [machine.execPath, npm] : ['npm'];
    const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    const { status, error, stderr } = spawnSync(
      command,
      [...first, 'install', '--prefix', partial, ...flags, `${name}@${NODE_VERSION}`],
      { cwd: partial, env: machine.env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
    );
    if (status !== 0) {
      throw new Error(error?.message ?? (stderr.trim() || `npm ended with status ${status}`));
    }
    if (!isRecent(path.join(partial, 'node_modules', name, 'bin/node'))) {
      throw new Error(`the program of ${name} does not run here`);
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw new Error(
      `Node ${MAJOR} could not be installed: ${error.message}\n` +
        `Install Node ${MAJOR} or newer yourself, or run "npm ci" first, and try again.`,
    );
  }
}

function isRecent(node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return status === 0 && majorOf(stdout.trim()) >= MAJOR;
}

function majorOf(version) {
  return Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);
}

function main() {
  const runner = path.join(root, 'dist/local-runner/index.js');
  const workflow = path.join(root, '.github/workflows/golden-image.yml');
  let node;
  try {
    node = findNode({
      execPath: process.execPath,
      version: process.version,
      arch: process.arch,
      root,
      env: process.env,
    });
  } catch (error) {
    console.error(error.message);
    process.exitCode = FAILED;
    return;
  }
  const child = spawn(node, [runner, workflow, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('error', (error) => {
    console.error(`${node} could not be started: ${error.message}`);
    process.exitCode = FAILED;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main();
}
