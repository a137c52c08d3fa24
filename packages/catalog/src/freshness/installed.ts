import { z } from 'zod';

/** A package of an image. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly summary: string;
  /** `deb`, `rpm`; undefined when the SBOM does not say. */
  readonly kind: string | undefined;
}

const spdx = z.looseObject({
  packages: z.array(
    z.looseObject({
      name: z.string(),
      versionInfo: z.string().optional(),
      licenseDeclared: z.string().optional(),
      summary: z.string().optional(),
      primaryPackagePurpose: z.string().optional(),
      externalRefs: z
        .array(z.looseObject({ referenceType: z.string(), referenceLocator: z.string() }))
        .optional(),
    }),
  ),
});

/** The packages of an SPDX 2 document, sorted by name; undefined when it is none. */
export function packagesOfSpdx(text: string): readonly InstalledPackage[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = spdx.safeParse(value);
  return parsed.success
    ? parsed.data.packages
        .filter((entry) => entry.primaryPackagePurpose !== 'OPERATING-SYSTEM')
        .map((entry) => ({
          name: entry.name,
          version: entry.versionInfo ?? '',
          licence: entry.licenseDeclared ?? 'NOASSERTION',
          summary: entry.summary ?? '',
          kind: entry.externalRefs
            ?.map(({ referenceLocator }) => /^pkg:([a-z]+)\//.exec(referenceLocator)?.[1])
            .find((kind) => kind !== undefined),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    : undefined;
}

/** The installed packages of a dpkg status file. */
export function packagesOfDpkgStatus(text: string): readonly InstalledPackage[] {
  return stanzas(text)
    .filter((fields) => fields.get('status')?.endsWith(' installed'))
    .map((fields) => ({
      name: fields.get('package') ?? '',
      version: fields.get('version') ?? '',
      licence: 'NOASSERTION',
      summary: fields.get('description') ?? '',
      kind: 'deb',
    }))
    .filter(({ name, version }) => name !== '' && version !== '');
}

/** The stanzas of a deb822 file, with field names in lower case; continued lines are left out. */
export function stanzas(text: string): readonly ReadonlyMap<string, string>[] {
  return text
    .split(/\n\s*\n/)
    .map(
      (stanza) =>
        new Map(
          stanza
            .split('\n')
            .map((line) => /^([A-Za-z][\w-]*):[ \t]*(.*)$/.exec(line))
            .flatMap((match) =>
              match ? [[(match[1] ?? '').toLowerCase(), (match[2] ?? '').trim()] as const] : [],
            ),
        ),
    )
    .filter((fields) => fields.size > 0);
}
