import type { FailOn } from './outcome.ts';

/** What hardening is asked to do. */
export interface HardenRequest {
  /** An image folder, or a disk file (qcow2 or raw). */
  readonly image: string;
  /** Short names (`cis_level1_server`) or full identifiers; with several, an image meets all of them. */
  readonly profiles: readonly string[];
  /** `apply` changes the disk; `audit` scans it; `plan` scans it and says which files the fixes would change. */
  readonly mode: 'apply' | 'audit' | 'plan';
  /** Path of a datastream, or URL with `#sha256=…`. */
  readonly content?: string | undefined;
  /** Path of an XCCDF tailoring file. */
  readonly tailoring?: string | undefined;
  /** Values of the content by short name: `var_accounts_tmout` to `600`. */
  readonly variables?: ReadonlyMap<string, string> | undefined;
  /** Paths of waivers files. */
  readonly waivers?: readonly string[] | undefined;
  /** Path of an earlier result: `harden.json`, or the image folder that holds it. */
  readonly previous?: string | undefined;
  /** In percent. */
  readonly minScore?: number | undefined;
  readonly failOn?: FailOn | undefined;
  /** Whether the project's own rules are checked (and fixed) too, or the path of a file that adds to them. */
  readonly baseline?: boolean | string;
}
