import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { cachedFolder, run } from './debian-apt.ts';

const CERTIFICATE = 'usr/share/ca-certificates/mozilla/ISRG_Root_X1.crt';

/**
 * Packages of Debian 13 with everything that they depend on, unpacked over one another and not configured: programs of
 * it run through `inTree`, whatever libraries the host has.
 *
 * @param name of the folder in the cache
 */
export function debian13Tree(name: string, packages: readonly string[]): Promise<string> {
  return cachedFolder('trixie', name, async (target, work, options) => {
    const install = ['install', '-y', '-q', '--download-only', '--no-install-recommends', ...packages];
    await run('apt-get', [...options, ...install], { maxBuffer: 64 * 1024 * 1024 });
    const archives = path.join(work, 'cache/archives');
    for (const archive of (await readdir(archives)).filter((file) => file.endsWith('.deb')).sort()) {
      await run('dpkg-deb', ['-x', path.join(archives, archive), target]);
    }
    // Programs in Python start in half the time.
    await inTreeOnce(target, [
      '/usr/bin/python3',
      '-m',
      'compileall',
      '-q',
      '/usr/lib/python3/dist-packages',
    ]);
  });
}

/** Arguments of bwrap that run a program of the tree; only `folders` can be written, the network is the host's. */
export function inTree(tree: string, folders: readonly string[], args: readonly string[]): string[] {
  return [
    ...['--ro-bind', path.join(tree, 'usr'), '/usr'],
    ...['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
    // Python's requests will not start without a certificate, whether it speaks TLS or not.
    ...['--ro-bind', path.join(tree, CERTIFICATE), '/etc/ssl/certs/ca-certificates.crt'],
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--tmpfs', '/run'],
    ...folders.flatMap((folder) => ['--bind', folder, folder]),
    ...['--die-with-parent', '--clearenv', '--setenv', 'PATH', '/usr/bin', '--setenv', 'LANG', 'C.UTF-8'],
    ...args,
  ];
}

async function inTreeOnce(tree: string, args: readonly string[]): Promise<void> {
  const usr = path.join(tree, 'usr');
  // Some files of the standard library are examples of what does not compile.
  await run('bwrap', inTree(tree, [], ['--bind', usr, '/usr', ...args])).catch(() => {});
}
