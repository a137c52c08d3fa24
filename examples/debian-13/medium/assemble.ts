/**
 * Assembles an installation medium as a vendor does: packages of Debian 13, fetched and authenticated by apt, laid out
 * like a Debian DVD, made into an ISO, listed in SHA256SUMS, signed with an OpenPGP key made on the spot.
 *
 *   node assemble.ts --output DIR [--packages FILE] [--definition image.yml] [--cache DIR] [--sources FILE] [--keyring FILE]
 *
 * DIR appears all at once, when everything in it is complete; `medium.json` in it names the files.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fetchArchive } from './archive.ts';
import { ensureTools, exists, isAlive, MediumError, run } from './host.ts';
import { definitionPackages, listPackages } from './package-list.ts';
import { listAndSign } from './sign.ts';
import { identify, isoName, layOut, volumeId } from './tree.ts';

const here = import.meta.dirname;
const SUITE = 'trixie';
const ARCHITECTURE = 'amd64';
/** The host's own copy of Debian 13's archive keys, where its package is new enough to have them. */
const HOST_KEYS = ['automatic', 'security-automatic', 'stable'].map(
  (kind) => `/usr/share/keyrings/debian-archive-trixie-${kind}.gpg`,
);
/** The same keys from debian-archive-keyring 2025.1; their fingerprints are in the README. */
const OWN_KEYS = path.join(here, 'debian-archive-trixie.asc');

const started = performance.now();
const say = (text: string): void =>
  console.log(`[${((performance.now() - started) / 1000).toFixed(1)} s] ${text}`);

interface Options {
  readonly output: string;
  readonly groups: readonly (readonly string[])[];
  readonly cache: string;
  readonly sources?: string;
  readonly keyring?: string;
}

async function assemble(options: Options): Promise<string> {
  await ensureTools(say);
  await mkdir(options.cache, { recursive: true });
  await mkdir(path.dirname(options.output), { recursive: true });
  await removeStale(options.cache, '.work-');
  await removeStale(path.dirname(options.output), `.${path.basename(options.output)}.partial-`);
  const work = path.join(options.cache, `.work-${process.pid}`);
  const partial = path.join(
    path.dirname(options.output),
    `.${path.basename(options.output)}.partial-${process.pid}`,
  );
  try {
    await mkdir(work);
    await mkdir(partial);
    await fill(partial, work, options);
    await rm(options.output, { recursive: true, force: true });
    await rename(partial, options.output);
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(partial, { recursive: true, force: true });
  }
  return path.join(options.output, 'medium.json');
}

async function fill(folder: string, work: string, options: Options): Promise<void> {
  const archive = await fetchArchive({
    suite: SUITE,
    architecture: ARCHITECTURE,
    groups: options.groups,
    keyring: options.keyring ?? (await hostKeys(work)) ?? OWN_KEYS,
    ...(options.sources === undefined ? {} : { sources: options.sources }),
    cache: options.cache,
    work,
    say,
  });
  const identity = identify(archive, ARCHITECTURE);
  const name = isoName(identity);
  const tree = path.join(work, 'tree');
  await mkdir(tree);
  await layOut(tree, archive, identity);
  say(`Making ${name}`);
  await makeIso(tree, path.join(folder, name), volumeId(identity), identity.date);
  say('Listing and signing');
  const { fingerprint } = await listAndSign(folder, name);
  const description = {
    iso: name,
    checksums: 'SHA256SUMS',
    signature: 'SHA256SUMS.sign',
    key: 'signing-key.asc',
    fingerprint,
    volumeId: volumeId(identity),
    version: identity.version,
    packages: archive.packages.length,
  };
  await writeFile(path.join(folder, 'medium.json'), `${JSON.stringify(description, null, 2)}\n`);
}

/** Every time stamp is the release's: the same packages give the same ISO. */
async function makeIso(tree: string, file: string, volume: string, date: Date): Promise<void> {
  const epoch = String(Math.floor(date.getTime() / 1000));
  const names = ['-quiet', '-r', '-J', '-joliet-long', '-V', volume, '--set_all_file_dates', `=${epoch}`];
  await run('xorriso', ['-as', 'mkisofs', ...names, '-o', file, tree], {
    env: { SOURCE_DATE_EPOCH: epoch },
  });
}

/** The host's keys in one file, when it has them all. */
async function hostKeys(work: string): Promise<string | undefined> {
  for (const file of HOST_KEYS) {
    if (!(await exists(file))) {
      return undefined;
    }
  }
  const keyring = path.join(work, 'debian-archive-trixie.gpg');
  await writeFile(keyring, Buffer.concat(await Promise.all(HOST_KEYS.map((file) => readFile(file)))));
  return keyring;
}

/** Folders of runs that were killed. */
async function removeStale(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length) : Number.NaN);
    if (Number.isInteger(pid) && !isAlive(pid)) {
      await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      output: { type: 'string' },
      packages: { type: 'string', default: path.join(here, 'packages.txt') },
      definition: { type: 'string' },
      cache: { type: 'string' },
      sources: { type: 'string' },
      keyring: { type: 'string' },
    },
  });
  if (!values.output) {
    throw new MediumError('Name the folder to fill: --output DIR');
  }
  const home = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  const listed = listPackages(await readFile(values.packages, 'utf8'));
  const defined = values.definition ? definitionPackages(await readFile(values.definition, 'utf8')) : [];
  const result = await assemble({
    output: path.resolve(values.output),
    groups: [listed, defined].filter((group) => group.length > 0),
    cache: path.resolve(values.cache ?? path.join(home, 'golden-image-actions/medium')),
    ...(values.sources ? { sources: await readFile(values.sources, 'utf8') } : {}),
    ...(values.keyring ? { keyring: path.resolve(values.keyring) } : {}),
  });
  say(`Assembled ${result}`);
}

await main().catch((error: unknown) => {
  console.error(error instanceof MediumError ? error.message : error);
  process.exitCode = 1;
});
