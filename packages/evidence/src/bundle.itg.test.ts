import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testPorts } from '@golden-image/host/testing';
import { describe, expect, it } from '@jest/globals';
import { newKey } from '../test/keys.ts';
import {
  preAuthEncoding,
  signDataBundle,
  signDigestBundle,
  signStatementBundle,
  verifyDigestBundle,
  verifyStatementBundle,
} from './bundle.ts';
import { readPrivateKey } from './keys.ts';
import { commandSigner, keySigner } from './signer.ts';

const ports = testPorts();
const data = Buffer.from('the data');
const sha256 = createHash('sha256').update(data).digest('hex');
const read = async (): Promise<Buffer> => data;
const signerOf = (kind: 'ec-p256' | 'ec-p384' | 'rsa' | 'ed25519') =>
  keySigner(readPrivateKey(newKey(kind)), ports);

describe('bundles', () => {
  it.each(['ec-p256', 'ec-p384', 'rsa', 'ed25519'] as const)(
    'hold for %s, and for nothing else',
    async (kind) => {
      const signer = signerOf(kind);
      const bundle =
        kind === 'ed25519'
          ? await signDataBundle(signer, data, sha256)
          : await signDigestBundle(signer, sha256);
      await verifyDigestBundle(bundle, sha256, { publicKey: signer.publicKey }, read, ports);
      const statement = Buffer.from('{"a":1}');
      const dsse = await signStatementBundle(signer, statement);
      expect(verifyStatementBundle(dsse, { publicKey: signer.publicKey }).payload).toEqual(statement);

      const { publicKey } = signerOf(kind);
      const wrong = { code: 'signature-mismatch' };
      await expect(verifyDigestBundle(bundle, sha256, { publicKey }, read, ports)).rejects.toMatchObject(
        wrong,
      );
      expect(() => verifyStatementBundle(dsse, { publicKey })).toThrow(expect.objectContaining(wrong));
      await expect(
        verifyDigestBundle(bundle, 'b'.repeat(64), { publicKey: signer.publicKey }, read, ports),
      ).rejects.toMatchObject({ code: 'digest-mismatch' });
    },
  );

  it('are of version 0.3, with the hint beside the DSSE envelope and never in it (cosign 2.5 refuses that)', async () => {
    const signer = signerOf('ec-p256');
    const bundle = JSON.parse(await signStatementBundle(signer, data));
    expect(bundle.mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json');
    expect(bundle.verificationMaterial.publicKey.hint).toBe(signer.publicKey.hint);
    expect(bundle.dsseEnvelope.signatures).toHaveLength(1);
    expect(bundle.dsseEnvelope.signatures[0].keyid ?? '').toBe('');
  });

  it('are not taken for one another, nor anything else for a bundle', async () => {
    const signer = signerOf('ec-p256');
    const message = await signDigestBundle(signer, sha256);
    const dsse = await signStatementBundle(signer, data);
    const invalid = { code: 'invalid-bundle' };
    expect(() => verifyStatementBundle(message, { publicKey: signer.publicKey })).toThrow(
      expect.objectContaining(invalid),
    );
    await expect(
      verifyDigestBundle(dsse, sha256, { publicKey: signer.publicKey }, read, ports),
    ).rejects.toMatchObject(invalid);
    for (const text of ['', '{}', 'null', '[]']) {
      expect(() => verifyStatementBundle(text, { publicKey: signer.publicKey })).toThrow(
        expect.objectContaining(invalid),
      );
    }
    const other = dsse.replace('application/vnd.in-toto+json', 'application/json');
    expect(() => verifyStatementBundle(other, { publicKey: signer.publicKey })).toThrow(/not of type/);
  });

  it('encode a DSSE envelope as its specification does', () => {
    const example = preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
    expect(example.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  it('are not made from a digest by Ed25519', async () => {
    await expect(signDigestBundle(signerOf('ed25519'), sha256)).rejects.toMatchObject({
      code: 'unsupported-key',
    });
  });
});

describe('a kms command', () => {
  it('signs a digest that it gets as its last argument', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kms-'));
    try {
      const pem = newKey('ec-p256');
      await writeFile(path.join(folder, 'key.pem'), pem);
      const command = path.join(folder, 'kms');
      await writeFile(
        command,
        `#!/bin/sh\nprintf %s "$2" | sed 's/../\\\\x&/g' | xargs -0 printf '%b' | openssl pkeyutl -sign -inkey "$1" -pkeyopt digest:sha256 | base64\n`,
      );
      await chmod(command, 0o755);
      const { publicKey } = readPrivateKey(pem);
      const signer = commandSigner([command, path.join(folder, 'key.pem')], publicKey, ports);
      const bundle = await signDigestBundle(signer, sha256);
      await verifyDigestBundle(bundle, sha256, { publicKey }, read, ports);
      const dsse = await signStatementBundle(signer, data);
      expect(verifyStatementBundle(dsse, { publicKey }).payload).toEqual(data);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is refused when it prints something else, cannot be found or has an Ed25519 key', async () => {
    const { publicKey } = readPrivateKey(newKey('ec-p256'));
    await expect(commandSigner(['echo', 'signed!'], publicKey, ports).sign(data)).rejects.toMatchObject({
      code: 'invalid-signature',
    });
    await expect(commandSigner(['no-such-kms'], publicKey, ports).sign(data)).rejects.toMatchObject({
      code: 'no-such-kms',
    });
    const ed25519 = readPrivateKey(newKey('ed25519')).publicKey;
    expect(() => commandSigner(['kms'], ed25519, ports)).toThrow(
      expect.objectContaining({ code: 'unsupported-key' }),
    );
    expect(() => commandSigner([], publicKey, ports)).toThrow(
      expect.objectContaining({ code: 'unsupported-key' }),
    );
  });
});
