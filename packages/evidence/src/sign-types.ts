import type { Chain } from './chain.ts';
import type { Check } from './check.ts';
import type { MinisignKey } from './minisign.ts';
import type { OpenPgpKey } from './openpgp.ts';
import type { Proof } from './proof.ts';
import type { Signer } from './signer.ts';

export interface SignRequest {
  /** The image folder. */
  readonly folder: string;
  /** For people: `debian-13 20261124`. */
  readonly title: string;
  /** The disk's file name inside the folder. */
  readonly disk: string;
  /** The digest that the folder's descriptor names, when there is one. */
  readonly describedSha256?: string;
  /** The digest that the caller knows to be right. */
  readonly expectedSha256?: string | undefined;
  /** The chain must begin at a verified medium: true for images that are built here. */
  readonly requireMedium: boolean;
  /** Statements to sign, names below `evidence/` without `.json`. */
  readonly evidence: readonly string[];
  readonly signer?: Signer | undefined;
  /** Also properties for OpenStack Glance, with `signer`. */
  readonly glance?: boolean;
  readonly openpgp?: OpenPgpKey | undefined;
  readonly minisign?: MinisignKey | undefined;
}

export interface SignResult {
  readonly sha256: string;
  readonly chain: Chain;
  /** Paths of the files written, relative to the image folder. */
  readonly checksums: readonly string[];
  readonly signatures: readonly string[];
  readonly bundles: readonly string[];
  /** The signed statements among the bundles. */
  readonly attestations: readonly string[];
  /** A file with all public keys of this run, relative to the image folder. */
  readonly publicKeys: string;
  /** What signs the disk, and the key's fingerprint. */
  readonly provenBy: Proof['provenBy'];
  readonly verifyCommands: readonly string[];
  /** Every signature, checked before it was published. */
  readonly checks: readonly Check[];
}
