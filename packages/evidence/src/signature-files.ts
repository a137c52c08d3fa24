import path from 'node:path';

/** Where signing puts what; all names are relative to the folder `signatures`. */
export const signatureFiles = {
  /** A detached, armored OpenPGP signature, named as Ubuntu names it. */
  openpgpDetached: (list: string) => `${list}.gpg`,
  openpgpClear: (list: string) => `${list}.clearsigned`,
  /** Raw signature for `openssl dgst -sha256 -verify`. */
  openssl: (file: string) => `${path.basename(file)}.sig`,
  /** Image properties for OpenStack Glance. */
  glance: (file: string) => `${path.basename(file)}.glance.json`,
  minisign: (file: string) => `${path.basename(file)}.minisig`,
  sigstore: (file: string) => `${path.basename(file)}.sigstore.json`,
  statement: (name: string) => `${name}.intoto.sigstore.json`,
  /** All public keys of the run in one file. */
  allKeys: 'keys/all.asc',
  publicKey: 'keys/sigstore.pub',
  openpgpKey: 'keys/openpgp.asc',
  minisignKey: 'keys/minisign.pub',
  /** Who vouches for keyless signatures. */
  trustedRoot: 'keys/trusted-root.json',
  /** For cosign, which insists on a trusted root even with a key. */
  noTrustedRoot: 'keys/no-trusted-root.json',
} as const;

/** The name of the statement in a bundle's file name, when it is one. */
export function statementName(file: string): string | undefined {
  return /^([A-Za-z0-9][A-Za-z0-9._+-]*)\.intoto\.sigstore\.json$/.exec(file)?.[1];
}
