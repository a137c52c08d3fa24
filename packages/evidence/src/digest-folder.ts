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

/** Digests of every artefact of an image folder, for those named in `blake2b` this one too; each file is read once. */
export async function digestFolder(
  folder: string,
  ports: Pick<Ports, 'log' | 'signal'>,
  blake2b: readonly string[] = [],
): Promise<FolderDigests> {
  const digests = new Map<string, ArtefactDigests>();
  for (const name of await listArtefacts(folder)) {
    const extra = blake2b.includes(name) ? (['blake2b512'] as const) : [];
    const { hex, bytes } = await digestBoundFile(path.join(folder, name), ['sha256', 'sha512', ...extra], {
      signal: ports.signal,
      onBytes: (done) => ports.log.progress({ label: `Hash ${name}`, done, unit: 'bytes' }),
    });
    digests.set(name, { ...hex, bytes });
  }
  return digests;
}
