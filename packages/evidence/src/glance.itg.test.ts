import { createHash } from 'node:crypto';
import { testPorts } from '@golden-image/host/testing';
import { describe, expect, it } from '@jest/globals';
import { newKey } from '../test/keys.ts';
import { signGlance, verifyGlance } from './glance.ts';
import { readPrivateKey } from './keys.ts';
import { keySigner } from './signer.ts';

const ports = testPorts();
const sha256 = createHash('sha256').update('a disk').digest('hex');
const signerOf = (kind: 'rsa' | 'ec-p384' | 'ec-p256') => keySigner(readPrivateKey(newKey(kind)), ports);

describe('properties for Glance', () => {
  it.each(['rsa', 'ec-p384'] as const)(
    'hold for the %s key and the disk, and for nothing else',
    async (kind) => {
      const signer = signerOf(kind);
      const text = await signGlance(signer, sha256);
      await verifyGlance(text, sha256, signer.publicKey, ports);
      const mismatch = { code: 'signature-mismatch' };
      const { publicKey } = signerOf(kind);
      await expect(verifyGlance(text, sha256, publicKey, ports)).rejects.toMatchObject(mismatch);
      await expect(verifyGlance(text, 'b'.repeat(64), signer.publicKey, ports)).rejects.toMatchObject(
        mismatch,
      );
    },
  );

  it('name the key type that made the signature: Glance goes by it', async () => {
    const signer = signerOf('rsa');
    // A good signature as such, but not with the padding that the type stands for.
    const signature = await signer.signDigest?.(Buffer.from(sha256, 'hex'), 'pkcs1');
    for (const type of ['ECC_SECP384R1', 'RSA-PSS']) {
      const text = JSON.stringify({
        img_signature: signature?.toString('base64'),
        img_signature_hash_method: 'SHA-256',
        img_signature_key_type: type,
      });
      await expect(verifyGlance(text, sha256, signer.publicKey, ports)).rejects.toMatchObject({
        code: 'signature-mismatch',
      });
    }
  });

  it('are not made with a key that Glance does not take, nor read in another form', async () => {
    await expect(signGlance(signerOf('ec-p256'), sha256)).rejects.toMatchObject({ code: 'unsupported-key' });
    const signer = signerOf('ec-p384');
    const value = JSON.parse(await signGlance(signer, sha256));
    for (const other of [{ ...value, img_signature_hash_method: 'MD5' }, { ...value, more: 1 }, [], null]) {
      await expect(
        verifyGlance(JSON.stringify(other), sha256, signer.publicKey, ports),
      ).rejects.toMatchObject({ code: 'invalid-properties' });
    }
  });
});
