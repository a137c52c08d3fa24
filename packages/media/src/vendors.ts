import { baseName, beside, type Location, parseLocation } from './location.ts';

/** The vendors that `vendor` knows. */
export const VENDORS = [
  'debian',
  'ubuntu',
  'rhel',
  'almalinux',
  'rocky',
  'centos',
  'oracle',
  'fedora',
  'sles',
  'opensuse',
  'arch',
] as const;
export type Vendor = (typeof VENDORS)[number];

/** One way in which a vendor proves its media; tried in order until the list is found. */
export interface Proof {
  /** Undefined when the signature is over the medium itself. */
  readonly list: Location | undefined;
  /** Undefined when the list is clearsigned. */
  readonly signature: Location | undefined;
}

interface VendorRecord {
  readonly fingerprints: readonly string[];
  /** Names of list and signature: beside a medium of this name, or complete URLs. */
  readonly proofs: (name: string) => readonly { readonly list?: string; readonly signature?: string }[];
}

const suffixed = (name: string): { list: string; signature: string }[] => [
  { list: `${name}.sha256`, signature: `${name}.sha256.asc` },
];

/**
 * Fingerprints as of 2026-11-24, computed from Debian's packages of the keys (see vendor-keys.ts). RPM vendors' entries
 * are their package keys, with which they sign the lists of their media too.
 */
const TABLE: Readonly<Record<Vendor, VendorRecord>> = {
  debian: {
    fingerprints: [
      'DF9B9C49EAA9298432589D76DA87E80D6294BE9B',
      '10460DAD76165AD81FBC0CE9988021A964E6EA7D',
      'F41D30342F3546695F65C66942468F4009EA8AC3',
    ],
    proofs: () => [
      { list: 'SHA256SUMS', signature: 'SHA256SUMS.sign' },
      { list: 'SHA512SUMS', signature: 'SHA512SUMS.sign' },
    ],
  },
  ubuntu: {
    fingerprints: ['843938DF228D22F7B3742BC0D94AA3F0EFE21092', 'D2EB44626FDDC30B513D5BB71A5D6C4C7DB87C81'],
    proofs: () => [{ list: 'SHA256SUMS', signature: 'SHA256SUMS.gpg' }],
  },
  // Red Hat shows digests behind a login only: the digest has to be given.
  rhel: {
    fingerprints: ['567E347AD0044ADE55BA8A5F199E2F91FD431D51', '7E4624258C406535D56D6F135054E4A45A6340B3'],
    proofs: () => [],
  },
  almalinux: {
    fingerprints: [
      'BC5EDDCADF502C077F1582882AE81E8ACED7258B',
      'BF18AC2876178908D6E71267D36CB86CB86B3716',
      'EE6DB7B98F5BF5EDD9DA0DE5DEE5C11CC2A1E572',
    ],
    proofs: () => [{ list: 'CHECKSUM' }],
  },
  rocky: {
    fingerprints: [
      '7051C470A929F454CEBE37B715AF5DAC6D745A60',
      '21CB256AE16FC54C6E652949702D426D350D275D',
      'FC226859C0860BF0DDB95B085B106C736FEDFC85',
    ],
    proofs: () => [
      { list: 'CHECKSUM', signature: 'CHECKSUM.sig' },
      { list: 'CHECKSUM', signature: 'CHECKSUM.asc' },
    ],
  },
  centos: {
    fingerprints: ['99DB70FAE1D7CE227FB6488205B555B38483C65D'],
    proofs: (name) => [
      { list: `${name}.SHA256SUM`, signature: `${name}.SHA256SUM.asc` },
      { list: 'SHA256SUM', signature: 'SHA256SUM.asc' },
    ],
  },
  oracle: {
    fingerprints: ['76FD3DB13AB67410B89DB10E82562EA9AD986DA3', '3E6D826D3FBAB389C2F38E34BC4D06A08D8B756F'],
    proofs: oracleLists,
  },
  fedora: {
    fingerprints: [
      'B0F4950458F69E1150C6C5EDC8AC4916105EF944',
      'C6E7F081CF80E13146676E88829B606631645531',
      '36F612DCF27F7D1A48A835E4DBFCF71C6D9F90A6',
      '4F50A6114CD5C6976A7F1179655A4B02F577861E',
    ],
    proofs: (name) => fedoraLists(name).map((list) => ({ list })),
  },
  sles: {
    fingerprints: ['FEAB502539D846DB2C0961CA70AF9E8139DB7C82', '7F009157B127B994D5CFBE76F74F09BC3FA1D6CE'],
    proofs: (name) => [...suffixed(name), { list: `${name}.sha256` }],
  },
  opensuse: {
    fingerprints: ['AD485664E901B867051AB15F35A2F86E29B700A4', '7F009157B127B994D5CFBE76F74F09BC3FA1D6CE'],
    proofs: (name) => [...suffixed(name), { list: `${name}.sha256` }],
  },
  // Arch signs the medium itself.
  arch: {
    fingerprints: ['3E80CA1A8B89F69CBA57D98A76A5EF9054449A5C'],
    proofs: (name) => [{ signature: `${name}.sig` }],
  },
};

/** The keys that may sign for a vendor, upper-case hex. */
export function vendorFingerprints(vendor: Vendor): readonly string[] {
  return TABLE[vendor].fingerprints;
}

/** Where a vendor puts list and signature: beside the medium. */
export function vendorProofs(vendor: Vendor, source: Location): readonly Proof[] {
  return TABLE[vendor].proofs(baseName(source)).map(({ list, signature }) => ({
    list: list === undefined ? undefined : place(source, list),
    signature: signature === undefined ? undefined : place(source, signature),
  }));
}

function place(source: Location, name: string): Location {
  return name.startsWith('https://') ? parseLocation(name) : beside(source, name);
}

/**
 * Oracle's clearsigned lists lie on a server of their own, one for each update and architecture
 * (linux.oracle.com/security/gpg): `OracleLinux-R9-U5-x86_64-dvd.iso` is in
 * `OracleLinux-R9-U5-Server-x86_64.checksum`. A copy beside the medium comes first.
 */
function oracleLists(name: string): readonly { list: string }[] {
  const [, update, arch] = /^(OracleLinux-R\d+-U\d+)(?:-Server)?-(x86_64|aarch64)-/.exec(name) ?? [];
  const list = `${update}-Server-${arch}.checksum`;
  return update ? [{ list }, { list: `https://linux.oracle.com/security/gpg/checksum/${list}` }] : [];
}

/** `Fedora-Server-dvd-x86_64-43-1.6.iso` is listed in `Fedora-Server-43-1.6-x86_64-CHECKSUM`. */
function fedoraLists(name: string): readonly string[] {
  const [, variant, arch, release] =
    /^Fedora-([A-Za-z]+)-[A-Za-z-]+[-.](x86_64|aarch64|ppc64le|s390x)-(\d+-\d+\.\d+)\./.exec(name) ?? [];
  const [, cloud, first, second] =
    /^Fedora-([A-Za-z]+)-.*?(\d+-\d+\.\d+)\.(x86_64|aarch64|ppc64le|s390x)\./.exec(name) ?? [];
  if (variant) {
    return [`Fedora-${variant}-${release}-${arch}-CHECKSUM`];
  }
  return cloud ? [`Fedora-${cloud}-${first}-${second}-CHECKSUM`] : [];
}
