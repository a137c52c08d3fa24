import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createStatement, digestFile, predicateTypes, stableJson } from '@golden-image/evidence';
import { testPorts } from '@golden-image/host/testing';
import { APT } from '../src/apt/apt-family.ts';
import { readDefinition } from '../src/definition/read.ts';

const run = promisify(execFile);

/** Real packages: they take part in making the disk, or in installing packages. */
const REAL = [
  'passwd',
  'tzdata',
  'e2fsprogs',
  'xfsprogs',
  'btrfs-progs',
  'grub2-common',
  'grub-pc-bin',
  'grub-efi-amd64-bin',
  'grub-efi-amd64-signed',
  'shim-signed',
];

/** Stand-ins for the large packages of a real system, so that a build takes seconds: what the engine calls of them. */
const STAND_INS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'linux-image-cloud-amd64': { '/boot/vmlinuz-6.0-test': 'not a kernel' },
  'linux-image-virtual': { '/boot/vmlinuz-6.0-virtual': 'not a kernel' },
  'initramfs-tools': {
    '/usr/sbin/update-initramfs':
      '#!/bin/sh\nfor kernel in /boot/vmlinuz-*; do echo initrd > "/boot/initrd.img-$(echo "$kernel" | cut -d- -f2-)"; done\n',
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
  await fillPool(path.join(tree, 'pool'), folder, extra);
  await writeSuite(tree, { suite: 'stable', codename: 'trixie', pool: 'pool' });
  const iso = path.join(folder, 'medium.iso');
  await run('xorriso', ['-as', 'mkisofs', '-quiet', '-r', '-V', 'small', '-o', iso, tree]);
  await rm(tree, { recursive: true });
  return { iso, statement: await stateMedium(iso, path.join(folder, '10-media.json')) };
}

/** Writes what verify-iso would say of a file. */
export async function stateMedium(file: string, statement: string): Promise<string> {
  const { hex } = await digestFile(file, ['sha256']);
  const content = createStatement({
    subject: { name: path.basename(file), digest: hex },
    predicateType: predicateTypes.medium,
    predicate: {},
  });
  await writeFile(statement, stableJson(content));
  return statement;
}

/** Fills a folder with the real packages of a Debian release, the stand-ins and `extra` packages. */
export async function fillPool(
  pool: string,
  work: string,
  extra: Readonly<Record<string, string>> = {},
  release: '12' | '13' = '13',
): Promise<void> {
  await mkdir(pool, { recursive: true });
  const real =
    release === '13'
      ? await realPackages()
      : await realPackages('small-medium-debian-12-1', [...REAL, 'usr-is-merged'], release);
  for (const name of await readdir(real)) {
    await copyFile(path.join(real, name), path.join(pool, name));
  }
  const all = [
    ...Object.entries(STAND_INS).map(([name, files]) => ({ name, files, postinst: '' })),
    ...Object.entries(extra).map(([name, postinst]) => ({ name, files: {}, postinst })),
  ];
  await Promise.all(all.map((entry) => standIn(pool, work, entry)));
}

/** Writes `dists/<codename>` of a repository over a pool: an index and its Release file, with `more` fields, not signed. */
export async function writeSuite(
  tree: string,
  options: {
    readonly suite: string;
    readonly codename: string;
    readonly pool: string;
    /** A second component, without packages. */
    readonly empty?: string;
  },
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const dists = path.join('dists', options.codename);
  const binary = path.join(tree, dists, 'main/binary-amd64');
  await mkdir(binary, { recursive: true });
  const packages = await run('apt-ftparchive', ['packages', options.pool], { cwd: tree, maxBuffer: 1 << 26 });
  await writeFile(path.join(binary, 'Packages'), packages.stdout);
  if (options.empty !== undefined) {
    const folder = path.join(tree, dists, options.empty, 'binary-amd64');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'Packages'), '');
  }
  const fields = {
    Codename: options.codename,
    Suite: options.suite,
    Architectures: 'amd64',
    Components: ['main', options.empty].filter(Boolean).join(' '),
  };
  const settings = Object.entries(fields).flatMap(([name, value]) => [
    '-o',
    `APT::FTPArchive::Release::${name}=${value}`,
  ]);
  const release = await run('apt-ftparchive', [...settings, 'release', dists], { cwd: tree });
  const file = path.join(tree, dists, 'Release');
  const first = Object.entries(more).map(([name, value]) => `${name}: ${value}\n`);
  await writeFile(file, first.join('') + release.stdout);
  return file;
}

/** A package whose content is a few files. */
export interface StandIn {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly postinst: string;
  readonly version?: string;
}

/** Builds a package into `pool`. */
export async function standIn(pool: string, folder: string, entry: StandIn): Promise<void> {
  const version = entry.version ?? '1';
  const root = path.join(folder, `package-${entry.name}-${version}`);
  await mkdir(path.join(root, 'DEBIAN'), { recursive: true });
  const control = `Package: ${entry.name}\nVersion: ${version}\nArchitecture: all\nMaintainer: Test <test@example.org>\nDescription: stand-in\n`;
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
    ['--build', '--root-owner-group', '-Znone', root, path.join(pool, `${entry.name}_${version}_all.deb`)],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000' },
    },
  );
  await rm(root, { recursive: true });
}

/**
 * The folder with real .deb files, and with those that they need.
 *
 * @param name of the set, under which it is kept in the user's cache
 */
export async function realPackages(
  name = 'small-medium-4',
  wanted: readonly string[] = REAL,
  release = '13',
): Promise<string> {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'golden-image-tests');
  const kept = path.join(cache, name);
  if (await stat(kept).catch(() => undefined)) {
    return kept;
  }
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, '.fetch-'));
  try {
    const file = path.join(work, 'image.yml');
    const head = 'name: t\nversion: "1"\ndistribution: debian\nsource: repository\n';
    await writeFile(file, `${head}release: "${release}"\n`);
    const loaded = await readDefinition(file);
    const shared = {
      loaded,
      medium: undefined,
      scratch: work,
      cacheFolder: undefined,
      hostPackages: {},
      ports: testPorts(),
    };
    const system = await APT.open(shared);
    await (await system.choose(wanted)).fetch();
    await rename(path.join(work, 'archives'), kept).catch(async (error: unknown) => {
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
