import { createPublicKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newKey, newOpenPgpKey } from '../test/keys.ts';
import { keyMaterial, splitPublicKeys } from './key-material.ts';
import { readPrivateKey, readPublicKey } from './keys.ts';

const publicOf = (pem: string): string =>
  createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();

describe('private keys', () => {
  it.each(['ec-p256', 'ec-p384', 'rsa', 'ed25519'] as const)('%s, encrypted or not', (kind) => {
    expect(readPrivateKey(newKey(kind)).publicKey.kind).toBe(kind);
    const pem = newKey(kind, 'secret');
    const key = readPrivateKey(pem, 'secret');
    expect(key.publicKey.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(() => readPrivateKey(pem)).toThrow(expect.objectContaining({ code: 'passphrase-missing' }));
    expect(() => readPrivateKey(pem, 'wrong')).toThrow(expect.objectContaining({ code: 'wrong-passphrase' }));
  });

  it.each([
    ['ec-p521', 'unsupported-key'],
    ['rsa-1024', 'unsupported-key'],
    ['x25519', 'unsupported-key'],
  ] as const)('%s is refused', (kind, code) => {
    expect(() => readPrivateKey(newKey(kind))).toThrow(expect.objectContaining({ code }));
  });

  it('never shows the key in an error', () => {
    const pem = newKey('rsa').replace(/[A-Z]/, '*');
    const line = pem.split('\n')[3] ?? '';
    try {
      readPrivateKey(pem);
      throw new Error('not refused');
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid-key' });
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(line);
    }
  });

  it("names cosign's own form", () => {
    const pem =
      '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nxx\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n';
    expect(() => readPrivateKey(pem)).toThrow(/cosign's own encrypted form/);
  });
});

describe('public keys', () => {
  it('have the hint that cosign gives them: SHA-256 of the DER form in base64', () => {
    const pem = publicOf(newKey('ec-p256'));
    const key = readPublicKey(pem);
    expect(Buffer.from(key.hint, 'base64').toString('hex')).toBe(key.fingerprint);
    expect(readPublicKey(key.pem).fingerprint).toBe(key.fingerprint);
  });

  it.each(['', 'text', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'])(
    'refuses %j',
    (pem) => {
      expect(() => readPublicKey(pem)).toThrow(expect.objectContaining({ code: 'invalid-key' }));
    },
  );

  it('refuses a private key in place of a public one', () => {
    expect(() => readPublicKey(newKey('rsa'))).toThrow(/"PRIVATE KEY"/);
  });

  it('are told apart in one text', async () => {
    const pem = publicOf(newKey('rsa'));
    const openpgp = (await newOpenPgpKey()).public;
    const both = splitPublicKeys(`${openpgp}\n# a comment\n${pem}`);
    expect(both.pem).toBe(pem.trimEnd());
    expect(both.openpgp?.replaceAll('\r', '')).toBe(openpgp.replaceAll('\r', '').trimEnd());
    expect(splitPublicKeys('nothing')).toEqual({ pem: undefined, openpgp: undefined, minisign: undefined });
  });
});

describe('keyMaterial', () => {
  it('is the text itself or the content of the file that it names', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'key-'));
    try {
      const pem = newKey('ec-p256');
      const file = path.join(folder, 'key.pem');
      await writeFile(file, pem);
      expect(await keyMaterial(pem, 'key')).toBe(pem);
      expect(await keyMaterial(file, 'key')).toBe(pem);
      for (const value of [`${file}.missing`, folder, 'MIIEvQ\nIBADAN', 'x'.repeat(5000)]) {
        await expect(keyMaterial(value, 'key')).rejects.toMatchObject({
          code: 'key-not-found',
          message: 'key is neither an armored key nor the path of a key file',
        });
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
