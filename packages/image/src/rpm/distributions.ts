import type { Vendor } from '@golden-image/media';
import type { Definition } from '../definition/schema.ts';

/** A repository of a distribution, below its mirror. */
export interface RepositoryPath {
  readonly id: string;
  readonly path: string;
}

/** What sets the distributions with RPM packages apart. */
export interface RpmDistribution {
  /** Whose pinned keys sign the packages. */
  readonly vendor: Vendor;
  /** Whether the distribution signs `repomd.xml`, not only each package. */
  readonly signsMetadata: boolean;
  readonly repositories: (release: string, machine: string) => readonly RepositoryPath[];
  /** The package with os-release and the repositories. */
  readonly releasePackage: string;
  /** The distribution's folder on the ESP. */
  readonly espFolder: string;
  /** Where the image's rpm keeps its database, and in which format. */
  readonly database: (release: string) => RpmDatabase;
  /** The releases that are known, and what stands in the way of others. */
  readonly releases: RegExp;
}

export interface RpmDatabase {
  /** An absolute path in the image. */
  readonly folder: string;
  readonly backend: 'sqlite' | 'ndb';
}

/** Names of the machine in RPM. */
const MACHINES = { amd64: 'x86_64', arm64: 'aarch64' } as const;

export function machineOf({ architecture }: Pick<Definition, 'architecture'>): 'x86_64' | 'aarch64' {
  return MACHINES[architecture];
}

/** `9.6` is read from the repositories of `9`, which hold its newest minor release. */
export function majorOf(release: string): string {
  return release.split('.')[0] ?? release;
}

const VAR: RpmDatabase = { folder: '/var/lib/rpm', backend: 'sqlite' };
const SYSIMAGE: RpmDatabase = { folder: '/usr/lib/sysimage/rpm', backend: 'sqlite' };

/** EL 8's database is a Berkeley DB, which no rpm of a Debian or Ubuntu host can write. */
const EL_RELEASES = /^(9|10)(\.\d{1,2})?$/;
const elDatabase = (release: string): RpmDatabase => (majorOf(release) === '9' ? VAR : SYSIMAGE);

/** `9/BaseOS/x86_64/os`: AlmaLinux, Rocky; Stream calls its release `9-stream`. */
function elRepositories(folder: (major: string) => string): RpmDistribution['repositories'] {
  return (release, machine) =>
    ['BaseOS', 'AppStream'].map((name) => ({
      id: name.toLowerCase(),
      path: `${folder(majorOf(release))}/${name}/${machine}/os`,
    }));
}

/** Each module and product of SLES 15 that a server is made of; its pool and its updates. */
function slesRepositories(release: string, machine: string): readonly RepositoryPath[] {
  if (majorOf(release) !== '15') {
    return [
      { id: 'sles', path: `SUSE/Products/SLE-Product-SLES/${release}/${machine}/product` },
      { id: 'sles-updates', path: `SUSE/Updates/SLE-Product-SLES/${release}/${machine}/update` },
    ];
  }
  const folder = release.replace('.', '-SP');
  const names = [
    'SLE-Module-Basesystem',
    'SLE-Module-Server-Applications',
    'SLE-Module-Public-Cloud',
    'SLE-Product-SLES',
  ];
  return names.flatMap((name) => {
    const id = name.toLowerCase();
    return [
      { id, path: `SUSE/Products/${name}/${folder}/${machine}/product` },
      { id: `${id}-updates`, path: `SUSE/Updates/${name}/${folder}/${machine}/update` },
    ];
  });
}

function leapRepositories(release: string, machine: string): readonly RepositoryPath[] {
  if (majorOf(release) !== '15') {
    return [{ id: 'repo-oss', path: `distribution/leap/${release}/repo/oss/${machine}` }];
  }
  return [
    { id: 'repo-oss', path: `distribution/leap/${release}/repo/oss` },
    { id: 'repo-update', path: `update/leap/${release}/oss` },
    { id: 'repo-sle-update', path: `update/leap/${release}/sle` },
    { id: 'repo-backports-update', path: `update/leap/${release}/backports` },
  ];
}

/**
 * By os-release ID. Sources: the repository files that each distribution's release package brings; for Red Hat and SUSE
 * the paths of their content networks, as mirrors made with their own tools keep them.
 */
export const RPM_DISTRIBUTIONS = {
  rhel: {
    vendor: 'rhel',
    signsMetadata: false,
    repositories: (release, machine) =>
      ['baseos', 'appstream'].map((id) => ({
        id,
        path: `content/dist/rhel${majorOf(release)}/${majorOf(release)}/${machine}/${id}/os`,
      })),
    releasePackage: 'redhat-release',
    espFolder: 'EFI/redhat',
    database: elDatabase,
    releases: EL_RELEASES,
  },
  almalinux: {
    vendor: 'almalinux',
    signsMetadata: true,
    repositories: elRepositories((major) => major),
    releasePackage: 'almalinux-release',
    espFolder: 'EFI/almalinux',
    database: elDatabase,
    releases: EL_RELEASES,
  },
  rocky: {
    vendor: 'rocky',
    signsMetadata: true,
    repositories: elRepositories((major) => major),
    releasePackage: 'rocky-release',
    espFolder: 'EFI/rocky',
    database: elDatabase,
    releases: EL_RELEASES,
  },
  centos: {
    vendor: 'centos',
    signsMetadata: false,
    repositories: elRepositories((major) => `${major}-stream`),
    releasePackage: 'centos-stream-release',
    espFolder: 'EFI/centos',
    database: elDatabase,
    releases: /^(9|10)$/,
  },
  ol: {
    vendor: 'oracle',
    signsMetadata: false,
    repositories: (release, machine) => [
      { id: 'baseos', path: `OracleLinux/OL${majorOf(release)}/baseos/latest/${machine}` },
      { id: 'appstream', path: `OracleLinux/OL${majorOf(release)}/appstream/${machine}` },
    ],
    releasePackage: 'oraclelinux-release',
    espFolder: 'EFI/redhat',
    database: elDatabase,
    releases: EL_RELEASES,
  },
  fedora: {
    vendor: 'fedora',
    signsMetadata: false,
    repositories: (release, machine) => [
      { id: 'fedora', path: `releases/${release}/Everything/${machine}/os` },
      { id: 'updates', path: `updates/${release}/Everything/${machine}` },
    ],
    releasePackage: 'fedora-release',
    espFolder: 'EFI/fedora',
    database: () => SYSIMAGE,
    releases: /^4[3-5]$/,
  },
  sles: {
    vendor: 'sles',
    signsMetadata: true,
    repositories: slesRepositories,
    releasePackage: 'sles-release',
    espFolder: 'EFI/sles',
    database: () => ({ ...SYSIMAGE, backend: 'ndb' }),
    releases: /^(15\.[67]|16\.\d)$/,
  },
  'opensuse-leap': {
    vendor: 'opensuse',
    signsMetadata: true,
    repositories: leapRepositories,
    releasePackage: 'openSUSE-release',
    espFolder: 'EFI/opensuse',
    database: () => ({ ...SYSIMAGE, backend: 'ndb' }),
    releases: /^(15\.6|16\.\d)$/,
  },
} as const satisfies Readonly<Record<string, RpmDistribution>>;

/** The distribution of a definition, where it has RPM packages. */
export function rpmDistribution(distribution: Definition['distribution']): RpmDistribution | undefined {
  return Object.hasOwn(RPM_DISTRIBUTIONS, distribution)
    ? RPM_DISTRIBUTIONS[distribution as keyof typeof RPM_DISTRIBUTIONS]
    : undefined;
}
