import type { InputsOf } from '@golden-image/action-kit';
import {
  type CatalogKeys,
  type CatalogSigner,
  type NoteVerifier,
  noteVerifier,
  parseVerifier,
} from '@golden-image/catalog';
import {
  keyMaterial,
  type PublicKey,
  readOpenPgpKey,
  readPrivateKey,
  readPublicKey,
} from '@golden-image/evidence';
import { type Log, UserError } from '@golden-image/host';
import type { definition } from './definition.ts';

type Inputs = InputsOf<typeof definition>;

const blocks = (text: string, label: string): readonly string[] =>
  [...text.matchAll(new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`, 'g'))].map(
    ([block]) => block,
  );

/**
 * What signs the catalog.
 *
 * @param name of the log, when it is new
 * @throws UserError `key-missing` and those of the key readers
 */
export async function catalogSigner(inputs: Inputs, name: string, log: Log): Promise<CatalogSigner> {
  const text = inputs.key ? await keyMaterial(inputs.key, 'key') : '';
  log.mask(text);
  const pem = blocks(text, '(?:ENCRYPTED )?PRIVATE KEY')[0];
  const openpgp = blocks(text, 'PGP PRIVATE KEY BLOCK')[0];
  if (!pem || !openpgp) {
    throw new UserError(
      `${inputs.command} needs both signing keys, and ${pem ? 'the OpenPGP key' : 'the Ed25519 key'} is missing in key`,
      {
        code: 'key-missing',
        fix: 'Pass from a secret a PEM Ed25519 key (`openssl genpkey -algorithm ed25519`) and an OpenPGP secret key (`gpg --armor --export-secret-keys`), after one another.',
      },
    );
  }
  const key = readPrivateKey(pem, inputs.passphrase);
  return {
    log: { verifier: noteVerifier(name, key.publicKey.key), privateKey: key.key },
    openpgp: await readOpenPgpKey(openpgp, inputs.passphrase),
  };
}

/** The keys in the input `public-key`: those that sign evidence, and those of a catalog. */
export async function publicKeys(inputs: Inputs): Promise<{
  readonly evidence: readonly PublicKey[];
  readonly logKey: (name: string) => NoteVerifier | undefined;
  readonly openpgp: string | undefined;
}> {
  const value = inputs['public-key'];
  const line = /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/m;
  const text = value ? (line.test(value) ? value : await keyMaterial(value, 'public-key')) : '';
  const keys = blocks(text, '(?:RSA )?PUBLIC KEY').map(readPublicKey);
  const written = line.exec(text)?.[0];
  const ed25519 = keys.find(({ kind }) => kind === 'ed25519');
  return {
    evidence: keys,
    logKey: (name) => (written ? parseVerifier(written) : ed25519 && noteVerifier(name, ed25519.key)),
    openpgp: blocks(text, 'PGP PUBLIC KEY BLOCK')[0],
  };
}

/** @throws UserError `key-missing` */
export async function catalogKeys(inputs: Inputs, name: string, log: Log): Promise<CatalogKeys> {
  const { logKey, openpgp } = await publicKeys(inputs);
  const verifier = logKey(name);
  if (verifier && openpgp) {
    return { log: verifier, openpgp };
  }
  if (inputs.key) {
    const signer = await catalogSigner(inputs, name, log);
    return { log: signer.log.verifier, openpgp: signer.openpgp.publicKey };
  }
  throw new UserError(`${inputs.command} needs the public keys of the catalog`, {
    code: 'key-missing',
    fix: 'Pass public-key with the key of the log (name+id+key, or PEM) and the OpenPGP key of the indices, got from elsewhere than the catalog; or key.',
  });
}
