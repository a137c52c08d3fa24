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

const CONTENT_FOLDER = 'usr/share/xml/scap/ssg/content';
/** Debian's suites that carry the guide as it is released upstream. */
const SUITES = ['forky', 'sid'] as const;
const CURRENT = '0.1.82';

const ANSSI = [
  'anssi_bp28_enhanced',
  'anssi_bp28_high',
  'anssi_bp28_intermediary',
  'anssi_bp28_minimal',
] as const;
const CIS_DEBIAN = [
  'cis_level1_server',
  'cis_level1_workstation',
  'cis_level2_server',
  'cis_level2_workstation',
] as const;
const CIS = ['cis', 'cis_server_l1', 'cis_workstation_l1', 'cis_workstation_l2'] as const;
const STIG = ['stig', 'stig_gui'] as const;

function entry(
  distribution: string,
  release: string,
  packageName: string,
  product: string,
  profiles: readonly string[],
): ReleaseContent {
  return {
    distribution,
    release,
    packages: { name: packageName, suites: SUITES, minimumVersion: CURRENT },
    datastream: `${CONTENT_FOLDER}/ssg-${product}-ds.xml`,
    profiles: [...profiles].sort(),
  };
}

/**
 * Releases and the profiles that the guide's datastream has for each, as of 0.1.82 (`scripts/check-content.ts`
 * compares). Rocky Linux has no datastream of its own, and the one for RHEL does not apply to it.
 */
export const RELEASES: readonly ReleaseContent[] = [
  entry('debian', '13', 'ssg-debian', 'debian13', [...ANSSI, ...CIS_DEBIAN, 'standard']),
  entry('debian', '12', 'ssg-debian', 'debian12', [...ANSSI, ...CIS_DEBIAN, 'standard']),
  entry('ubuntu', '24.04', 'ssg-debderived', 'ubuntu2404', [...CIS_DEBIAN, 'stig']),
  entry('ubuntu', '22.04', 'ssg-debderived', 'ubuntu2204', [...CIS_DEBIAN, 'standard', 'stig']),
  entry('rhel', '10', 'ssg-nondebian', 'rhel10', [
    ...[...ANSSI, ...CIS, ...STIG, 'bsi', 'e8', 'hipaa', 'ospp', 'pci-dss'],
    ...['ism_o', 'ism_o_secret', 'ism_o_top_secret'],
  ]),
  entry('rhel', '9', 'ssg-nondebian', 'rhel9', [
    ...[...ANSSI, ...CIS, ...STIG, 'bsi', 'cui', 'e8', 'hipaa', 'ism_o', 'ospp', 'pci-dss'],
    ...['ccn_advanced', 'ccn_basic', 'ccn_intermediate'],
  ]),
  entry('rhel', '8', 'ssg-nondebian', 'rhel8', [
    ...[...ANSSI, ...CIS, ...STIG, 'cui', 'e8', 'hipaa', 'ism_o', 'ospp', 'pci-dss'],
  ]),
  entry('almalinux', '9', 'ssg-nondebian', 'almalinux9', [...ANSSI, ...CIS, 'hipaa', 'pci-dss']),
  entry('sles', '15', 'ssg-nondebian', 'sle15', [
    ...[...ANSSI, ...CIS, 'stig', 'general', 'hipaa', 'pci-dss-4', 'standard'],
    ...['pcs-hardening', 'pcs-hardening-chost', 'pcs-hardening-sap'],
  ]),
  entry('sles', '16', 'ssg-nondebian', 'sle16', [...ANSSI, 'base', 'hipaa', 'pci-dss-4']),
];

/** Where the scanner comes from; it runs with its own libraries, so one serves images of any release. */
export const SCANNER = { suite: 'trixie', packages: ['openscap-scanner', 'openscap-common'] } as const;

/** The entry for a release, if there is one; `9.6` is a minor release of `9`. */
export function findRelease(distribution: string, release: string): ReleaseContent | undefined {
  const here = RELEASES.filter((known) => known.distribution === distribution);
  return (
    here.find((known) => known.release === release) ??
    here.find((known) => release.startsWith(`${known.release}.`))
  );
}
