import type { InputsOf } from '@golden-image/action-kit';
import {
  commandSigner,
  keyMaterial,
  keySigner,
  type MinisignKey,
  type OpenPgpKey,
  readMinisignKey,
  readOpenPgpKey,
  readPrivateKey,
  readTrustedKeys,
  type Signer,
  type SignRequest,
  type TrustedKeys,
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
): Promise<Pick<SignRequest, 'signer' | 'glance' | 'openpgp' | 'minisign'>> {
  const methods = inputs.method ?? [
    ...(inputs.key || inputs.kms ? ['key'] : []),
    ...(inputs['openpgp-key'] ? ['openpgp'] : []),
    ...(inputs['minisign-key'] ? ['minisign'] : []),
  ];
  const wants = (method: string): boolean => methods.includes(method);
  return {
    glance: wants('glance'),
    signer: wants('key') || wants('glance') ? await keyMethod(inputs, ports) : undefined,
    openpgp: wants('openpgp') ? await openpgpMethod(inputs, ports) : undefined,
    minisign: wants('minisign') ? await minisignMethod(inputs, ports) : undefined,
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

async function minisignMethod(inputs: Inputs, ports: Pick<Ports, 'log'>): Promise<MinisignKey> {
  if (!inputs['minisign-key']) {
    throw keyMissing('minisign', 'minisign-key');
  }
  const text = await keyMaterial(inputs['minisign-key'], 'minisign-key');
  ports.log.mask(text);
  return readMinisignKey(text, inputs['minisign-passphrase']);
}

/** The public keys of the input `public-key`; none when it is not set. */
export async function trustedKeys(inputs: Inputs): Promise<TrustedKeys> {
  const value = inputs['public-key'];
  return value ? readTrustedKeys(await keyMaterial(value, 'public-key'), 'public-key') : {};
}

function keyMissing(method: string, input: string): UserError {
  return new UserError(`The method ${method} needs the input ${input}`, {
    code: 'key-missing',
    fix: `Pass ${input} from a secret, or leave the method out.`,
  });
}
