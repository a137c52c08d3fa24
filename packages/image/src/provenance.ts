import {
  createStatement,
  predicateTypes,
  type ResourceDescriptor,
  type Statement,
} from '@golden-image/evidence';
import type { LoadedDefinition } from './definition/read.ts';
import type { ResolvedPackage } from './family/family.ts';
import type { VerifiedMedium } from './source/verified-medium.ts';

/** Identifies what the external parameters mean; described in packages/image/README.md. */
export const BUILD_TYPE = 'https://github.com/golden-image-actions/build-image/v1';

/** SLSA provenance v1 of a built disk. Source: slsa.dev/spec/v1.0/provenance. */
export function provenance(facts: {
  readonly disk: { readonly name: string; readonly sha256: string };
  readonly loaded: LoadedDefinition;
  readonly medium: VerifiedMedium | undefined;
  readonly packages: readonly ResolvedPackage[];
  readonly epoch: number;
  /** The signed indexes of the repositories that packages came from over the network. */
  readonly indexes: readonly ResourceDescriptor[];
  /** Addresses of the package repositories that the image is left with, to update itself. */
  readonly repositories: readonly string[];
  readonly builder: { readonly id: string; readonly version: string };
  /** The machine that built it. */
  readonly host: Readonly<Record<string, unknown>>;
  readonly cacheHit: boolean;
  readonly startedOn: Date;
  readonly finishedOn: Date;
  readonly byproducts: readonly ResourceDescriptor[];
}): Statement {
  const { loaded, medium, packages, epoch } = facts;
  const { definition } = loaded;
  const base: readonly ResourceDescriptor[] = [
    ...(medium
      ? [{ name: 'medium', digest: { sha256: medium.sha256 }, annotations: { file: medium.name } }]
      : []),
    { name: 'definition', digest: { sha256: loaded.sha256 }, annotations: { file: loaded.file } },
  ];
  const materials = packages.map(
    ({ name, purl, sha256 }): ResourceDescriptor => ({ name, uri: purl, digest: { sha256 } }),
  );
  return createStatement({
    subject: { name: facts.disk.name, digest: { sha256: facts.disk.sha256 } },
    predicateType: predicateTypes.provenance,
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: {
          definition: { name: loaded.file, sha256: loaded.sha256 },
          version: definition.version,
          source: definition.source,
          ...(definition.snapshot ? { snapshot: definition.snapshot } : {}),
          securityUpdates: definition['security-updates'],
          ...(medium ? { medium: medium.name } : {}),
          sourceDateEpoch: epoch,
        },
        internalParameters: {
          host: facts.host,
          cacheHit: facts.cacheHit,
          network: facts.indexes.length > 0,
          repositories: [...new Set(facts.repositories)],
        },
        resolvedDependencies: [...base, ...facts.indexes, ...materials],
      },
      runDetails: {
        builder: { id: facts.builder.id, version: { 'build-image': facts.builder.version } },
        metadata: {
          startedOn: facts.startedOn.toISOString(),
          finishedOn: facts.finishedOn.toISOString(),
        },
        byproducts: facts.byproducts,
      },
    },
  });
}
