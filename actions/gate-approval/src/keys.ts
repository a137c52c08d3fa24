import type { InputsOf } from '@golden-image/action-kit';
import {
  keyMaterial,
  keySigner,
  readPrivateKey,
  readTrust,
  type Signer,
  type TrustedKeys,
} from '@golden-image/evidence';
import type { Ports } from '@golden-image/host';
import type { definition } from './definition.ts';

type Inputs = InputsOf<typeof definition>;

/** The keys and the identity that are trusted; without any nothing is, and the decision says so. */
export function trustedKeys(inputs: Inputs, ports: Pick<Ports, 'log'>): Promise<TrustedKeys> {
  const { 'public-key': publicKey, identity, issuer, 'trusted-root': trustedRoot } = inputs;
  return readTrust({ publicKey, identity, issuer, trustedRoot }, ports);
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
