import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeSample } from '../packages/evidence/test/sample-folder.ts';
import type { Bench, BenchContext, Prepared, Side } from './lib/bench.ts';
import { type Measured, shell } from './lib/measure.ts';

const run = promisify(execFile);
/** What the bundle of GitHub's own attestation action brings along; the same dependencies, loaded and not used. */
const PEER = '@actions/attest';
/** One run is short: this many in a row make one measurement. */
const REPEAT = 10;
/** What nobody has. */
const ABSENT = '/nonexistent/golden-image';

/** Inputs with which an action gets as far as its domain, which then ends it at once: what it is told of is not there. */
const INPUTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'build-image': { definition: `${ABSENT}/image.yml`, output: `${ABSENT}/image` },
  'export-image': { image: ABSENT, formats: 'vmdk' },
  'gate-approval': { mode: 'merge', facts: `${ABSENT}/facts.json` },
  harden: { image: ABSENT },
  'image-lifecycle': { command: 'verify', catalog: ABSENT },
  'run-fvt': { image: ABSENT },
  'sign-image': { image: 'signed', mode: 'verify' },
  'verify-iso': { source: `${ABSENT}/disk.iso` },
};

/** How long an action takes before it does anything of its own. */
export const start: Bench = {
  name: 'start',
  title: `Starting an action, ${REPEAT} times`,
  what: `Each bundle is started ${REPEAT} times with inputs that name what is not there (for sign-image: an image, and nobody to trust): it loads, reads its inputs, calls its domain, and ends with the domain's message. The peers are Node with nothing to do, and a bundle, made the same way, that imports ${PEER}.`,
  tools: [],
  rounds: 5,
  remarks:
    "Beyond `node -e 0` an action compiles its own code, builds the schemas that its inputs and files are checked against, and loads Node's modules for processes and cryptography, which an empty program never touches. The ratio depends on how fast the machine starts an empty Node from its snapshot, which has little to do with how fast it compiles: between two machines the same bundles' ratios differ by more than what is left to gain. What only some runs need (OpenPGP, GitHub's client, keyless signing, the compliance scan, each mode of gate-approval and sign-image, each command of image-lifecycle) is in files of their own that are loaded when they are needed. Tried without gain: minified bundles, bundles without dead code, bundles in ASCII. A cache of compiled code would save most of it where a bundle is started twice on a machine; on a runner that is new for every job it would be written and never read.",
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const { folder, dist } = context;
  const node = process.execPath;
  const peer = await attestBundle(context);
  const again = (command: string, env: Environment = {}): (() => Promise<Measured>) => {
    const script = `for i in {1..${REPEAT}}; do ${command} >/dev/null 2>&1 || true; done`;
    return () => shell(script, { cwd: folder, env });
  };
  await writeSample(path.join(folder, 'signed'));
  const names = (await readdir(dist)).filter((name) => name !== 'local-runner').sort();
  for (const name of names) {
    await assertReachesDomain(path.join(dist, name, 'index.js'), environment(name, folder), folder);
  }
  const sides: readonly Side[] = [
    { name: 'node -e 0', ours: false, command: 'node -e 0', run: again(`${node} -e 0`) },
    { name: PEER, ours: false, command: `node ${PEER}-bundle/index.mjs`, run: again(`${node} ${peer}`) },
    ...names.map((name) => ({
      ...{ name, ours: true, command: `node dist/${name}/index.js` },
      run: again(`${node} ${path.join(dist, name, 'index.js')}`, environment(name, folder)),
    })),
  ];
  return {
    sides,
    goals: names.map((name) => ({ side: name, quantity: 'wall', peers: ['node -e 0'], atMost: 2.5 })),
  };
}

type Environment = Readonly<Record<string, string>>;

function environment(name: string, folder: string): Environment {
  const inputs = Object.entries(INPUTS[name] ?? {});
  return {
    RUNNER_TEMP: folder,
    ...Object.fromEntries(inputs.map(([input, value]) => [`INPUT_${input.toUpperCase()}`, value])),
  };
}

/** An action that ends at its inputs would start faster than it does. */
async function assertReachesDomain(bundle: string, env: Environment, cwd: string): Promise<void> {
  const { stdout } = await run(process.execPath, [bundle], { cwd, env: { ...process.env, ...env } }).catch(
    (error: { stdout: string }) => error,
  );
  if (!stdout.includes('::error') || stdout.includes('Invalid input')) {
    throw new Error(`${bundle} does not get to its domain: ${stdout}`);
  }
}

/** Returns the bundle's file. */
async function attestBundle({ folder, root, log }: BenchContext): Promise<string> {
  const entry = path.join(folder, 'attest.mjs');
  await writeFile(path.join(folder, 'package.json'), '{"type":"module","private":true}');
  await writeFile(
    entry,
    `import * as attest from '${PEER}';\nprocess.exitCode = Object.keys(attest).length > 0 ? 0 : 1;\n`,
  );
  log(`installing ${PEER}`);
  await run('npm', ['install', '--no-audit', '--no-fund', PEER], { cwd: folder });
  const bundle = path.join(folder, 'attest');
  const ncc = path.join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js');
  await run(process.execPath, [ncc, 'build', entry, '--minify', '--out', bundle], { cwd: folder });
  // ncc keeps the ending of the entry. A peer that does not run would be the fastest of all.
  const made = path.join(bundle, 'index.mjs');
  await run(process.execPath, [made], { cwd: folder });
  return made;
}
