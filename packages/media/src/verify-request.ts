import type { FileCache } from '@golden-image/host';
import type { Vendor } from './vendors.ts';

/** What to verify, and by what. */
export interface MediumRequest {
  /** https or http URL, or a path. */
  readonly source: string;
  /** `sha256:<hex>`, `sha512:<hex>`, `b2:<hex>`. */
  readonly checksum?: string | undefined;
  /** URL or path of a checksum list. */
  readonly checksumFile?: string | undefined;
  /** URL or path of a detached signature over the list, or over the medium where there is no list. */
  readonly signature?: string | undefined;
  readonly vendor?: Vendor | undefined;
  /** A path, or armored keys. */
  readonly keyring?: string | undefined;
  readonly fingerprints?: readonly string[] | undefined;
  /** The medium's name in the list, where its own differs. */
  readonly filename?: string | undefined;
  /** URLs of the same medium, or of folders that hold it. */
  readonly mirrors?: readonly string[] | undefined;
  /** Folder for a downloaded medium and for the statement. */
  readonly output: string;
  readonly cache?: FileCache | undefined;
  readonly expectDistribution?: string | undefined;
  readonly expectVersion?: string | undefined;
  readonly expectArchitecture?: string | undefined;
  readonly strictExpiry: boolean;
  readonly allowUnsigned: boolean;
  /** Further tries after a failure. */
  readonly retries: number;
  /** Seconds without data before a try is given up. */
  readonly timeout: number;
  /** Nothing larger is downloaded, in bytes; default 64 GiB. */
  readonly maxBytes?: number | undefined;
}

/** Larger than any vendor's medium, in bytes. */
export const MAX_MEDIUM_BYTES = 64 * 1024 ** 3;
