import { type InputsOf, jobIdentity } from '@golden-image/action-kit';
import {
  commandSigner,
  fetchTrustedRoots,
  givenRoots,
  type Keyless,
  keylessSigner,
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
  serviceUrl,
  timestampWitness,
  type Witness,
} from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import type { definition } from './definition.ts';
import { sigstoreInstance } from './instance.ts';

type Inputs = InputsOf<typeof definition>;
type SignerPorts = Pick<Ports, 'exec' | 'log' | 'fetch' | 'signal' | 'clock'>;

/** The audience of tokens for sigstore's certificate authorities. */
const AUDIENCE = 'sigstore';

/**
 * The signers that the inputs ask for, and who vouches for what they make.
 *
 * @throws UserError `key-missing` for a method without its key, and those of the key readers
 */
export async function signers(
  inputs: Inputs,
  ports: SignerPorts,
): Promise<Pick<SignRequest, 'signer' | 'keyless' | 'trustedRoots' | 'glance' | 'openpgp' | 'minisign'>> {
  const methods = inputs.method ?? [
    ...(inputs.key || inputs.kms ? ['key'] : []),
    ...(inputs['openpgp-key'] ? ['openpgp'] : []),
    ...(inputs['minisign-key'] ? ['minisign'] : []),
  ];
  const wants = (method: string): boolean => methods.includes(method);
  const witnesses = timestampAuthority(inputs, ports);
  return {
    glance: wants('glance'),
    keyless: wants('sigstore-keyless') ? await keylessMethod(inputs, witnesses, ports) : undefined,
    trustedRoots: await roots(inputs, wants('sigstore-keyless'), ports),
    signer: wants('key') || wants('glance') ? { ...(await keyMethod(inputs, ports)), witnesses } : undefined,
    openpgp: wants('openpgp') ? await openpgpMethod(inputs, ports) : undefined,
    minisign: wants('minisign') ? await minisignMethod(inputs, ports) : undefined,
  };
}

/** Who vouches for certificates and timestamps: what is given, else the public good instance. */
async function roots(
  inputs: Inputs,
  keyless: boolean,
  ports: SignerPorts,
): Promise<SignRequest['trustedRoots']> {
  return (await givenRoots(inputs['trusted-root'])) ?? (keyless ? await fetchTrustedRoots(ports) : undefined);
}

function timestampAuthority(inputs: Inputs, ports: SignerPorts): readonly Witness[] {
  const url = inputs['timestamp-authority'];
  if (!url) {
    return [];
  }
  if (!inputs['trusted-root']) {
    throw new UserError(
      'timestamp-authority needs trusted-root: nothing else says whose timestamps to believe',
      {
        code: 'trusted-root-missing',
        fix: "Pass a trusted root with the authority's certificates: `cosign trusted-root create --timestamp-certificate-chain chain.pem`.",
      },
    );
  }
  return [timestampWitness(serviceUrl(url), ports)];
}

async function keylessMethod(
  inputs: Inputs,
  witnesses: readonly Witness[],
  ports: SignerPorts,
): Promise<Keyless> {
  const token = jobIdentity();
  const endpoints = await sigstoreInstance(inputs['sigstore-endpoints'], ports.clock.now());
  if (endpoints.name !== 'public-good' && !inputs['trusted-root']) {
    throw new UserError(`Signing keyless with ${endpoints.name} needs trusted-root`, {
      code: 'trusted-root-missing',
      fix: 'Pass the trusted root of that instance, so that what is signed can be verified: `gh attestation trusted-root` for GitHub, `cosign trusted-root create` for a private one.',
    });
  }
  return {
    instance: endpoints.name,
    logged: endpoints.rekor !== undefined,
    open: () => keylessSigner({ endpoints, token: () => token(AUDIENCE), witnesses }, ports),
  };
}

async function keyMethod(inputs: Inputs, ports: SignerPorts): Promise<Signer> {
  if (inputs.kms) {
    const given = inputs['public-key'];
    const { publicKey } = given ? readTrustedKeys(await keyMaterial(given, 'public-key'), 'public-key') : {};
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

async function openpgpMethod(inputs: Inputs, ports: SignerPorts): Promise<OpenPgpKey> {
  if (!inputs['openpgp-key']) {
    throw keyMissing('openpgp', 'openpgp-key');
  }
  const armored = await keyMaterial(inputs['openpgp-key'], 'openpgp-key');
  ports.log.mask(armored);
  return readOpenPgpKey(armored, inputs['openpgp-passphrase']);
}

async function minisignMethod(inputs: Inputs, ports: SignerPorts): Promise<MinisignKey> {
  if (!inputs['minisign-key']) {
    throw keyMissing('minisign', 'minisign-key');
  }
  const text = await keyMaterial(inputs['minisign-key'], 'minisign-key');
  ports.log.mask(text);
  return readMinisignKey(text, inputs['minisign-passphrase']);
}

function keyMissing(method: string, input: string): UserError {
  return new UserError(`The method ${method} needs the input ${input}`, {
    code: 'key-missing',
    fix: `Pass ${input} from a secret, or leave the method out.`,
  });
}
