import { generateKeyPairSync } from 'node:crypto';
import * as openpgp from 'openpgp';

type Kind = 'ec-p256' | 'ec-p384' | 'rsa' | 'ed25519' | 'ec-p521' | 'rsa-1024' | 'x25519';

const generators: Readonly<Record<Kind, () => { privateKey: { export: (o: object) => string | Buffer } }>> = {
  'ec-p256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'ec-p384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'ec-p521': () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'rsa-1024': () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
  ed25519: () => generateKeyPairSync('ed25519'),
  x25519: () => generateKeyPairSync('x25519'),
} as never;

/** A new private key in PEM (PKCS #8). */
export function newKey(kind: Kind, passphrase?: string): string {
  const cipher = passphrase ? { cipher: 'aes-256-cbc', passphrase } : {};
  return generators[kind]()
    .privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher })
    .toString();
}

/** A new OpenPGP key, armored. `ed25519` is the form that GnuPG reads, `curve25519` the one that it does not. */
export async function newOpenPgpKey(
  kind: 'ed25519' | 'curve25519' | 'rsa' = 'ed25519',
  passphrase?: string,
): Promise<{ readonly secret: string; readonly public: string }> {
  const type = {
    ed25519: { type: 'ecc', curve: 'ed25519Legacy' },
    curve25519: { type: 'curve25519' },
    rsa: { type: 'rsa', rsaBits: 2048 },
  }[kind] as object;
  const key = await openpgp.generateKey({
    ...type,
    userIDs: [{ name: 'Golden Image Test', email: 'test@example.org' }],
    format: 'armored',
    // An hour ago: clients compare whole seconds.
    date: new Date(Date.now() - 3_600_000),
    ...(passphrase ? { passphrase } : {}),
  });
  return { secret: key.privateKey, public: key.publicKey };
}
