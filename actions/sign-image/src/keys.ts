import type { InputsOf } from '@golden-image/action-kit';
import {
  commandSigner,
  keyMaterial,
  keySigner,
  type OpenPgpKey,
  type PublicKey,
  readOpenPgpKey,
  readPrivateKey,
  readPublicKey,
  type Signer,
  splitPublicKeys,
} from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import type { definition } from './definition.ts';

type Inputs = InputsOf<typeof definition>;

/**
 * The signers that the inputs ask for.
 *
 * @throws UserError `key-missing` for a method without its key, and those of the key readers
 */
export async function signers(
  inputs: Inputs,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<{ readonly signer: Signer | undefined; readonly openpgp: OpenPgpKey | undefined }> {
  const methods = inputs.method ?? [
    ...(inputs.key || inputs.kms ? ['key'] : []),
    ...(inputs['openpgp-key'] ? ['openpgp'] : []),
  ];
  const wants = (method: string): boolean => methods.includes(method);
  return {
    signer: wants('key') ? await keyMethod(inputs, ports) : undefined,
    openpgp: wants('openpgp') ? await openpgpMethod(inputs, ports) : undefined,
  };
}

async function keyMethod(inputs: Inputs, ports: Pick<Ports, 'exec' | 'log'>): Promise<Signer> {
  if (inputs.kms) {
    const { publicKey } = await trustedKeys(inputs);
    if (!publicKey) {
      throw keyMissing('kms', 'public-key');
    }
    return commandSigner(inputs.kms.split(/\s+/), publicKey, ports);
  }
  if (!inputs.key) {
    throw keyMissing('key', 'key');
  }
  const pem = await keyMaterial(inputs.key, 'key');
  ports.log.mask(pem);
  return keySigner(readPrivateKey(pem, inputs.passphrase), ports);
}

async function openpgpMethod(inputs: Inputs, ports: Pick<Ports, 'log'>): Promise<OpenPgpKey> {
  if (!inputs['openpgp-key']) {
    throw keyMissing('openpgp', 'openpgp-key');
  }
  const armored = await keyMaterial(inputs['openpgp-key'], 'openpgp-key');
  ports.log.mask(armored);
  return readOpenPgpKey(armored, inputs['openpgp-passphrase']);
}

/** The public keys of the input `public-key`. */
export async function trustedKeys(
  inputs: Inputs,
): Promise<{ readonly publicKey: PublicKey | undefined; readonly openpgpKey: string | undefined }> {
  const value = inputs['public-key'];
  if (!value) {
    return { publicKey: undefined, openpgpKey: undefined };
  }
  const keys = splitPublicKeys(await keyMaterial(value, 'public-key'));
  if (!keys.pem && !keys.openpgp) {
    throw new UserError('public-key holds no public key', {
      code: 'invalid-key',
      fix: 'Pass a PEM public key, an OpenPGP public key block, or both.',
    });
  }
  return { publicKey: keys.pem ? readPublicKey(keys.pem) : undefined, openpgpKey: keys.openpgp };
}

function keyMissing(method: string, input: string): UserError {
  return new UserError(`The method ${method} needs the input ${input}`, {
    code: 'key-missing',
    fix: `Pass ${input} from a secret, or leave the method out.`,
  });
}
