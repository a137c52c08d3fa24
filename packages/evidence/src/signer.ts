import { createHash, randomBytes, sign } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type HostTool, type Ports, UserError, withTemporaryFolder } from '@golden-image/host';
import type { PrivateKey, PublicKey } from './keys.ts';
import type { Witness } from './sigstore/witness.ts';

/** Programs that signing from a digest and its verification need. */
export const SIGNING_TOOLS: readonly HostTool[] = [{ command: 'openssl', package: 'openssl' }];

/** How RSA pads; other keys ignore it. PSS has the longest salt, as OpenStack wants it. */
export type Padding = 'pkcs1' | 'pss';

const paddingOptions: Readonly<Record<Padding, readonly string[]>> = {
  pkcs1: [],
  pss: ['-pkeyopt', 'rsa_padding_mode:pss', '-pkeyopt', 'rsa_pss_saltlen:max'],
};

/** Signs with SHA-256 (Ed25519: with its own hash), the form that cosign and `openssl dgst -sha256` verify. */
export interface Signer {
  readonly publicKey: PublicKey;
  /** A signature over data that fits in memory. */
  sign(data: Uint8Array): Promise<Buffer>;
  /** The same signature from the SHA-256 digest of the data; Ed25519 cannot: it hashes the data twice. */
  readonly signDigest: ((sha256: Uint8Array, padding?: Padding) => Promise<Buffer>) | undefined;
  /** Keyless: binds the key to an identity, for minutes. */
  readonly certificate?: SigningCertificate;
  /** Add proofs of time and of publication to each bundle. */
  readonly witnesses?: readonly Witness[];
}

/** A short-lived certificate of a sigstore certificate authority. */
export interface SigningCertificate {
  readonly pem: string;
  readonly der: Buffer;
  /** The subject alternative name: a workflow's URL, an e-mail address. */
  readonly subject: string;
  /** The OIDC issuer that vouches for it. */
  readonly issuer: string;
  /** URL of the repository whose job signed, where the issuer knows it. */
  readonly repository?: string;
}

/** A signer with a key in memory. */
export function keySigner(key: PrivateKey, ports: Pick<Ports, 'exec'>): Signer {
  const ed25519 = key.publicKey.kind === 'ed25519';
  return {
    publicKey: key.publicKey,
    sign: async (data) => sign(ed25519 ? null : 'sha256', data, key.key),
    signDigest: ed25519
      ? undefined
      : (sha256, padding = 'pkcs1') => signDigestWithOpenssl(key, sha256, padding, ports),
  };
}

/**
 * A signer whose key stays elsewhere (HSM, cloud KMS): `command` gets the SHA-256 digest in hex as its last
 * argument and prints the signature in base64: DER for EC keys, PKCS #1 v1.5 for RSA.
 *
 * @throws UserError `unsupported-key` for Ed25519
 */
export function commandSigner(
  command: readonly string[],
  publicKey: PublicKey,
  ports: Pick<Ports, 'exec'>,
): Signer {
  const [program, ...args] = command;
  if (!program || publicKey.kind === 'ed25519') {
    throw new UserError('A kms command needs a program and an EC or RSA public key', {
      code: 'unsupported-key',
      fix: 'Name the command, and pass its public key (EC P-256, P-384 or RSA): Ed25519 does not sign digests.',
    });
  }
  const signDigest = async (sha256: Uint8Array, padding: Padding = 'pkcs1'): Promise<Buffer> => {
    if (padding === 'pss') {
      throw new UserError('A kms command signs with PKCS #1 v1.5, OpenStack wants RSA-PSS', {
        code: 'unsupported-key',
        fix: 'Use an EC P-384 key in the KMS for the method glance.',
      });
    }
    const hex = Buffer.from(sha256).toString('hex');
    const { stdout } = await ports.exec({ command: program, args: [...args, hex], timeoutMs: 120_000 });
    const text = stdout.replace(/\s+/g, '');
    if (!/^[A-Za-z0-9+/]{40,}={0,2}$/.test(text)) {
      throw new UserError(`${program} did not print a signature in base64`, {
        code: 'invalid-signature',
        fix: 'The kms command must print the base64 of the signature, and nothing else, to standard output.',
      });
    }
    return Buffer.from(text, 'base64');
  };
  return { publicKey, signDigest, sign: (data) => signDigest(createHash('sha256').update(data).digest()) };
}

/**
 * node:crypto signs data, not digests; `openssl pkeyutl` does. The key reaches it encrypted under a passphrase
 * made for this one call, which passes through standard input.
 */
function signDigestWithOpenssl(
  key: PrivateKey,
  sha256: Uint8Array,
  padding: Padding,
  ports: Pick<Ports, 'exec'>,
): Promise<Buffer> {
  return withTemporaryFolder('sign', async (folder) => {
    const passphrase = randomBytes(32).toString('hex');
    const keyFile = path.join(folder, 'key.pem');
    const digestFile = path.join(folder, 'digest');
    const signatureFile = path.join(folder, 'signature');
    const pem = key.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
    await writeFile(keyFile, pem, { mode: 0o600 });
    await writeFile(digestFile, sha256);
    await ports.exec({
      command: 'openssl',
      args: [
        ...['pkeyutl', '-sign', '-inkey', keyFile, '-passin', 'stdin', '-pkeyopt', 'digest:sha256'],
        ...paddingOptions[padding],
        ...['-in', digestFile, '-out', signatureFile],
      ],
      input: `${passphrase}\n`,
    });
    return readFile(signatureFile);
  });
}

/** Whether `signature` is the key's over data with this SHA-256 digest (EC and RSA keys). */
export function verifyDigestSignature(
  key: PublicKey,
  sha256: Uint8Array,
  signature: Uint8Array,
  ports: Pick<Ports, 'exec'>,
  padding: Padding = 'pkcs1',
): Promise<boolean> {
  if (key.kind === 'ed25519') {
    return Promise.resolve(false);
  }
  return withTemporaryFolder('verify', async (folder) => {
    const files = { key: 'key.pem', digest: 'digest', signature: 'signature' };
    const at = (name: keyof typeof files): string => path.join(folder, files[name]);
    await writeFile(at('key'), key.pem);
    await writeFile(at('digest'), sha256);
    await writeFile(at('signature'), signature);
    const { code } = await ports.exec({
      command: 'openssl',
      args: [
        ...['pkeyutl', '-verify', '-pubin', '-inkey', at('key'), '-pkeyopt', 'digest:sha256'],
        ...paddingOptions[padding],
        ...['-in', at('digest'), '-sigfile', at('signature')],
      ],
      okCodes: 'any',
    });
    return code === 0;
  });
}
