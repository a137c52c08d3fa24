import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ADVISORY = (type: string, id: string, name: string, version: string, cve: string): string =>
  `<update from="a@example.org" status="final" type="${type}" version="1"><id>${id}</id><title>${name}</title><issued date="2026-11-20 00:00:00"/>
<references><reference href="https://example.org/${cve}" id="${cve}" type="cve" title="${cve}"/></references>
<pkglist><collection short="x"><name>x</name><package name="${name}" version="${version}" release="1.el9" epoch="0" arch="noarch" src="${name}.src.rpm"><filename>${name}.rpm</filename></package></collection></pkglist></update>`;

/**
 * An RPM repository below a folder, made by rpmbuild, createrepo_c and modifyrepo_c: `safe` 1.0, `fixed` 1.2 (two security
 * advisories, of 1.1 and 1.2), `newer` 2.0 (an advisory that is not about security).
 */
export async function writeRpmRepository(work: string): Promise<string> {
  const root = path.join(work, 'rpm-repository');
  const build = path.join(work, 'rpmbuild');
  await mkdir(root, { recursive: true });
  for (const [name, version] of [
    ['safe', '1.0'],
    ['fixed', '1.2'],
    ['newer', '2.0'],
  ]) {
    const spec = path.join(work, `${name}.spec`);
    await writeFile(
      spec,
      `Name: ${name}\nVersion: ${version}\nRelease: 1.el9\nSummary: a sample\nLicense: MIT\nBuildArch: noarch\n%description\nA sample.\n%files\n`,
    );
    execFileSync(
      'rpmbuild',
      ['--quiet', '-bb', '--define', `_topdir ${build}`, '--define', `_rpmdir ${root}`, spec],
      {
        stdio: 'pipe',
      },
    );
  }
  execFileSync('createrepo_c', ['--quiet', root], { stdio: 'pipe' });
  const updateinfo = path.join(work, 'updateinfo.xml');
  await writeFile(
    updateinfo,
    `<?xml version="1.0" encoding="UTF-8"?>\n<updates>${[
      ADVISORY('security', 'X-1', 'fixed', '1.1', 'CVE-2026-0001'),
      ADVISORY('security', 'X-2', 'fixed', '1.2', 'CVE-2026-0002'),
      ADVISORY('bugfix', 'X-3', 'newer', '2.0', 'CVE-2026-0003'),
      // Of a version that this repository does not have (yet).
      ADVISORY('security', 'X-4', 'newer', '9.0', 'CVE-2026-0004'),
    ].join('\n')}</updates>\n`,
  );
  execFileSync('modifyrepo_c', ['--mdtype=updateinfo', updateinfo, path.join(root, 'repodata')], {
    stdio: 'pipe',
  });
  return root;
}

/** Signs `repomd.xml` with a new key. @returns the path of the armored public key */
export async function signRpmRepository(root: string, home: string): Promise<string> {
  await mkdir(home, { mode: 0o700, recursive: true });
  const gpg = (...args: string[]) =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', '--passphrase', '', ...args], {
      stdio: 'pipe',
    });
  const repomd = path.join(root, 'repodata/repomd.xml');
  try {
    gpg('--quick-generate-key', 'Sample RPM archive', 'rsa3072', 'sign', '1d');
    gpg('--yes', '--armor', '--output', `${repomd}.asc`, '--detach-sign', repomd);
    const key = path.join(home, 'key.asc');
    await writeFile(key, gpg('--armor', '--export'));
    return key;
  } finally {
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  }
}
