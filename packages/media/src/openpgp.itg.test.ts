import { recordingLog } from '@golden-image/host/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GpgHome, gpgHome, sequoia } from '../test/gpg-home.ts';
import { readClearsigned, readDetached } from './openpgp-signature.ts';
import { type Signer, verifySignatures } from './openpgp-verify.ts';
import { pinnedKeys } from './pinned-keys.ts';

const NOW = new Date('2026-11-24T00:00:00Z');
const LIST = `${'a'.repeat(64)}  medium.iso\n- dashed line\ntrailing space \n`;

let home: GpgHome;
beforeAll(() => {
  home = gpgHome();
});
afterAll(() => home.close());

interface Check {
  readonly keyring: string;
  readonly pins: readonly string[];
  readonly strictExpiry?: boolean;
  readonly now?: Date;
}

async function detached(
  text: string | Uint8Array,
  signature: Uint8Array,
  check: Check,
): Promise<Signer & { log: string[] }> {
  const now = check.now ?? NOW;
  const log = recordingLog();
  const keys = await pinnedKeys({ keyring: check.keyring, fingerprints: check.pins }, now, log);
  const data = await readDetached(signature, Buffer.from(text), 'SHA256SUMS.sign');
  const options = { ...keys, now, strictExpiry: check.strictExpiry ?? false };
  return { ...(await verifySignatures(data.packets, data.literal, options)), log: log.lines };
}

async function clear(text: string, check: Check): Promise<{ signer: Signer; text: string }> {
  const keys = await pinnedKeys({ keyring: check.keyring, fingerprints: check.pins }, NOW, recordingLog());
  const data = await readClearsigned(Buffer.from(text), 'CHECKSUM');
  const options = { ...keys, now: NOW, strictExpiry: false };
  return { signer: await verifySignatures(data.packets, data.literal, options), text: data.text };
}

describe('signatures made by GnuPG', () => {
  it.each(['ed25519', 'rsa3072', 'nistp256'])(
    'verifies a detached one, binary and armored: %s',
    async (algorithm) => {
      const key = home.newKey(`detached ${algorithm}`, { algorithm });
      const check = { keyring: home.keys(key), pins: [key] };
      const binary = home.detached(LIST, key);
      expect(await detached(LIST, binary, check)).toMatchObject({
        fingerprint: key,
        name: `detached ${algorithm}`,
      });
      const armored = home.detached(LIST, key, ['--armor']);
      expect(await detached(LIST, armored, check)).toMatchObject({ fingerprint: key });
      await expect(detached(`${LIST}x`, binary, check)).rejects.toMatchObject({ code: 'bad-signature' });
    },
  );

  it('verifies a clearsigned list and reads nothing outside of it', async () => {
    const key = home.newKey('clearsign');
    const check = { keyring: home.keys(key), pins: [key] };
    const signed = home.clearsigned(LIST, key);
    const { signer, text } = await clear(
      `${'b'.repeat(64)}  evil.iso\n${signed}\n${'c'.repeat(64)}  worse.iso\n`,
      check,
    );
    expect(signer.fingerprint).toBe(key);
    expect(text.split('\n')).toEqual([`${'a'.repeat(64)}  medium.iso`, '- dashed line', 'trailing space']);
    await expect(clear(signed.replace('medium', 'other'), check)).rejects.toMatchObject({
      code: 'bad-signature',
    });
    await expect(clear(signed + signed, check)).rejects.toMatchObject({ code: 'invalid-signature' });
    await expect(clear(signed.replace('Hash:', 'Charset: x\nHash:'), check)).rejects.toMatchObject({
      code: 'invalid-signature',
    });
    await expect(clear(signed.slice(0, signed.length / 2), check)).rejects.toMatchObject({
      code: 'invalid-signature',
    });
  });

  it('names a signer that is not pinned, known or unknown', async () => {
    const pinned = home.newKey('pinned');
    const stranger = home.newKey('the stranger');
    const signature = home.detached(LIST, stranger);
    await expect(
      detached(LIST, signature, { keyring: home.keys(pinned, stranger), pins: [pinned] }),
    ).rejects.toMatchObject({
      code: 'wrong-signer',
      message: expect.stringMatching(`${stranger} \\(the stranger\\)`),
    });
    await expect(
      detached(LIST, signature, { keyring: home.keys(pinned), pins: [pinned] }),
    ).rejects.toMatchObject({ code: 'wrong-signer', message: expect.stringContaining(stranger) });
    await expect(
      detached(LIST, signature, { keyring: home.keys(pinned), pins: [stranger] }),
    ).rejects.toMatchObject({ code: 'missing-key' });
  });

  it('takes one good signature among several, whatever their order', async () => {
    const [one, two] = [home.newKey('one of two'), home.newKey('two of two')];
    const both = home.gpg(['-u', one, '-u', two, '--detach-sign'], LIST);
    for (const pin of [one, two]) {
      expect((await detached(LIST, both, { keyring: home.keys(one, two), pins: [pin] })).fingerprint).toBe(
        pin,
      );
    }
  });

  it('judges expiry at the time of the signature', async () => {
    const key = home.newKey('short', { at: '20200101T000000', expires: '20210101T000000' });
    const inTime = home.detached(LIST, key, ['--faked-system-time', '20200601T000000!']);
    const check = { keyring: home.keys(key), pins: [key] };
    expect(await detached(LIST, inTime, check)).toMatchObject({ fingerprint: key });
    await expect(detached(LIST, inTime, { ...check, strictExpiry: true })).rejects.toMatchObject({
      code: 'expired-key',
    });
  });

  it('refuses a signature made after its key had expired', async () => {
    const key = home.newKey('late', { at: '20200101T000000' });
    const late = home.detached(LIST, key, ['--faked-system-time', '20220601T000000!']);
    home.gpg(['--faked-system-time', '20200102T000000!', '--quick-set-expire', key, '20210101T000000']);
    const minimal = home.gpg(['--armor', '--export-options', 'export-minimal', '--export', key]).toString();
    await expect(detached(LIST, late, { keyring: minimal, pins: [key] })).rejects.toMatchObject({
      code: 'expired-key',
    });
  });

  it('accepts an old signature of a key whose copy carries only its latest extension', async () => {
    const key = home.newKey('extended', { at: '20190101T000000', expires: '20230101T000000' });
    const old = home.detached(LIST, key, ['--faked-system-time', '20200601T000000!']);
    home.gpg(['--faked-system-time', '20220601T000000!', '--quick-set-expire', key, '20250101T000000']);
    const minimal = home.gpg(['--armor', '--export-options', 'export-minimal', '--export', key]).toString();
    const got = await detached(LIST, old, { keyring: minimal, pins: [key] });
    expect(got.keyExpires?.toISOString()).toBe('2025-01-01T00:00:00.000Z');
  });

  it('refuses a revoked key, also one that was revoked after it signed, also in one of two copies', async () => {
    const key = home.newKey('revoked');
    const signature = home.detached(LIST, key);
    const before = home.keys(key);
    expect(await detached(LIST, signature, { keyring: before, pins: [key] })).toBeDefined();
    const file = `${home.folder}/openpgp-revocs.d/${key}.rev`;
    home.gpg(['--import'], (await import('node:fs')).readFileSync(file, 'utf8').replace(/^:---/gm, '---'));
    for (const keyring of [home.keys(key), `${before}${home.keys(key)}`, `${home.keys(key)}${before}`]) {
      await expect(detached(LIST, signature, { keyring, pins: [key] })).rejects.toMatchObject({
        code: 'revoked-key',
      });
    }
  });

  it('verifies by a signing subkey, pinned by itself or by its primary key', async () => {
    const key = home.newKey('with subkey');
    home.gpg(['--passphrase', '', '--quick-add-key', key, 'ed25519', 'sign', 'never']);
    const subkey = /^fpr:+([0-9A-F]{40}):[\s\S]*^fpr:+([0-9A-F]{40}):/m.exec(
      home.gpg(['--with-colons', '--list-keys', key]).toString(),
    )?.[2];
    const signature = home.detached(LIST, `${subkey}!`);
    for (const pin of [key, subkey ?? '']) {
      expect((await detached(LIST, signature, { keyring: home.keys(key), pins: [pin] })).fingerprint).toBe(
        key,
      );
    }
  });

  it('refuses a SHA-1 signature', async () => {
    const key = home.newKey('sha1', { algorithm: 'rsa3072' });
    const signature = home.detached(LIST, key, ['--digest-algo', 'SHA1', '--allow-weak-digest-algos']);
    await expect(detached(LIST, signature, { keyring: home.keys(key), pins: [key] })).rejects.toMatchObject({
      code: 'weak-signature',
    });
  });

  it('warns 90 days before a pinned key expires, not earlier', async () => {
    const key = home.newKey('ending', { at: '20260101T000000', expires: '20270118T000000' });
    const signature = home.detached(LIST, key, ['--faked-system-time', '20260601T000000!']);
    const check = { keyring: home.keys(key), pins: [key] };
    expect((await detached(LIST, signature, check)).log.join()).toContain(
      'expires on 2027-01-18, in 55 days',
    );
    const earlier = await detached(LIST, signature, { ...check, now: new Date('2026-10-01T00:00:00Z') });
    expect(earlier.log).toEqual([]);
  });
});

describe('signatures made by Sequoia', () => {
  it('verifies a detached one', async () => {
    const { certificate, signature } = sequoia(LIST);
    const pin = home.gpg(['--with-colons', '--show-keys'], certificate).toString();
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(pin)?.[1] ?? '';
    const now = new Date(Date.now() + 60_000);
    const check = { keyring: certificate, pins: [fingerprint], now };
    expect(await detached(LIST, Buffer.from(signature), check)).toMatchObject({ fingerprint });
    await expect(detached('other', Buffer.from(signature), check)).rejects.toMatchObject({
      code: 'bad-signature',
    });
  });
});

describe('keyrings', () => {
  it('skips what it cannot read, with a notice, and uses the rest', async () => {
    const [one, two] = [home.newKey('keyring one'), home.newKey('keyring two')];
    const broken = home
      .keys(one)
      .replace(/\n\n[A-Za-z0-9+/]{20}/, '\n\nmP8BmP8BmP8BmP8BmP8B')
      .replace(/^=....$/m, '');
    const signature = home.detached(LIST, two);
    const got = await detached(LIST, signature, { keyring: `${broken}${home.keys(two)}`, pins: [two] });
    expect(got.fingerprint).toBe(two);
    expect(got.log.join()).toMatch(/notice: .*skipped/);
  });

  it('reads a binary keyring of several keys, one of them of an unknown kind', async () => {
    const [one, two] = [home.newKey('binary one'), home.newKey('binary two')];
    const { writeFileSync } = await import('node:fs');
    const unknown = Buffer.from([0xc6, 6, 9, 0, 0, 0, 0, 99]);
    const file = `${home.folder}/ring.gpg`;
    writeFileSync(file, Buffer.concat([home.gpg(['--export', one]), unknown, home.gpg(['--export', two])]));
    const got = await detached(LIST, home.detached(LIST, two), { keyring: file, pins: [two] });
    expect(got.fingerprint).toBe(two);
    expect(got.log.join()).toMatch(/notice: .*skipped/);
  });

  it('refuses to verify without a pinned fingerprint, and names what the keyring holds', async () => {
    const key = home.newKey('unpinned');
    await expect(
      detached(LIST, home.detached(LIST, key), { keyring: home.keys(key), pins: [] }),
    ).rejects.toMatchObject({
      code: 'no-fingerprints',
      message: expect.stringContaining(key),
    });
  });

  it('refuses short key ids and missing files', async () => {
    const pins = ['94BE9B'];
    await expect(detached(LIST, Buffer.from('x'), { keyring: 'no-file', pins })).rejects.toMatchObject({
      code: 'invalid-fingerprint',
    });
    await expect(
      detached(LIST, Buffer.from('x'), { keyring: 'no-file', pins: [`0x${'AB CD '.repeat(10).trim()}`] }),
    ).rejects.toMatchObject({ code: 'keyring-not-found' });
  });
});
