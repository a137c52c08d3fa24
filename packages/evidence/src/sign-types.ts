import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { Chain } from './chain.ts';
import type { Check } from './check.ts';
import type { MinisignKey } from './minisign.ts';
import type { OpenPgpKey } from './openpgp.ts';
import type { Proof } from './proof.ts';
import type { ReleaseName } from './release-statement.ts';
import type { Signer } from './signer.ts';

/** Signing without a long-lived key. */
export interface Keyless {
  /** Whose services: `public-good`, `github`, or a host. */
  readonly instance: string;
  /** Whether a transparency log testifies too. */
  readonly logged: boolean;
  /** Makes the signer, whose certificate is good for minutes: called once, after the files were hashed. */
  readonly open: () => Promise<Signer>;
}

export interface SignRequest {
  /** The image folder. */
  readonly folder: string;
  /** For people: `debian-13 20261124`. */
  readonly title: string;
  /** The disk's file name inside the folder. */
  readonly disk: string;
  /** Files to sign, relative to the folder; default: all that are in it. */
  readonly artefacts?: readonly string[] | undefined;
  /** The digest that the folder's descriptor names, when there is one. */
  readonly describedSha256?: string | undefined;
  /** The digest that the caller knows to be right. */
  readonly expectedSha256?: string | undefined;
  /** Throws for a disk that may not be signed; asked once, with the digest that the disk will be bound to. */
  readonly permit?: ((sha256: string) => void) | undefined;
  /** The chain must begin at a verified medium: true for images that are built here. */
  readonly requireMedium: boolean;
  /** Statements to sign, names below `evidence/` without `.json`. */
  readonly evidence: readonly string[];
  /** With a key: `.sig` files, and bundles where nothing signs keyless. */
  readonly signer?: Signer | undefined;
  /** Bundles and statements by the identity of the job. */
  readonly keyless?: Keyless | undefined;
  /** Who vouches for certificates and timestamps, to verify with what was made. */
  readonly trustedRoots?: readonly TrustedRoot[] | undefined;
  /** Also properties for OpenStack Glance, with `signer`. */
  readonly glance?: boolean;
  readonly openpgp?: OpenPgpKey | undefined;
  readonly minisign?: MinisignKey | undefined;
  /** Signed with the name of the release, as a statement of its own; none: no such statement. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly release?: ReleaseName | undefined;
  /** Hands the verified bundles of statements on, before anything is published; returns where they are to be seen. */
  readonly upload?: ((bundles: readonly string[]) => Promise<readonly string[]>) | undefined;
}

/** Who signed keyless. */
export interface SignerIdentity {
  readonly subject: string;
  readonly issuer: string;
  /** URL of the repository whose job signed, where the certificate names it. */
  readonly repository: string | undefined;
  /** File with the root that vouches for it, relative to the image folder. */
  readonly root: string;
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
  /** A file with all public keys of this run, relative to the image folder; none when nothing signs with a key. */
  readonly publicKeys: string | undefined;
  /** Keyless: who signed. */
  readonly identity: SignerIdentity | undefined;
  /** What signs the disk, and the key's fingerprint. */
  readonly provenBy: Proof['provenBy'];
  readonly verifyCommands: readonly string[];
  /** Every signature, checked before it was published. */
  readonly checks: readonly Check[];
  /** Where uploaded statements are to be seen. */
  readonly uploaded: readonly string[];
}
