import type { InputsOf } from '@golden-image/action-kit';
import {
  keyMaterial,
  keySigner,
  readPrivateKey,
  readTrustedKeys,
  type Signer,
  type TrustedKeys,
} from '@golden-image/evidence';
import type { Ports } from '@golden-image/host';
import type { definition } from './definition.ts';

type Inputs = InputsOf<typeof definition>;

/** The keys of the input `public-key`; without it nothing is trusted, and the decision says so. */
export async function trustedKeys(inputs: Inputs): Promise<TrustedKeys> {
  const value = inputs['public-key'];
  return value ? readTrustedKeys(await keyMaterial(value, 'public-key'), 'public-key') : {};
}

/** Who signs the verification summary. */
export async function summarySigner(
  inputs: Inputs,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<Signer | undefined> {
  if (!inputs.signing) {
    return undefined;
  }
  const pem = await keyMaterial(inputs.signing, 'signing');
  ports.log.mask(pem);
  return keySigner(readPrivateKey(pem, inputs['signing-passphrase']), ports);
}
