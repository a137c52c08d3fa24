import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { cachedFolder, run, type Suite } from './debian-apt.ts';

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
 * Packages of a Debian release, without what they depend on, unpacked into one folder of the user's cache.
 *
 * @returns the folder that they are unpacked in, named after the first
 */
export function unpackedPackages(suite: Suite, names: readonly [string, ...string[]]): Promise<string> {
  return cachedFolder(suite, names[0], async (target, work, options) => {
    await run('apt-get', [...options, 'download', '-q', ...names], { cwd: work });
    const archives = (await readdir(work)).filter((name) => name.endsWith('.deb'));
    if (archives.length !== names.length) {
      throw new Error(`apt-get download ${names.join(' ')} left ${archives.length} packages in ${work}`);
    }
    for (const archive of archives) {
      await run('dpkg-deb', ['-x', path.join(work, archive), target]);
    }
  });
}
