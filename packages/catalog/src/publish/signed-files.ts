import { canonicalClear, signClear, verifyClear } from '@golden-image/evidence';
import { verifierText } from '../log/note.ts';
import type { Snapshot } from '../store/store.ts';
import { STREAMS_FOLDER, signedText } from '../streams/streams.ts';
import { type CatalogSigner, KEY_FILES } from './keys.ts';

/** The clearsigned counterpart of a file of the streams. */
export function signedPath(path: string): string {
  return path.replace(/\.json$/, '.sjson');
}

export function isStream(path: string): boolean {
  return path.startsWith(`${STREAMS_FOLDER}/`) && path.endsWith('.json');
}

/**
 * The signed streams and the public keys, by path. A signature that is there and still holds is kept, so that a file
 * changes only when its content does.
 */
export async function signedFiles(
  rendered: ReadonlyMap<string, Uint8Array>,
  before: Snapshot,
  signer: CatalogSigner,
  now: Date,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>([
    [KEY_FILES.log, Buffer.from(`${verifierText(signer.log.verifier)}\n`)],
    [KEY_FILES.openpgp, Buffer.from(signer.openpgp.publicKey)],
  ]);
  for (const [path, data] of rendered) {
    if (isStream(path)) {
      const text = signedText(Buffer.from(data).toString('utf8'));
      const old = await before.read(signedPath(path));
      const kept =
        old && (await holds(signer.openpgp.publicKey, old.toString('utf8'), text, now)) ? old : undefined;
      files.set(signedPath(path), kept ?? Buffer.from(await signClear(signer.openpgp, text, now)));
    }
  }
  return files;
}

/** Whether a clearsigned text is by this key, carries exactly the expected one, and nothing else. */
export async function holds(
  publicKey: string,
  clearsigned: string,
  expected: string,
  now: Date,
): Promise<boolean> {
  try {
    await verifyClear(publicKey, clearsigned, expected, now);
    return (await canonicalClear(clearsigned)) === clearsigned;
  } catch {
    return false;
  }
}
