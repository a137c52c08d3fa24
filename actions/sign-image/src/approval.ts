import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { keyMaterial, readTrustedKeys } from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import type { ImageSource } from '@golden-image/image-folder';
import type { Inputs } from './outcome.ts';

/**
 * What refuses every disk that gate-approval did not approve; undefined where no approval is required.
 *
 * @throws UserError `invalid-input`, `key-missing`, `invalid-key`, `not-approved` without a summary, and those of the key reader; the
 *   returned function `not-approved`
 */
export async function requiredApproval(
  image: ImageSource,
  inputs: Inputs,
  ports: Pick<Ports, 'clock'>,
): Promise<((sha256: string) => void) | undefined> {
  const { vsa, 'approval-key': key } = inputs;
  if (!inputs['require-approval']) {
    // Not ignored: who passes them believes that they are looked at.
    if (vsa || key) {
      throw new UserError('vsa and approval-key are for require-approval, which is false', {
        code: 'invalid-input',
        fix: 'Set require-approval: true, or leave them out.',
      });
    }
    return undefined;
  }
  if (!key) {
    throw new UserError('require-approval needs the input approval-key', {
      code: 'key-missing',
      fix: 'Pass the public key of the gate (of what its input signing holds), got from elsewhere than the image itself.',
    });
  }
  const { publicKey } = readTrustedKeys(await keyMaterial(key, 'approval-key'), 'approval-key');
  if (!publicKey) {
    throw new UserError('approval-key holds no PEM public key', {
      code: 'invalid-key',
      fix: 'The gate signs with a PEM key: pass its public half (`openssl pkey -in key.pem -pubout`).',
    });
  }
  const bundle = await summaryText(vsa ?? path.join(image.folder, 'release/vsa.intoto.sigstore.json'));
  const { checkApproval } = await import('@golden-image/policy');
  return (sha256) => {
    const { name, version } = image;
    const now = ports.clock.now();
    checkApproval({ bundle, keys: [publicKey], disk: { sha256 }, image: name, version, now });
  };
}

async function summaryText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(`There is no signed verification summary at ${file}: the image is not approved`, {
      code: 'not-approved',
      fix: 'Run gate-approval in release mode, with the input signing, on this image folder before.',
      cause,
    });
  });
}
