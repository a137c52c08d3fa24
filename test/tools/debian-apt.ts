import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);

/** Where Debian's own signing keys lie (package debian-archive-keyring). */
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

export type Suite = 'trixie' | 'forky';

/**
 * A folder in the user's cache that is made once of packages of a Debian release: fetched and authenticated by apt with
 * a private configuration (the host's own sources stay as they are).
 *
 * @param fill makes the folder `target`; `work` is gone afterwards
 */
export async function cachedFolder(
  suite: Suite,
  name: string,
  fill: (target: string, work: string, aptOptions: readonly string[]) => Promise<void>,
): Promise<string> {
  const cache = path.join(
    process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
    `golden-image-actions/${suite === 'trixie' ? 'debian-13' : suite}`,
  );
  const made = path.join(cache, name);
  if (await exists(made)) {
    return made;
  }
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, '.fetch-'));
  try {
    const options = await privateApt(work, suite);
    await run('apt-get', [...options, 'update', '-q']);
    const target = path.join(work, 'root');
    await mkdir(target);
    await fill(target, work, options);
    await rename(target, made).catch(async (error: unknown) => {
      // Another test process was faster.
      if (!(await exists(made))) {
        throw error;
      }
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return made;
}

/** apt options for a state of its own with one Debian release as the only source. */
async function privateApt(work: string, suite: Suite): Promise<readonly string[]> {
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
