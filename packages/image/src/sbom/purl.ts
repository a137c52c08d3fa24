/** Percent-encoding of the purl specification: everything but unreserved characters and `:`. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':');
}

/** `pkg:deb/debian/curl@8.14.1-2?arch=amd64&distro=debian-13`. Source: package-url/purl-spec, types/deb. */
export function debPurl(options: {
  readonly distribution: string;
  readonly release: string;
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}): string {
  const { distribution, release, name, version, architecture } = options;
  const qualifiers = `arch=${encode(architecture)}&distro=${encode(`${distribution}-${release}`)}`;
  return `pkg:deb/${encode(distribution)}/${encode(name.toLowerCase())}@${encode(version)}?${qualifiers}`;
}

/** `pkg:rpm/almalinux/curl@7.76.1-31.el9?arch=x86_64&distro=almalinux-9&epoch=1`. Source: package-url/purl-spec, types/rpm. */
export function rpmPurl(options: {
  readonly distribution: string;
  readonly release: string;
  readonly name: string;
  readonly epoch: number;
  readonly version: string;
  /** Of the package, not of the distribution: second part of its version. */
  readonly packageRelease: string;
  readonly architecture: string;
}): string {
  const { distribution, release, name, epoch, version, packageRelease, architecture } = options;
  const vendor = distribution.startsWith('opensuse')
    ? 'opensuse'
    : distribution === 'sles'
      ? 'suse'
      : distribution;
  const qualifiers = [
    `arch=${encode(architecture)}`,
    `distro=${encode(`${distribution}-${release}`)}`,
    ...(epoch === 0 ? [] : [`epoch=${epoch}`]),
  ].join('&');
  return `pkg:rpm/${encode(vendor)}/${encode(name)}@${encode(`${version}-${packageRelease}`)}?${qualifiers}`;
}
