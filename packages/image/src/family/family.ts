import type { ResourceDescriptor } from '@golden-image/evidence';
import type { HostTool } from '@golden-image/host';
import type { BuildPorts } from '../context.ts';
import type { PlacedFile } from '../definition/placed-file.ts';
import type { LoadedDefinition } from '../definition/read.ts';
import type { Definition } from '../definition/schema.ts';
import type { Component } from '../sbom/component.ts';
import type { VerifiedMedium } from '../source/verified-medium.ts';

/** A package that a package manager chose, as its signed index describes it. */
export interface ResolvedPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly purl: string;
}

/** A package that the engine adds, and why. */
export interface NeededPackage {
  readonly name: string;
  readonly why: string;
}

/** Opened package repositories, and the packages that were chosen from them. */
export interface PackageSet {
  readonly packages: readonly ResolvedPackage[];
  /** The signed indexes of the repositories that took part over the network. */
  readonly repositories: readonly ResourceDescriptor[];
  /** What beside the packages decides how the tree comes out. */
  readonly facts: unknown;
  /** Brings the packages' files; the newest's date in seconds. */
  readonly fetch: () => Promise<number>;
  /** Installs the fetched packages into an empty folder, without network, in namespaces of its own. */
  readonly install: (target: string, epoch: number) => Promise<void>;
}

/** What changes in a tree that comes from a vendor's disk. */
export interface PackageChange {
  /** New and newer packages. */
  readonly packages: readonly ResolvedPackage[];
  /** Names that go. */
  readonly removed: readonly string[];
  readonly repositories: readonly ResourceDescriptor[];
  readonly facts: unknown;
  /** Brings the packages' files; the newest's date in seconds, 0 when there are none. */
  readonly fetch: () => Promise<number>;
  readonly apply: (tree: string, epoch: number) => Promise<void>;
}

/** What the family's own system needs on its way from a tree to a disk. */
export interface SystemTraits {
  /** Configuration beside what all families share. */
  readonly files: readonly PlacedFile[];
  /** Shell text, run in the tree: removes identities, logs, caches, the builder's settings. */
  readonly clean: string;
  /** Makes the initrds of all kernels again; run in the tree. */
  readonly renewInitrd: string;
  /** Files that decide what an initrd holds. */
  readonly initrdInputs: RegExp;
  /** Where GRUB's configuration and modules go: `/boot/grub`. */
  readonly grubFolder: string;
  /** Where the signed GRUB looks for its configuration on the ESP: `EFI/debian`. */
  readonly espFolder: string;
  /** What `/etc/resolv.conf` is a link to; undefined: a service writes it. */
  readonly resolvConf: string | undefined;
  /** How GRUB learns of later kernels: its menu is made anew, or it reads a file for each (Boot Loader Specification). */
  readonly bootEntries: 'menu' | 'bls';
  /** Shell text, run in the tree when all files are in place. */
  readonly finish: string;
  /** A folder of the package database, as a path in the tree. */
  readonly packageDatabase: string;
}

/** What a family is given. */
export interface FamilyContext {
  readonly loaded: LoadedDefinition;
  /** The medium with the packages, where the definition builds from one. */
  readonly medium: VerifiedMedium | undefined;
  /** A folder of this build, gone when it ends. */
  readonly scratch: string;
  /** Where things are kept between builds; undefined: nowhere. Only root can write it. */
  readonly cacheFolder: string | undefined;
  /** Versions of the host's packages whose programs take part, by name. */
  readonly hostPackages: Readonly<Record<string, string>>;
  readonly ports: BuildPorts;
}

/** A family, opened for one definition. */
export interface PackageSystem {
  readonly traits: SystemTraits;
  /** Addresses that the image is left with, to update itself. */
  readonly repositories: readonly string[];
  /**
   * Opens the repositories of the medium (when there is one) or of the distribution, and chooses the packages.
   *
   * @throws UserError `package-not-found`, `packages-conflict`, `repository-unusable`
   */
  readonly choose: (wanted: readonly string[]) => Promise<PackageSet>;
  /**
   * Chooses what to add, upgrade and remove in a tree.
   *
   * @throws UserError `package-not-found`, `packages-conflict`, `repository-unusable`
   */
  readonly change: (tree: string) => Promise<PackageChange>;
  /**
   * What is installed in a tree, from its package database.
   *
   * @param known packages with their digests; when they are `complete`, the tree must hold exactly them
   */
  readonly components: (
    tree: string,
    known: readonly ResolvedPackage[],
    complete: boolean,
  ) => Promise<readonly Component[]>;
}

/** The distributions that share a package manager. */
export interface Family {
  readonly tools: (definition: Definition) => readonly HostTool[];
  readonly neededPackages: (definition: Definition) => readonly NeededPackage[];
  readonly open: (context: FamilyContext) => Promise<PackageSystem>;
}
