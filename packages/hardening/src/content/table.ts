/** What is known about hardening one release. */
export interface ReleaseContent {
  /** As in os-release. */
  readonly distribution: string;
  readonly release: string;
  /** Where the datastream comes from: a Debian package of the SCAP Security Guide, in suites from oldest to newest. */
  readonly packages: {
    readonly name: string;
    readonly suites: readonly string[];
    /** Older ones have no datastream or no CIS profile for this release. */
    readonly minimumVersion: string;
  };
  /** Path of the datastream in the unpacked package. */
  readonly datastream: string;
  /** Short profile names of the content. */
  readonly profiles: readonly string[];
}

const SSG = 'usr/share/xml/scap/ssg/content';

/** Releases and their content; measured with the packages named (see notes in docs). */
export const RELEASES: readonly ReleaseContent[] = [
  {
    distribution: 'debian',
    release: '13',
    packages: { name: 'ssg-debian', suites: ['forky', 'sid'], minimumVersion: '0.1.82' },
    datastream: `${SSG}/ssg-debian13-ds.xml`,
    profiles: [
      'anssi_bp28_enhanced',
      'anssi_bp28_high',
      'anssi_bp28_intermediary',
      'anssi_bp28_minimal',
      'cis_level1_server',
      'cis_level1_workstation',
      'cis_level2_server',
      'cis_level2_workstation',
      'standard',
    ],
  },
  {
    distribution: 'debian',
    release: '12',
    packages: { name: 'ssg-debian', suites: ['forky', 'sid'], minimumVersion: '0.1.82' },
    datastream: `${SSG}/ssg-debian12-ds.xml`,
    profiles: [
      'anssi_bp28_enhanced',
      'anssi_bp28_high',
      'anssi_bp28_intermediary',
      'anssi_bp28_minimal',
      'cis_level1_server',
      'cis_level1_workstation',
      'cis_level2_server',
      'cis_level2_workstation',
      'standard',
    ],
  },
];

/** Where the scanner comes from; it runs with its own libraries, so one serves images of any release. */
export const SCANNER = { suite: 'trixie', packages: ['openscap-scanner', 'openscap-common'] } as const;

/** The entry for a release, if there is one. */
export function findRelease(distribution: string, release: string): ReleaseContent | undefined {
  return RELEASES.find((entry) => entry.distribution === distribution && entry.release === release);
}
