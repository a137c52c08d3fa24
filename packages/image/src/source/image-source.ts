import type { ResourceDescriptor } from '@golden-image/evidence';
import type { Stopwatch } from '../context.ts';
import type { FamilyContext, PackageSystem, ResolvedPackage } from '../family/family.ts';

/** What a source is given; `medium` may also be a vendor's disk. */
export interface SourceContext extends FamilyContext {
  /** The package manager of the distribution. */
  readonly system: PackageSystem;
  /** Packages that the definition and the engine ask for by name. */
  readonly wanted: readonly string[];
  /** In seconds; undefined: the source says what is newest in it. */
  readonly sourceDateEpoch: number | undefined;
  readonly timer: Stopwatch;
  /** Resolves when the host may build; awaited before anything is made. */
  readonly hostAccepted: () => Promise<unknown>;
}

/** What an image is made from. */
export interface SourceResult {
  /** The root tree that becomes a disk. Never written: it may lie in the cache. */
  readonly root: string;
  /** Stands for everything that went in beside the definition: UUIDs derive from it. */
  readonly key: string;
  /** In seconds: no time stamp of the image is newer. */
  readonly epoch: number;
  /** Whether the tree came from the cache. */
  readonly cacheHit: boolean;
  /** Packages that took part, with digests, as their signed repositories describe them. */
  readonly packages: readonly ResolvedPackage[];
  /** Whether `packages` are all that is installed; otherwise only the tree knows. */
  readonly complete: boolean;
  /** Package repositories that took part beside the medium: their signed indexes. */
  readonly repositories: readonly ResourceDescriptor[];
}

/** A way to come to an image's content: one for each value of `source` in the definition. */
export type ImageSource = (context: SourceContext) => Promise<SourceResult>;
