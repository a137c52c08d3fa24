import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createStatement, digestFile, predicateTypes, stableJson } from '@golden-image/evidence';
import { createExec, silentLog } from '@golden-image/host';
import { readDefinition } from '../src/definition/read.ts';
import { resolvePackages } from '../src/source/apt.ts';
import { defaultSources } from '../src/source/apt-sources.ts';
import { repositorySource } from '../src/source/open-source.ts';

const run = promisify(execFile);
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Real packages: they take part in making the disk, or in installing packages. */
const REAL = [
  'passwd',
  'tzdata',
  'e2fsprogs',
  'grub2-common',
  'grub-pc-bin',
  'grub-efi-amd64-bin',
  'grub-efi-amd64-signed',
  'shim-signed',
];

/** Stand-ins for the large packages of a real system, so that a build takes seconds: what the engine calls of them. */
const STAND_INS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'linux-image-cloud-amd64': { '/boot/vmlinuz-6.0-test': 'not a kernel' },
  'initramfs-tools': {
    '/usr/sbin/update-initramfs': '#!/bin/sh\necho initrd > /boot/initrd.img-6.0-test\n',
  },
  'systemd-sysv': { '/usr/bin/systemctl': '#!/bin/sh\n[ "$3" != none.service ]\n' },
  'openssh-server': { '/etc/ssh/sshd_config': '' },
  zstd: {},
  udev: {},
  kmod: {},
  mount: {},
  'cloud-init': {},
  'cloud-guest-utils': {},
  'netplan.io': {},
  'systemd-resolved': {},
  'libpam-systemd': {},
  dbus: {},
};

export interface SmallMedium {
  readonly iso: string;
  readonly statement: string;
}

/**
 * A medium of real essential packages and stand-ins, with `extra` packages whose postinst is the text given. The real
 * ones are fetched through the engine's own `repository` source (signatures checked) and kept in the user's cache.
 */
export async function smallMedium(
  folder: string,
  extra: Readonly<Record<string, string>> = {},
): Promise<SmallMedium> {
  const tree = path.join(folder, 'iso');
  const pool = path.join(tree, 'pool');
  await mkdir(pool, { recursive: true });
  const real = await realPackages();
  for (const name of await readdir(real)) {
    await copyFile(path.join(real, name), path.join(pool, name));
  }
  const all = [
    ...Object.entries(STAND_INS).map(([name, files]) => ({ name, files, postinst: '' })),
    ...Object.entries(extra).map(([name, postinst]) => ({ name, files: {}, postinst })),
  ];
  await Promise.all(all.map((entry) => standIn(pool, folder, entry)));
  const binary = path.join(tree, 'dists/trixie/main/binary-amd64');
  await mkdir(binary, { recursive: true });
  const packages = await run('apt-ftparchive', ['packages', 'pool'], { cwd: tree, maxBuffer: 1 << 26 });
  await writeFile(path.join(binary, 'Packages'), packages.stdout);
  const release = await run(
    'apt-ftparchive',
    [
      '-o',
      'APT::FTPArchive::Release::Codename=trixie',
      '-o',
      'APT::FTPArchive::Release::Suite=stable',
      '-o',
      'APT::FTPArchive::Release::Architectures=amd64',
      '-o',
      'APT::FTPArchive::Release::Components=main',
      'release',
      'dists/trixie',
    ],
    { cwd: tree },
  );
  await writeFile(path.join(tree, 'dists/trixie/Release'), release.stdout);
  const iso = path.join(folder, 'medium.iso');
  await run('xorriso', ['-as', 'mkisofs', '-quiet', '-r', '-V', 'small', '-o', iso, tree]);
  await rm(tree, { recursive: true });
  const { hex } = await digestFile(iso, ['sha256']);
  const statement = path.join(folder, '10-media.json');
  const content = createStatement({
    subject: { name: 'medium.iso', digest: hex },
    predicateType: predicateTypes.medium,
    predicate: {},
  });
  await writeFile(statement, stableJson(content));
  return { iso, statement };
}

async function standIn(
  pool: string,
  folder: string,
  entry: { name: string; files: Readonly<Record<string, string>>; postinst: string },
): Promise<void> {
  const root = path.join(folder, `package-${entry.name}`);
  await mkdir(path.join(root, 'DEBIAN'), { recursive: true });
  const control = `Package: ${entry.name}\nVersion: 1\nArchitecture: all\nMaintainer: Test <test@example.org>\nDescription: stand-in\n`;
  await writeFile(path.join(root, 'DEBIAN/control'), control);
  if (entry.postinst !== '') {
    await writeFile(path.join(root, 'DEBIAN/postinst'), entry.postinst, { mode: 0o755 });
  }
  for (const [name, content] of Object.entries(entry.files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content, { mode: 0o755 });
  }
  await run(
    'dpkg-deb',
    ['--build', '--root-owner-group', '-Znone', root, path.join(pool, `${entry.name}_1_all.deb`)],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000' },
    },
  );
  await rm(root, { recursive: true });
}

/** The folder with the real .deb files. */
async function realPackages(): Promise<string> {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'golden-image-tests');
  const kept = path.join(cache, 'small-medium-2');
  if (await stat(kept).catch(() => undefined)) {
    return kept;
  }
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, '.fetch-'));
  try {
    const file = path.join(work, 'image.yml');
    await writeFile(file, 'name: t\nversion: "1"\ndistribution: debian\nrelease: "13"\nsource: repository\n');
    const ports = { exec: createExec(), log: silentLog };
    const sources = await defaultSources('trixie', 'amd64', work, ports);
    const source = await repositorySource(
      sources,
      await readDefinition(file),
      KEYRING,
      undefined,
      work,
      ports,
    );
    const packages = await resolvePackages(source.apt, { add: REAL, remove: [] });
    await source.fetch(packages);
    await rename(source.apt.archives, kept).catch(async (error: unknown) => {
      // Another test process was faster.
      if (!(await stat(kept).catch(() => undefined))) {
        throw error;
      }
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return kept;
}
