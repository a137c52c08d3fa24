import type { OpenPgpKey } from '@golden-image/evidence';
import type { LogSigner } from '../log/log-files.ts';
import type { NoteVerifier } from '../log/note.ts';

/** What signs a catalog: an Ed25519 key the log, an OpenPGP key the indices of clients. */
export interface CatalogSigner {
  readonly log: LogSigner;
  readonly openpgp: OpenPgpKey;
}

/** What a catalog is verified with. */
export interface CatalogKeys {
  readonly log: NoteVerifier;
  /** Armored. */
  readonly openpgp: string;
}

/** Where a catalog shows its public keys; they prove nothing by themselves. */
export const KEY_FILES = { log: 'keys/log.vkey', openpgp: 'keys/index.asc' } as const;
