import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Debian's own signing keys lie (package debian-archive-keyring). */
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * A program of Debian 13 on an older host (see `debian13Package`). Only for programs that need no newer libraries than
 * the host has, such as Go's static ones.
 *
 * @returns the absolute path of `usr/bin/<command>`
 */
export async function debian13Binary(packageName: string, command: string = packageName): Promise<string> {
  return path.join(await debian13Package(packageName), 'usr/bin', command);
}

/**
 * A package of Debian 13 on an older host.
 *
 * @returns the folder that it is unpacked in
 */
export function debian13Package(packageName: string): Promise<string> {
  return unpackedPackages('trixie', [packageName]);
}

/**
 * Packages of a Debian release, without what they depend on: fetched and authenticated by apt with a private
 * configuration (the host's own sources stay as they are), unpacked into one folder of the user's cache, and kept there.
 *
 * @returns the folder that they are unpacked in, named after the first
 */
export async function unpackedPackages(
  suite: 'trixie' | 'forky',
  names: readonly [string, ...string[]],
): Promise<string> {
  const cache = path.join(
    process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
    `golden-image-actions/${suite === 'trixie' ? 'debian-13' : suite}`,
  );
  const unpacked = path.join(cache, names[0]);
  if (await exists(unpacked)) {
    return unpacked;
  }
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, '.fetch-'));
  try {
    const options = await privateApt(work, suite);
    await run('apt-get', [...options, 'update', '-q']);
    await run('apt-get', [...options, 'download', '-q', ...names], { cwd: work });
    const archives = (await readdir(work)).filter((name) => name.endsWith('.deb'));
    if (archives.length !== names.length) {
      throw new Error(`apt-get download ${names.join(' ')} left ${archives.length} packages in ${work}`);
    }
    const target = path.join(work, 'root');
    for (const archive of archives) {
      await run('dpkg-deb', ['-x', path.join(work, archive), target]);
    }
    await rename(target, unpacked).catch(async (error: unknown) => {
      // Another test process was faster.
      if (!(await exists(unpacked))) {
        throw error;
      }
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return unpacked;
}

/** apt options for a state of its own with one Debian release as the only source. */
async function privateApt(work: string, suite: string): Promise<readonly string[]> {
  const settings = {
    'Dir::State': path.join(work, 'state'),
    'Dir::Cache': path.join(work, 'cache'),
    'Dir::Etc::sourcelist': path.join(work, 'debian.sources'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::status': path.join(work, 'status'),
    'APT::Sandbox::User': '',
    'APT::Get::AllowUnauthenticated': 'false',
  };
  await mkdir(path.join(work, 'state/lists/partial'), { recursive: true });
  await mkdir(path.join(work, 'cache/archives/partial'), { recursive: true });
  await writeFile(path.join(work, 'status'), '');
  await writeFile(
    path.join(work, 'debian.sources'),
    `Types: deb\nURIs: ${await mirror()}\nSuites: ${suite}\nComponents: main\nSigned-By: ${KEYRING}\n`,
  );
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** The mirror that the host itself uses for Debian, or the one that DEBIAN_MIRROR names. */
async function mirror(): Promise<string> {
  const { stdout } = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)']);
  const found = process.env.DEBIAN_MIRROR ?? stdout.split('\n').find((uri) => /\/debian\/?$/.test(uri));
  if (!found) {
    throw new Error('No Debian mirror among the apt sources of this host: set DEBIAN_MIRROR to one');
  }
  return found;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
