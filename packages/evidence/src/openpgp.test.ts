import { describe, expect, it } from '@jest/globals';
import * as openpgp from 'openpgp';
import { newOpenPgpKey } from '../test/keys.ts';
import { readOpenPgpKey, signClear, signDetached, verifyClear, verifyDetached } from './openpgp.ts';

const now = new Date();
const text = 'aa *disk\nbb *evidence/10-media.json\n';

describe('OpenPGP', () => {
  it.each(['ed25519', 'rsa'] as const)('signs lists with %s, detached and clear', async (kind) => {
    const { secret } = await newOpenPgpKey(kind, 'secret');
    const key = await readOpenPgpKey(secret, 'secret');
    const other = await readOpenPgpKey((await newOpenPgpKey(kind)).secret);
    const detached = await signDetached(key, Buffer.from(text), now);
    const clear = await signClear(key, text, now);
    expect(await verifyDetached(key.publicKey, Buffer.from(text), detached, now)).toBe(key.fingerprint);
    expect(await verifyClear(key.publicKey, clear, text, now)).toBe(key.fingerprint);

    const wrong = { code: 'signature-mismatch' };
    await expect(verifyDetached(key.publicKey, Buffer.from(`${text}x`), detached, now)).rejects.toMatchObject(
      wrong,
    );
    await expect(verifyDetached(other.publicKey, Buffer.from(text), detached, now)).rejects.toMatchObject(
      wrong,
    );
    await expect(verifyClear(key.publicKey, clear, text.replace('aa', 'ab'), now)).rejects.toMatchObject(
      wrong,
    );
    await expect(verifyClear(key.publicKey, clear.replace('aa', 'ab'), text, now)).rejects.toMatchObject(
      wrong,
    );
    await expect(verifyClear(other.publicKey, clear, text, now)).rejects.toMatchObject(wrong);
    await expect(verifyDetached(key.publicKey, Buffer.from(text), 'no signature', now)).rejects.toMatchObject(
      wrong,
    );
    await expect(verifyDetached('no key', Buffer.from(text), detached, now)).rejects.toMatchObject({
      code: 'invalid-key',
    });
  });

  it('refuses keys that are encrypted, damaged, expired or unreadable for GnuPG', async () => {
    const { secret, public: publicKey } = await newOpenPgpKey('ed25519', 'secret');
    await expect(readOpenPgpKey(secret)).rejects.toMatchObject({ code: 'passphrase-missing' });
    await expect(readOpenPgpKey(secret, 'wrong')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(readOpenPgpKey(publicKey)).rejects.toMatchObject({ code: 'invalid-key' });
    await expect(readOpenPgpKey((await newOpenPgpKey('curve25519')).secret)).rejects.toMatchObject({
      code: 'unsupported-key',
    });
    const expired = await openpgp.generateKey({
      type: 'ecc',
      curve: 'ed25519Legacy',
      userIDs: [{ name: 'Old' }],
      date: new Date(Date.now() - 7_200_000),
      keyExpirationTime: 3600,
    });
    await expect(readOpenPgpKey(expired.privateKey)).rejects.toMatchObject({ code: 'unsupported-key' });
  });
});
