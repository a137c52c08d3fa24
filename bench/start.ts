import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Bench, BenchContext, Prepared, Side } from './lib/bench.ts';
import { type Measured, shell } from './lib/measure.ts';

const run = promisify(execFile);
/** What the bundle of GitHub's own attestation action brings along; the same dependencies, loaded and not used. */
const PEER = '@actions/attest';
/** One run is short: this many in a row make one measurement. */
const REPEAT = 10;

/** How long an action takes before it does anything of its own. */
export const start: Bench = {
  name: 'start',
  title: `Starting an action, ${REPEAT} times`,
  what: `Each bundle is started ${REPEAT} times with a required input left out: it loads, reads its inputs, and ends with the message about that input. The peers are Node with nothing to do, and a bundle, made the same way, that imports ${PEER}.`,
  tools: [],
  rounds: 5,
  remarks:
    "Beyond `node -e 0` an action reads and compiles its own code (half of the difference) and loads Node's modules for processes, cryptography and HTTP, which an empty program never touches. What only some runs need (OpenPGP, GitHub's client, keyless signing) is in files of their own that are loaded when they are needed. gate-approval and sign-image verify sigstore bundles in every run that gets far: leaving that out of their start would move the time, not save it.",
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const { folder, dist } = context;
  const node = process.execPath;
  const peer = await attestBundle(context);
  const again = (command: string): (() => Promise<Measured>) => {
    return () =>
      shell(`for i in {1..${REPEAT}}; do ${command} >/dev/null 2>&1 || true; done`, { cwd: folder });
  };
  const names = (await readdir(dist)).filter((name) => name !== 'local-runner').sort();
  const sides: readonly Side[] = [
    { name: 'node -e 0', ours: false, command: 'node -e 0', run: again(`${node} -e 0`) },
    { name: PEER, ours: false, command: `node ${PEER}-bundle/index.mjs`, run: again(`${node} ${peer}`) },
    ...names.map((name) => ({
      ...{ name, ours: true, command: `node dist/${name}/index.js` },
      run: again(`${node} ${path.join(dist, name, 'index.js')}`),
    })),
  ];
  return {
    sides,
    goals: names.map((name) => ({ side: name, quantity: 'wall', peers: ['node -e 0'], atMost: 2.5 })),
  };
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
