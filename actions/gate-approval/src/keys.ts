import type { InputsOf } from '@golden-image/action-kit';
import {
  keyMaterial,
  keySigner,
  type PublicKey,
  readPrivateKey,
  readPublicKey,
  type Signer,
  splitPublicKeys,
} from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import type { definition } from './definition.ts';

type Inputs = InputsOf<typeof definition>;

/** The keys of the input `public-key`; without it nothing is trusted, and the decision says so. */
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
