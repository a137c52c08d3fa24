/** Begins a clearsigned text (RFC 9580 section 7). */
export const CLEAR_BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';

/** Whether a text carries a clearsigned block. */
export function isClearsigned(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).toString('latin1').split(/\r?\n/).includes(CLEAR_BEGIN);
}
