import { execFileSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A repository below a folder with one security update (sample 1.0-1 to 1.0-1+deb13u1, which fixes CVE-2026-4711), signed
 * by a key of its own.
 */
export async function writeAptRepository(
  work: string,
): Promise<{ readonly root: string; readonly source: string }> {
  const root = path.join(work, 'repository');
  const tree = path.join(work, 'package');
  await mkdir(path.join(tree, 'DEBIAN'), { recursive: true });
  await mkdir(path.join(tree, 'usr/share/doc/sample'), { recursive: true });
  await writeFile(
    path.join(tree, 'DEBIAN/control'),
    'Package: sample\nVersion: 1.0-1+deb13u1\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: a sample\n',
  );
  const changelog =
    'sample (1.0-1+deb13u1) trixie-security; urgency=high\n\n  * Fix CVE-2026-4711.\n\nsample (1.0-1) unstable; urgency=low\n\n  * CVE-2019-0001\n';
  await writeFile(
    path.join(tree, 'usr/share/doc/sample/changelog.Debian.gz'),
    execFileSync('gzip', ['-n'], { input: changelog }),
  );
  const suite = path.join(root, 'dists/trixie-security');
  await mkdir(path.join(suite, 'main/binary-amd64'), { recursive: true });
  await mkdir(path.join(root, 'pool'), { recursive: true });
  execFileSync(
    'dpkg-deb',
    ['--build', '--root-owner-group', tree, path.join(root, 'pool/sample_1.0-1+deb13u1_all.deb')],
    { stdio: 'pipe' },
  );
  const packages = execFileSync('apt-ftparchive', ['packages', 'pool'], { cwd: root });
  await writeFile(path.join(suite, 'main/binary-amd64/Packages'), packages);
  const release = execFileSync('apt-ftparchive', [
    '-o',
    'APT::FTPArchive::Release::Suite=stable-security',
    '-o',
    'APT::FTPArchive::Release::Codename=trixie-security',
    '-o',
    'APT::FTPArchive::Release::Label=Debian-Security',
    '-o',
    'APT::FTPArchive::Release::Architectures=amd64',
    '-o',
    'APT::FTPArchive::Release::Components=main',
    'release',
    suite,
  ]);
  await writeFile(path.join(suite, 'Release'), release);
  const home = path.join(work, 'gnupg');
  await mkdir(home, { mode: 0o700 });
  const gpg = (...args: string[]) =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', '--passphrase', '', ...args], {
      stdio: 'pipe',
    });
  try {
    gpg('--quick-generate-key', 'Sample archive', 'rsa3072', 'sign', '1d');
    gpg('--output', path.join(suite, 'InRelease'), '--clearsign', path.join(suite, 'Release'));
    await writeFile(path.join(work, 'archive.gpg'), gpg('--export'));
  } finally {
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  }
  await chmod(work, 0o755);
  const source = `deb [signed-by=${path.join(work, 'archive.gpg')}] file:${root} trixie-security main`;
  return { root, source };
}
