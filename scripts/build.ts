/**
 * Compiles the workspaces into build/ (tsc) and bundles each action and the local runner into dist/ (ncc).
 * A bundle is made again only when the compiled files or the lockfile changed.
 *
 *   node scripts/build.ts [--out dist] [--force] [name…]
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { licenceText, packageFolders } from './licences.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const build = path.join(root, 'build');

/**
 * GitHub's packages that only define things when they are loaded, and do not say so: told, the bundler leaves out the HTTP
 * client that none of our actions calls through them, a third of a bundle and of an action's start.
 */
const WITHOUT_SIDE_EFFECTS = ['core', 'exec', 'http-client', 'io', 'tool-cache'];

export interface Bundle {
  readonly name: string;
  /** Entry source, relative to the root. */
  readonly entry: string;
}

/** Everything that is shipped. */
export async function bundles(): Promise<readonly Bundle[]> {
  const actions = (await readdir(path.join(root, 'actions'))).sort();
  return [
    ...actions.map((name) => ({ name, entry: `actions/${name}/src/index.ts` })),
    { name: 'local-runner', entry: 'packages/local-runner/src/main.ts' },
  ];
}

/** Compiles to build/, where the workspaces find each other's JavaScript through a node_modules of their own. */
async function compile(): Promise<void> {
  await rm(build, { recursive: true, force: true });
  await run(
    process.execPath,
    [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
    { cwd: root },
  ).catch((error: { stdout?: string }) => {
    throw new Error(`tsc failed:\n${error.stdout ?? error}`);
  });
  const scope = path.join(build, 'node_modules/@golden-image');
  await mkdir(scope, { recursive: true });
  await writeFile(path.join(build, 'package.json'), '{"type":"module"}\n');
  for (const name of await readdir(path.join(root, 'packages'))) {
    const manifest = JSON.parse(
      await readFile(path.join(root, 'packages', name, 'package.json'), 'utf8'),
    ) as {
      name: string;
      exports: Record<string, string>;
    };
    const compiled = Object.fromEntries(
      Object.entries(manifest.exports).map(([key, file]) => [key, file.replace(/\.ts$/, '.js')]),
    );
    const folder = path.join(build, 'packages', name);
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, 'package.json'),
      `${JSON.stringify({ name: manifest.name, type: 'module', sideEffects: false, exports: compiled })}\n`,
    );
    await symlink(path.join('../../packages', name), path.join(scope, name));
  }
  for (const name of WITHOUT_SIDE_EFFECTS) {
    const folder = path.join(build, 'node_modules/@actions', name);
    await cp(path.join(root, 'node_modules/@actions', name), folder, { recursive: true });
    const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    await writeFile(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, sideEffects: false }));
  }
}

async function bundle(item: Bundle, out: string): Promise<void> {
  const compiled = path.join(build, item.entry.replace(/\.ts$/, '.js'));
  const target = path.join(out, item.name);
  const staging = path.join(build, 'bundles', item.name);
  const stats = path.join(build, 'bundles', `${item.name}.stats.json`);
  await rm(staging, { recursive: true, force: true });
  await mkdir(path.dirname(stats), { recursive: true });
  await run(
    process.execPath,
    [
      path.join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js'),
      'build',
      compiled,
      '-o',
      staging,
      '--stats-out',
      stats,
      '--quiet',
    ],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  ).catch((error: { stdout?: string; stderr?: string }) => {
    throw new Error(`ncc failed for ${item.name}:\n${error.stdout ?? ''}${error.stderr ?? error}`);
  });
  const assets = (await readdir(staging, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  if (assets.length > 0) {
    // ncc reads path.resolve(input, 'name') as an asset of ours and copies what it finds below the working folder.
    throw new Error(
      `${item.name}: ncc took ${assets.map((entry) => entry.name).join(', ')} for assets; compute that path elsewhere`,
    );
  }
  await removeUnused(staging);
  const folders = packageFolders(JSON.parse(await readFile(stats, 'utf8')));
  await writeFile(path.join(staging, 'LICENSES.txt'), await licenceText(folders));
  await rm(target, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await cp(staging, target, { recursive: true });
}

/**
 * What sigstore's HTTP client loads for features that are never asked for here, and that cannot be marked in its sources: the
 * cache of make-fetch-happen (p-map) and Kerberos for proxies, which is not installed.
 */
const UNUSED = [/\bpMapSettled\b/, /\("kerberos"\)/];

/** Removes the chunks that nothing loads. The others are what `await import` loads: parts that only some runs need. */
async function removeUnused(staging: string): Promise<void> {
  for (const name of (await readdir(staging)).filter((entry) => /^\d+\.index\.js$/.test(entry))) {
    const text = await readFile(path.join(staging, name), 'utf8');
    if (UNUSED.some((pattern) => pattern.test(text))) {
      await rm(path.join(staging, name));
    }
  }
}

/** A digest of everything that a bundle is made from. */
async function inputDigest(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readdir(build, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(js|json)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/bundles/'))
    .sort();
  for (const file of [...files, path.join(root, 'package-lock.json')]) {
    hash.update(`${path.relative(root, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { out: { type: 'string', default: 'dist' }, force: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const out = path.resolve(root, values.out);
  const stamps = path.join(root, 'node_modules/.cache/golden-image-build.json');
  await compile();
  const digest = `${await inputDigest()} ${out}`;
  const known = JSON.parse(await readFile(stamps, 'utf8').catch(() => '{}')) as Record<string, string>;
  const all = await bundles();
  const unknown = positionals.filter((name) => !all.some((item) => item.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No such bundle: ${unknown.join(', ')}. There are ${all.map((item) => item.name).join(', ')}.`,
    );
  }
  const wanted = all.filter(
    (item) =>
      (positionals.length === 0 || positionals.includes(item.name)) &&
      (values.force || known[item.name] !== digest),
  );
  const queue = [...wanted];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item; item = queue.shift()) {
      const started = performance.now();
      await bundle(item, out);
      known[item.name] = digest;
      console.log(`bundled ${item.name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
  };
  await Promise.all([worker(), worker()]);
  await mkdir(path.dirname(stamps), { recursive: true });
  await writeFile(stamps, JSON.stringify(known));
}

if (import.meta.main) {
  await main();
}
