import type { Component } from './component.ts';

export interface SbomContext {
  /** Name and version of the image. */
  readonly name: string;
  readonly version: string;
  readonly distribution: string;
  readonly release: string;
  /** When, as the image tells it: the epoch. */
  readonly created: Date;
  /** Derived from the inputs, so that the same image has the same document. */
  readonly uuid: string;
  readonly tool: { readonly name: string; readonly version: string };
}

const IMAGE = 'SPDXRef-image';

/** SPDX 2.3 in JSON. Source: spdx-spec v2.3, schemas/spdx-schema.json. */
export function spdxDocument(
  context: SbomContext,
  components: readonly Component[],
): Record<string, unknown> {
  const ids = new Map(components.map(({ name }) => [name, `SPDXRef-package-${idPart(name)}`]));
  const idOf = (name: string): string => ids.get(name) ?? '';
  const relationship = (from: string, type: string, to: string) => ({
    spdxElementId: from,
    relationshipType: type,
    relatedSpdxElement: to,
  });
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `${context.name}-${context.version}`,
    documentNamespace: `urn:uuid:${context.uuid}`,
    creationInfo: {
      created: context.created.toISOString().replace(/\.\d+Z$/, 'Z'),
      creators: [`Tool: ${context.tool.name}-${context.tool.version}`],
    },
    documentDescribes: [IMAGE],
    packages: [
      {
        SPDXID: IMAGE,
        name: context.name,
        versionInfo: context.version,
        primaryPackagePurpose: 'OPERATING-SYSTEM',
        downloadLocation: 'NOASSERTION',
        filesAnalyzed: false,
        licenseConcluded: 'NOASSERTION',
        licenseDeclared: 'NOASSERTION',
        copyrightText: 'NOASSERTION',
      },
      ...components.map((component) => ({
        SPDXID: idOf(component.name),
        name: component.name,
        versionInfo: component.version,
        supplier: party(component.supplier),
        downloadLocation: 'NOASSERTION',
        filesAnalyzed: false,
        ...(component.homepage ? { homepage: component.homepage } : {}),
        sourceInfo: `built from the source package ${component.source.name} ${component.source.version}`,
        licenseConcluded: 'NOASSERTION',
        licenseDeclared: component.licence,
        copyrightText: 'NOASSERTION',
        summary: component.description,
        primaryPackagePurpose: 'INSTALL',
        ...(component.sha256 === undefined
          ? {}
          : { checksums: [{ algorithm: 'SHA256', checksumValue: component.sha256 }] }),
        externalRefs: [
          { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: component.purl },
        ],
      })),
    ],
    relationships: [
      relationship('SPDXRef-DOCUMENT', 'DESCRIBES', IMAGE),
      ...components.map(({ name }) => relationship(IMAGE, 'CONTAINS', idOf(name))),
      ...components.flatMap(({ name, dependsOn }) =>
        dependsOn.map((other) => relationship(idOf(name), 'DEPENDS_ON', idOf(other))),
      ),
    ],
  };
}

function party({ name, email }: Component['supplier']): string {
  if (name === '') {
    return 'NOASSERTION';
  }
  return email ? `Organization: ${name} (${email})` : `Organization: ${name}`;
}

/** Letters, digits, `.` and `-`; others become a name or a number, so that `g++` and `g--` differ. */
function idPart(name: string): string {
  const words: Readonly<Record<string, string>> = { '+': 'plus', _: 'underscore' };
  return name.replace(/[^A-Za-z0-9.-]/g, (sign) => `.${words[sign] ?? sign.charCodeAt(0)}.`);
}
