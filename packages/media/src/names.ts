/** os-release IDs by what media and vendors call themselves. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/red hat|^rhel/i, 'rhel'],
  [/alma/i, 'almalinux'],
  [/rocky/i, 'rocky'],
  [/centos/i, 'centos'],
  [/oracle|^ol$/i, 'ol'],
  [/fedora/i, 'fedora'],
  [/opensuse[-_ ]?leap|^leap/i, 'opensuse-leap'],
  [/opensuse[-_ ]?tumbleweed/i, 'opensuse-tumbleweed'],
  [/opensuse/i, 'opensuse'],
  [/suse linux enterprise|^sles?\b|^sle-/i, 'sles'],
  [/ubuntu/i, 'ubuntu'],
  [/debian/i, 'debian'],
  [/^arch( ?linux)?$/i, 'arch'],
];

/** The os-release ID of a family or vendor name; undefined when it is not known. */
export function distributionId(name: string): string | undefined {
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1];
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
};

/** Debian's word for an architecture: `amd64`, `arm64`. */
export function architectureId(name: string): string {
  const lower = name.toLowerCase();
  return ARCHITECTURES[lower] ?? lower;
}

/** Whether `13` or `13.2` covers `13.2.0`: the same numbers, as many as are given. */
export function versionMatches(expected: string, actual: string): boolean {
  const wanted = expected.split('.');
  const found = actual.split('.');
  return wanted.every((part, index) => part === (found[index] ?? '0'));
}

/** `opensuse` covers Leap and Tumbleweed; otherwise the IDs are the same. */
export function distributionMatches(expected: string, actual: string): boolean {
  const wanted = distributionId(expected) ?? expected.toLowerCase();
  return wanted === actual || (wanted === 'opensuse' && actual.startsWith('opensuse-'));
}
