import type { Definition } from '../definition/schema.ts';

/** What tells the distributions with apt apart, beside their packages. */
export interface AptDistribution {
  /** The archive's keys on the host. */
  readonly keyring: string;
  /** Debian's and Ubuntu's package of it; undefined: only the distribution itself has it. */
  readonly keyringPackage: string | undefined;
  /** Of the archive, to build from and to name in the image. */
  readonly components: readonly string[];
  /** Name of the image's file in `/etc/apt/sources.list.d`. */
  readonly sourcesFile: string;
  /** The kernel for clouds. */
  readonly kernel: (architecture: Definition['architecture']) => string;
  /** By `VERSION_ID`: those that were tried. */
  readonly releases: Readonly<Record<string, AptRelease>>;
}

export interface AptRelease {
  readonly codename: string;
  /** Where an image of the release finds its archive's keys. */
  readonly keyring: string;
  /** What it needs beside what all releases do. */
  readonly needs: readonly { readonly name: string; readonly why: string }[];
}

const DEBIAN_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const UBUNTU_KEYRING = '/usr/share/keyrings/ubuntu-archive-keyring.gpg';

const DISTRIBUTIONS: Readonly<Partial<Record<Definition['distribution'], AptDistribution>>> = {
  debian: {
    keyring: DEBIAN_KEYRING,
    keyringPackage: 'debian-archive-keyring',
    components: ['main'],
    sourcesFile: 'debian.sources',
    kernel: (architecture) => `linux-image-cloud-${architecture}`,
    releases: {
      '12': {
        codename: 'bookworm',
        keyring: DEBIAN_KEYRING,
        // Else apt takes the package that merges a running system.
        needs: [{ name: 'usr-is-merged', why: 'merged /usr' }],
      },
      '13': {
        codename: 'trixie',
        keyring: '/usr/share/keyrings/debian-archive-keyring.pgp',
        needs: [],
      },
    },
  },
  ubuntu: {
    keyring: UBUNTU_KEYRING,
    keyringPackage: undefined,
    components: ['main', 'universe'],
    sourcesFile: 'ubuntu.sources',
    kernel: () => 'linux-image-virtual',
    releases: { '24.04': { codename: 'noble', keyring: UBUNTU_KEYRING, needs: [] } },
  },
};

/** The distribution where it has apt. */
export function aptDistribution(distribution: Definition['distribution']): AptDistribution | undefined {
  return DISTRIBUTIONS[distribution];
}

/** Of a definition that was checked: distribution and release are there. */
export function aptReleaseOf({
  distribution,
  release,
}: Pick<Definition, 'distribution' | 'release'>): AptDistribution & { readonly release: AptRelease } {
  const found = DISTRIBUTIONS[distribution];
  const known = found?.releases[release];
  if (!found || !known) {
    throw new Error(`apt has no ${distribution} ${release}`);
  }
  return { ...found, release: known };
}
