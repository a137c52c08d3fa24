import type { Component } from './component.ts';
import type { SbomContext } from './spdx.ts';

/** CycloneDX 1.6 in JSON. Source: CycloneDX specification 1.6, schema/bom-1.6.schema.json. */
export function cyclonedxDocument(
  context: SbomContext,
  components: readonly Component[],
): Record<string, unknown> {
  const image = `image:${context.name}@${context.version}`;
  const purls = new Map(components.map(({ name, purl }) => [name, purl]));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${context.uuid}`,
    version: 1,
    metadata: {
      timestamp: context.created.toISOString(),
      tools: {
        components: [{ type: 'application', name: context.tool.name, version: context.tool.version }],
      },
      component: {
        type: 'operating-system',
        'bom-ref': image,
        name: context.name,
        version: context.version,
        properties: [
          { name: 'golden-image:distribution', value: context.distribution },
          { name: 'golden-image:release', value: context.release },
        ],
      },
    },
    components: components.map((component) => ({
      type: 'library',
      'bom-ref': component.purl,
      name: component.name,
      version: component.version,
      ...(component.supplier.name === ''
        ? {}
        : {
            supplier: {
              name: component.supplier.name,
              ...(component.supplier.email
                ? { contact: [{ name: component.supplier.name, email: component.supplier.email }] }
                : {}),
            },
          }),
      description: component.description,
      ...(component.sha256 === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: component.sha256 }] }),
      ...(component.licence === 'NOASSERTION' ? {} : { licenses: [{ expression: component.licence }] }),
      purl: component.purl,
      ...(component.homepage ? { externalReferences: [{ type: 'website', url: component.homepage }] } : {}),
      properties: [
        { name: 'golden-image:architecture', value: component.architecture },
        { name: 'golden-image:source', value: `${component.source.name}@${component.source.version}` },
        { name: 'golden-image:source-purl', value: component.source.purl },
      ],
    })),
    dependencies: [
      { ref: image, dependsOn: [...purls.values()].sort() },
      ...components.map(({ purl, dependsOn }) => ({
        ref: purl,
        dependsOn: dependsOn.map((name) => purls.get(name) ?? '').sort(),
      })),
    ],
  };
}
