/** One installed package, as both SBOM formats show it. */
export interface Component {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly purl: string;
  readonly source: { readonly name: string; readonly version: string; readonly purl: string };
  readonly supplier: { readonly name: string; readonly email: string | undefined };
  readonly homepage: string | undefined;
  readonly description: string;
  /** SPDX expression or `NOASSERTION`. */
  readonly licence: string;
  /** SHA-256 of the package file; undefined when nothing told it. */
  readonly sha256: string | undefined;
  /** Names of installed packages that it depends on. */
  readonly dependsOn: readonly string[];
}
