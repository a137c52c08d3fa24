import type { HostTool, Ports } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';
import type { NeededPackage, ResolvedPackage } from '../family/family.ts';

/** A repository with `repodata`, to choose packages from. */
export interface RpmRepository {
  /** Letters, digits, `-`: a section's and a folder's name. */
  readonly id: string;
  readonly uri: string;
  /** Files with the keys that sign. */
  readonly keys: readonly string[];
  /** Whether `repomd.xml` has to be signed; a medium's is covered by the medium's digest. */
  readonly signed: boolean;
  /** Where the repository lies on the medium; undefined: on the network. */
  readonly onMedium: string | undefined;
}

/** A package that a package manager chose. */
export interface RpmPackage extends ResolvedPackage {
  /** Identifier of the repository. */
  readonly repository: string;
  /** Its path below the repository. */
  readonly location: string;
  /** File name of its own in a flat folder. */
  readonly file: string;
  /** When it was built, in seconds. */
  readonly built: number;
}

export interface PlanRequest {
  readonly repositories: readonly RpmRepository[];
  readonly install: readonly string[];
  /** Never to be installed; where there is a tree, to be removed. */
  readonly exclude: readonly string[];
  /** The tree to change; undefined: an empty one. */
  readonly tree: string | undefined;
  readonly definition: Definition;
  /** The image's package database, below the tree. */
  readonly database: string;
  /** A folder of this build. */
  readonly folder: string;
}

/** What a package manager chose, and from what. */
export interface Plan {
  readonly packages: readonly RpmPackage[];
  /** Names that go. */
  readonly removed: readonly string[];
  /** The `repomd.xml` of each repository that took part. */
  readonly indexes: readonly { readonly id: string; readonly file: string }[];
}

type ManagerPorts = Pick<Ports, 'exec' | 'log'>;

/** dnf or zypper: what chooses and fetches. Trees, signatures, SBOM are the same for both. */
export interface PackageManager {
  readonly tools: readonly HostTool[];
  readonly neededPackages: (definition: Definition) => readonly NeededPackage[];
  /** The part of the above that a vendor's system needs to get a new disk. */
  readonly neededOnDisk: (definition: Definition) => readonly NeededPackage[];
  /**
   * @throws UserError `package-not-found`, `packages-conflict`, `repository-unusable`
   */
  readonly plan: (request: PlanRequest, ports: ManagerPorts) => Promise<Plan>;
  /** Brings the plan's packages of the network into `target` under their `file` names. */
  readonly fetch: (
    request: PlanRequest,
    packages: readonly RpmPackage[],
    target: string,
    ports: ManagerPorts,
  ) => Promise<void>;
}
