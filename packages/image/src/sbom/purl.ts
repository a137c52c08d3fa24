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
