import type { HostTool } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';

/** What tells the distributions with apt apart, beside their packages. */
export interface AptDistribution {
  /** The archive's keys on the host. */
  readonly keyring: HostTool;
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
  /** Whether `base-files` brings the links from `/bin`, `/lib`… into `/usr`; otherwise whoever makes the tree does. */
  readonly bringsUsrLinks: boolean;
}

const DEBIAN_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const UBUNTU_KEYRING = '/usr/share/keyrings/ubuntu-archive-keyring.gpg';

const DISTRIBUTIONS: Readonly<Partial<Record<Definition['distribution'], AptDistribution>>> = {
  debian: {
    keyring: { command: DEBIAN_KEYRING, package: 'debian-archive-keyring' },
    components: ['main'],
    sourcesFile: 'debian.sources',
    kernel: (architecture) => `linux-image-cloud-${architecture}`,
    releases: {
      '12': { codename: 'bookworm', keyring: DEBIAN_KEYRING, bringsUsrLinks: false },
      '13': {
        codename: 'trixie',
        keyring: '/usr/share/keyrings/debian-archive-keyring.pgp',
        bringsUsrLinks: true,
      },
    },
  },
  ubuntu: {
    // Ubuntu has it from the start, in `ubuntu-keyring`; this is Debian's package.
    keyring: { command: UBUNTU_KEYRING, package: 'ubuntu-archive-keyring' },
    components: ['main', 'universe'],
    sourcesFile: 'ubuntu.sources',
    kernel: () => 'linux-image-virtual',
    releases: { '24.04': { codename: 'noble', keyring: UBUNTU_KEYRING, bringsUsrLinks: false } },
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
