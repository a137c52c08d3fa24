/**
 * Everything that needs openpgp.js, which takes a good part of the action's start to load: `await import` it where there
 * is a signature to check.
 */
export { readClearsigned, readDetached, readSignaturePackets } from './openpgp-signature.ts';
export { verifySignatures } from './openpgp-verify.ts';
export { pinnedKeys } from './pinned-keys.ts';
