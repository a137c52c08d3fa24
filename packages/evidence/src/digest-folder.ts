import path from 'node:path';
import type { Ports } from '@golden-image/host';
import { digestBoundFile } from './bound-file.ts';
import { listArtefacts } from './checksums.ts';

/** Digests of one artefact, lower-case hex. */
export interface ArtefactDigests {
  readonly sha256: string;
  readonly sha512: string;
  /** Only where minisign needs it. */
  readonly blake2b512?: string;
  readonly bytes: number;
}

/** Relative file name to its digests. */
export type FolderDigests = ReadonlyMap<string, ArtefactDigests>;

export interface DigestOptions {
  /** Files, relative to the folder, whose BLAKE2b digest is wanted too. */
  readonly blake2b?: readonly string[];
  /** Files to digest, relative to the folder; default: every artefact in it. */
  readonly artefacts?: readonly string[] | undefined;
}

/**
 * Digests of the artefacts of an image folder; each file is read once.
 *
 * @throws UserError those of `digestBoundFile` and `listArtefacts`
 */
export async function digestFolder(
  folder: string,
  ports: Pick<Ports, 'log' | 'signal'>,
  { blake2b = [], artefacts }: DigestOptions = {},
): Promise<FolderDigests> {
  const digests = new Map<string, ArtefactDigests>();
  for (const name of artefacts ?? (await listArtefacts(folder))) {
    const extra = blake2b.includes(name) ? (['blake2b512'] as const) : [];
    const { hex, bytes } = await digestBoundFile(path.join(folder, name), ['sha256', 'sha512', ...extra], {
      signal: ports.signal,
      onBytes: (done) => ports.log.progress({ label: `Hash ${name}`, done, unit: 'bytes' }),
    });
    digests.set(name, { ...hex, bytes });
  }
  return digests;
}
